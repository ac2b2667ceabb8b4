//! Rulings: what only the server may decide, in arrival order, written into the document by the server's own actor.

use chrono::{DateTime, Utc};
use fieldbook_core::document::command::RuleOutcome;
use fieldbook_core::document::view::ApprovalView;
use fieldbook_core::document::{self, Command, Written};
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{DocumentId, InstallationKey, Kind, PersonId, derive_actor};
use fieldbook_core::rulings;
use fieldbook_core::wire::{Origin, operations};

use crate::exchange::Caller;
use crate::store::{NewSegment, StoreError, Writer};

/// Rules on the decisions of an approval that have no ruling yet, and appends the outcome to the document and to the
/// ruling log. Returns the sequence of the appended segment, or `None` when there was nothing to rule.
pub(crate) fn rule(
    writer: &mut dyn Writer,
    caller: &Caller,
    document: DocumentId,
    owner: PersonId,
    index: &mut DocumentIndex,
    now: DateTime<Utc>,
) -> Result<Option<u64>, StoreError> {
    let tenant = caller.principal.tenant;
    let damaged = |detail: String| StoreError::damaged_document(document, detail);
    let approval = ApprovalView::read(index).map_err(|error| damaged(error.to_string()))?;
    let number = writer.next_ruling(tenant)?;
    let mut outcome: Option<RuleOutcome> = None;
    for decision in &approval.decisions {
        // Judged on the person as they are now, not as they were when they wrote it.
        let Some(decider) = writer.principal(tenant, decision.by)? else {
            continue;
        };
        outcome = rulings::rule(document, index, &decider, decision, now.fixed_offset(), number);
        if outcome.is_some() {
            break;
        }
    }
    let Some(outcome) = outcome else { return Ok(None) };
    let at_ms = u64::try_from(now.timestamp_millis()).unwrap_or(0);
    let server = writer.server()?;
    let installation = InstallationKey {
        public_key: server.public_key,
        epoch: server.epoch,
    };
    let actor = derive_actor(&installation, document, 0);
    let base = index.sequence(&actor);
    let before = index.last_of(&actor);
    let command = Command::RuleOutcome(outcome.clone());
    let Written { change, hash, .. } = document::write(index, &actor, &command, now.timestamp_millis())
        .map_err(|error| damaged(error.to_string()))?;
    index
        .admit(&change)
        .map_err(|refusal| damaged(refusal.to_string()))?;
    index.seal(hash);
    let bytes = operations::encode(&[change], &[hash], before, &|hash| index.max_op(hash))
        .map_err(|error| damaged(error.to_string()))?;
    let segment = NewSegment {
        device: None,
        origin: Origin {
            public_key: server.public_key,
            epoch: server.epoch,
        },
        rebase: 0,
        base,
        count: 1,
        operations: &bytes,
        received_ms: at_ms,
    };
    let sequence = writer.append(tenant, document, Kind::Approval, owner, &segment)?;
    let json = serde_json::to_string(&outcome).map_err(|error| damaged(error.to_string()))?;
    writer.append_ruling(tenant, document, at_ms, &json)?;
    Ok(Some(sequence))
}
