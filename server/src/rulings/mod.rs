//! Rulings: what only the server may decide, in arrival order, written into the document by the server's own actor.

use std::error::Error;

use chrono::{DateTime, Utc};
use fieldbook_core::document::command::RuleOutcome;
use fieldbook_core::document::view::ApprovalView;
use fieldbook_core::document::{self, Command, Written};
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{DocumentId, InstallationKey, Kind, PersonId, TenantId, derive_actor};
use fieldbook_core::rulings;
use fieldbook_core::wire::{Origin, operations};

use crate::exchange::{Caller, read_index};
use crate::store::{NewSegment, StoreError, Writer};

/// Rules on the decisions of an approval that have no ruling yet, and appends the outcome to the document and to the
/// ruling log. Returns the sequence of the appended segment, or `None` when there was nothing to rule.
///
/// A request that does not read or has no room for a ruling gets none, and an operator is told: it must not keep the
/// person who decides from sending anything else.
pub(crate) fn rule(
    writer: &mut dyn Writer,
    caller: &Caller,
    document: DocumentId,
    owner: PersonId,
    index: &mut DocumentIndex,
    now: DateTime<Utc>,
) -> Result<Option<u64>, StoreError> {
    let tenant = caller.principal.tenant;
    let approval = match ApprovalView::read(index) {
        Ok(approval) => approval,
        Err(error) => return Ok(unruled(document, &error)),
    };
    let Some(outcome) = outcome(writer, tenant, document, &approval, index, now)? else {
        return Ok(None);
    };
    let server = writer.server()?;
    let origin = Origin {
        public_key: server.public_key,
        epoch: server.epoch,
    };
    let (base, operations) = match write(origin, document, &outcome, index, now) {
        Ok(written) => written,
        Err(problem) => {
            // What did not fit may have spoilt the index.
            *index = read_index(writer, tenant, document)?;
            return Ok(unruled(document, &*problem));
        }
    };
    let at_ms = u64::try_from(now.timestamp_millis()).unwrap_or(0);
    let segment = NewSegment {
        device: None,
        origin,
        rebase: 0,
        base,
        count: 1,
        operations: &operations,
        received_ms: at_ms,
    };
    let sequence = writer.append(tenant, document, Kind::Approval, owner, &segment)?;
    let json = serde_json::to_string(&outcome)
        .map_err(|error| StoreError::damaged_document(document, error.to_string()))?;
    writer.append_ruling(tenant, document, at_ms, &json)?;
    Ok(Some(sequence))
}

fn unruled(document: DocumentId, problem: &dyn Error) -> Option<u64> {
    tracing::error!(%document, %problem, "a decision got no ruling");
    None
}

/// The ruling that follows from the first decision that counts.
fn outcome(
    writer: &mut dyn Writer,
    tenant: TenantId,
    document: DocumentId,
    approval: &ApprovalView,
    index: &DocumentIndex,
    now: DateTime<Utc>,
) -> Result<Option<RuleOutcome>, StoreError> {
    let number = writer.next_ruling(tenant)?;
    for decision in &approval.decisions {
        // Judged on the person as they are now, not as they were when they wrote it.
        let Some(decider) = writer.principal(tenant, decision.by)? else {
            continue;
        };
        let outcome = rulings::rule(document, index, &decider, decision, now.fixed_offset(), number);
        if outcome.is_some() {
            return Ok(outcome);
        }
    }
    Ok(None)
}

/// Writes the ruling into the index; its operations, and how many of the server's came before.
fn write(
    origin: Origin,
    document: DocumentId,
    outcome: &RuleOutcome,
    index: &mut DocumentIndex,
    now: DateTime<Utc>,
) -> Result<(u64, Vec<u8>), Box<dyn Error>> {
    let Origin { public_key, epoch } = origin;
    let actor = derive_actor(&InstallationKey { public_key, epoch }, document, 0);
    let (base, before) = (index.sequence(&actor), index.last_of(&actor));
    let command = Command::RuleOutcome(outcome.clone());
    let Written { change, hash, .. } = document::write(index, &actor, &command, now.timestamp_millis())?;
    index.admit(&change)?;
    index.seal(hash);
    let operations = operations::encode(&[change], &[hash], before, &|hash| index.max_op(hash))?;
    Ok((base, operations))
}

#[cfg(test)]
mod tests {
    use fieldbook_core::model::{DeviceId, Principal, Role, UnitId};
    use uuid::Uuid;

    use super::*;
    use crate::store::{SqliteStore, Store};

    #[test]
    fn a_request_that_does_not_read_gets_no_ruling_and_is_no_error() {
        let person = PersonId(Uuid::from_u128(1));
        let caller = Caller {
            principal: Principal {
                tenant: TenantId(Uuid::from_u128(2)),
                person,
                unit: UnitId(Uuid::from_u128(3)),
                role: Role::Supervisor,
                subtree: [person].into(),
                is_server: false,
            },
            device: DeviceId(Uuid::from_u128(4)),
            installation: InstallationKey {
                public_key: [0; 32],
                epoch: 0,
            },
        };
        let store = SqliteStore::open_in_memory().unwrap();
        let ruled = store.write(move |writer| {
            let (document, mut index) = (DocumentId(Uuid::from_u128(5)), DocumentIndex::new());
            rule(
                writer,
                &caller,
                document,
                person,
                &mut index,
                DateTime::UNIX_EPOCH,
            )
        });
        assert_eq!(ruled.unwrap(), None);
    }
}
