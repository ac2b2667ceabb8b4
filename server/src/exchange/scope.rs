use std::collections::BTreeSet;

use fieldbook_core::model::{PersonId, TenantId};
use fieldbook_core::wire::{Cursor, Lane, ScopeMark};
use sha2::{Digest, Sha256};

use crate::store::{Reader, ServerRow, Store, StoreError};

use super::Caller;

/// What an answer brings and from where, decided before any news is read.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// Where the phone stands as far as this server believes it.
    pub(super) cursor: Cursor,
    /// Everybody whose documents the phone may hold, sorted.
    pub(super) people: Vec<PersonId>,
    /// The people of the second lane, sorted; empty without one.
    pub(super) gained: Vec<PersonId>,
    /// The people who left the scope since the last exchange, sorted.
    pub(super) lost: Vec<PersonId>,
    /// The phone starts over: it knows a log that this server does not have.
    pub(super) rewind: bool,
    /// The phone wants everything, its own operations too: it may have removed what it wrote.
    pub(super) whole: bool,
}

/// The mark of a set of people for one device: the first 8 bytes of SHA-256 over the server's secret, the organisation,
/// the device and the sorted ids.
///
/// It travels to the phone and comes back, and the set is remembered under it. Nobody can make one who does not know
/// the secret, and one of another device leads nowhere: a cursor cannot ask for what others were given.
pub(super) fn mark(server: &ServerRow, caller: &Caller, people: &[PersonId]) -> [u8; 8] {
    let mut hash = Sha256::new_with_prefix(b"fieldbook scope v1");
    hash.update(server.secret);
    hash.update(caller.principal.tenant.as_bytes());
    hash.update(caller.device.as_bytes());
    for person in people {
        hash.update(person.as_bytes());
    }
    let mut mark = [0; 8];
    mark.copy_from_slice(&hash.finalize()[..8]);
    mark
}

/// Compares what the phone has been given with what it may see now.
pub(super) fn plan<S: Store>(
    store: &S,
    server: &ServerRow,
    caller: &Caller,
    cursor: Option<&Cursor>,
) -> Result<Plan, StoreError> {
    let tenant = caller.principal.tenant;
    let people: Vec<PersonId> = caller.principal.subtree.iter().copied().collect();
    let now = mark(server, caller, &people);
    let start = Cursor {
        server: server.id,
        epoch: server.epoch,
        sequence: 0,
        log_hash: [0; 8],
        scope: ScopeMark {
            people: now,
            lane: None,
        },
    };
    let fresh = |rewind| Plan {
        cursor: start.clone(),
        people: people.clone(),
        gained: Vec::new(),
        lost: Vec::new(),
        rewind,
        whole: rewind,
    };
    let Some(cursor) = cursor else {
        remember(store, tenant, now, &people)?;
        return Ok(fresh(false));
    };
    let known = store.read(|reader| known(reader, server, tenant, cursor))?;
    if !known {
        remember(store, tenant, now, &people)?;
        return Ok(fresh(true));
    }
    if cursor.scope.people == now && cursor.scope.lane.is_none() {
        return Ok(Plan {
            cursor: cursor.clone(),
            ..fresh(false)
        });
    }
    let plan = store.read(|reader| moved_scope(reader, server, caller, cursor, &people))?;
    remember(store, tenant, now, &people)?;
    remember(store, tenant, mark(server, caller, &plan.gained), &plan.gained)?;
    Ok(plan)
}

/// Does this server's log contain what the phone has read?
fn known(
    reader: &dyn Reader,
    server: &ServerRow,
    tenant: TenantId,
    cursor: &Cursor,
) -> Result<bool, StoreError> {
    if cursor.epoch != server.epoch {
        return Ok(false);
    }
    let hash = reader.log_hash(tenant, cursor.sequence)?;
    Ok(hash.is_some_and(|hash| hash[..8] == cursor.log_hash))
}

