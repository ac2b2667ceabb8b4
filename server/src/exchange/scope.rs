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
}

/// The mark of a set of people: the first 8 bytes of SHA-256 over their sorted ids.
pub(super) fn mark(people: &[PersonId]) -> [u8; 8] {
    let mut hash = Sha256::new();
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
    let now = mark(&people);
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
    let plan = store.read(|reader| moved_scope(reader, tenant, cursor, &people))?;
    remember(store, tenant, now, &people)?;
    remember(store, tenant, mark(&plan.gained), &plan.gained)?;
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
fn moved_scope(
    reader: &dyn Reader,
    tenant: TenantId,
    cursor: &Cursor,
    people: &[PersonId],
) -> Result<Plan, StoreError> {
    let set = |mark| -> Result<BTreeSet<PersonId>, StoreError> {
        Ok(reader
            .scope(tenant, mark)?
            .unwrap_or_default()
            .into_iter()
            .collect())
    };
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
    let until = reader.head(tenant)?.sequence;
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
            people: mark(&gained),
            sequence: 0,
            until,
        })
    });
    let scope = ScopeMark {
        people: mark(people),
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
    })
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
