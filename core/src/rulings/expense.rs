use chrono::{DateTime, FixedOffset};

use crate::document::command::{Decision, RuleOutcome};
use crate::document::view::{ApprovalView, DecisionView};
use crate::gate::DocumentIndex;
use crate::model::{DocumentId, Principal};

/// The ruling that follows from `decision`, just arrived, on the approval `document`; nothing when it changes
/// nothing.
///
/// It counts when it is the first to arrive on the revision that is handed in now, by somebody who at this
/// moment supervises the applicant. A decision on a revision that has been changed since is stale, and one on a
/// revision already ruled on comes too late; both stay in the document. `now` is the server's clock and
/// `next_ruling` the next number of the ruling log.
pub fn rule(
    document: DocumentId,
    index: &DocumentIndex,
    decider: &Principal,
    decision: &DecisionView,
    now: DateTime<FixedOffset>,
    next_ruling: u64,
) -> Option<RuleOutcome> {
    let approval = ApprovalView::read(index).ok()?;
    let entitled = decider.person == decision.by && decider.supervises(approval.applicant);
    if !entitled || is_ruled(&approval, &decision.revision) || !is_current(&approval, &decision.revision) {
        return None;
    }
    Some(RuleOutcome {
        document,
        revision: decision.revision.clone(),
        outcome: decision.decision,
        by: decision.by,
        at: now,
        ruling: next_ruling,
    })
}

/// Is there a ruling that ends it, or one on this very revision?
fn is_ruled(approval: &ApprovalView, revision: &str) -> bool {
    approval
        .outcome
        .as_ref()
        .is_some_and(|ruled| ruled.outcome != Decision::Return || ruled.revision == revision)
}

/// Is this what was handed in last, and still what the draft says?
fn is_current(approval: &ApprovalView, revision: &str) -> bool {
    approval.revision == revision
        && approval.submissions.last().is_some_and(|submission| submission.revision == revision)
}