/// The scope changed, or a lane is still open: who came, who left, where the lane goes on.
///
/// A mark that is not known here is one of nobody: everybody is new then, and nobody left.
fn moved_scope(
    reader: &dyn Reader,
    server: &ServerRow,
    caller: &Caller,
    cursor: &Cursor,
    people: &[PersonId],
) -> Result<Plan, StoreError> {
    let set = |given| given_before(reader, server, caller, given);
    let now: BTreeSet<PersonId> = people.iter().copied().collect();
    let before = set(cursor.scope.people)?;
    let mut gained: BTreeSet<PersonId> = now.difference(&before).copied().collect();
    let lost = before.difference(&now).copied().collect();
    let open = match &cursor.scope.lane {
        Some(lane) => Some((lane, set(lane.people)?)),
        None => None,
    };
    // It reaches to the head: the main lane leaves out what this phone wrote itself, and the phone may have removed a
    // document in this very exchange, once its last operation on it was stored.
    let until = reader.head(caller.principal.tenant)?.sequence;
    // A lane that is still open goes on when nobody else came; otherwise it starts again with all of them.
    let lane = match open {
        Some((lane, in_lane)) if gained.is_empty() && in_lane.is_subset(&now) => {
            gained = in_lane;
            Some(Lane {
                until,
                ..lane.clone()
            })
        }
        Some((_, in_lane)) => {
            gained.extend(in_lane.intersection(&now));
            None
        }
        None => None,
    };
    let gained: Vec<PersonId> = gained.into_iter().collect();
    let lane = lane.or_else(|| {
        (!gained.is_empty() && cursor.sequence > 0).then(|| Lane {
            people: mark(server, caller, &gained),
            sequence: 0,
            until,
        })
    });
    let scope = ScopeMark {
        people: mark(server, caller, people),
        lane,
    };
    Ok(Plan {
        cursor: Cursor {
            scope,
            ..cursor.clone()
        },
        people: people.to_vec(),
        gained,
        lost,
        rewind: false,
        whole: false,
    })
}

/// The set that was remembered under a mark of this caller's; empty for any other mark.
fn given_before(
    reader: &dyn Reader,
    server: &ServerRow,
    caller: &Caller,
    given: [u8; 8],
) -> Result<BTreeSet<PersonId>, StoreError> {
    let remembered = reader.scope(caller.principal.tenant, given)?;
    // One that was given to another device is not this caller's to show.
    let own = remembered.filter(|people| mark(server, caller, people) == given);
    Ok(own.unwrap_or_default().into_iter().collect())
}

fn remember<S: Store>(
    store: &S,
    tenant: TenantId,
    mark: [u8; 8],
    people: &[PersonId],
) -> Result<(), StoreError> {
    if store.read(|reader| reader.scope(tenant, mark))?.is_some() {
        return Ok(());
    }
    let people = people.to_vec();
    store.write(move |writer| writer.remember_scope(tenant, mark, &people))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use fieldbook_core::model::{DeviceId, InstallationKey, Principal, Role, ServerId, UnitId};
    use uuid::Uuid;

    use super::*;

    fn caller(tenant: u128, device: u128) -> Caller {
        let (public_key, epoch) = ([0; 32], 0);
        Caller {
            principal: Principal {
                tenant: TenantId(Uuid::from_u128(tenant)),
                person: PersonId(Uuid::from_u128(1)),
                role: Role::Rep,
                unit: UnitId(Uuid::nil()),
                subtree: BTreeSet::new(),
                is_server: false,
            },
            device: DeviceId(Uuid::from_u128(device)),
            installation: InstallationKey { public_key, epoch },
            drained_ms: 0,
            former: None,
            ended: None,
        }
    }

    fn server(secret: u8) -> ServerRow {
        ServerRow {
            id: ServerId(Uuid::nil()),
            epoch: 0,
            secret: [secret; 32],
            public_key: [0; 32],
        }
    }

    #[test]
    fn a_mark_belongs_to_one_server_organisation_device_and_set() {
        let people = [1, 2].map(|number| PersonId(Uuid::from_u128(number)));
        let marks = [
            mark(&server(1), &caller(1, 1), &people),
            mark(&server(2), &caller(1, 1), &people),
            mark(&server(1), &caller(2, 1), &people),
            mark(&server(1), &caller(1, 2), &people),
            mark(&server(1), &caller(1, 1), &people[..1]),
        ];
        assert_eq!(BTreeSet::from(marks).len(), marks.len());
        assert_eq!(marks[0], mark(&server(1), &caller(1, 1), &people));
    }
}
