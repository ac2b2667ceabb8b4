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
        && approval
            .submissions
            .last()
            .is_some_and(|submission| submission.revision == revision)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Command;
    use crate::document::fixture::*;
    use crate::document::view::revision;
    use crate::model::Role;

    /// An expense that was handed in.
    fn submitted() -> (Desk, String) {
        let mut desk = Desk::with(&[draft_expense(), add_line("10")]);
        let revision = revision(&desk.index);
        desk.run(1, &submit(revision.clone(), "10")).unwrap();
        (desk, revision)
    }

    /// Somebody decides; what follows from it by their principal of the moment?
    fn ruling(desk: &Desk, who: &Principal, revision: &str, decision: Decision) -> Option<RuleOutcome> {
        let mut desk = desk.clone();
        desk.run(3, &decide(who.person, revision.to_owned(), decision))
            .unwrap();
        let decisions = ApprovalView::read(&desk.index).unwrap().decisions;
        rule(
            document(6),
            &desk.index,
            who,
            decisions.last().unwrap(),
            at(200),
            41,
        )
    }

    #[test]
    fn a_supervisors_decision_becomes_the_outcome() {
        let (desk, revision) = submitted();
        for outcome in Decision::ALL {
            let expected = RuleOutcome {
                document: document(6),
                revision: revision.clone(),
                outcome,
                by: person(SUPERVISOR),
                at: at(200),
                ruling: 41,
            };
            assert_eq!(
                ruling(&desk, &principal(SUPERVISOR), &revision, outcome),
                Some(expected)
            );
        }
    }

    #[test]
    fn nobody_else_decides_and_nobody_for_another() {
        let (desk, revision) = submitted();
        let approve = |who: &Principal| ruling(&desk, who, &revision, Decision::Approve);
        assert_eq!(approve(&principal(COLLEAGUE)), None);
        // The applicant has been made a supervisor in the meantime: still not their own.
        let promoted = Principal {
            role: Role::Supervisor,
            ..principal(REP)
        };
        assert_eq!(approve(&promoted), None);
        // The supervisor has moved away since they decided.
        let moved = Principal {
            subtree: [person(SUPERVISOR)].into(),
            ..principal(SUPERVISOR)
        };
        assert_eq!(approve(&moved), None);
        let mut decided = desk.clone();
        decided
            .run(
                3,
                &decide(person(SUPERVISOR), revision.clone(), Decision::Approve),
            )
            .unwrap();
        let decision = ApprovalView::read(&decided.index).unwrap().decisions[0].clone();
        assert_eq!(
            rule(
                document(6),
                &decided.index,
                &principal(COLLEAGUE),
                &decision,
                at(200),
                41
            ),
            None
        );
    }

    #[test]
    fn a_stale_decision_changes_nothing() {
        let (mut desk, revision) = submitted();
        desk.run(1, &add_line("5")).unwrap();
        assert_eq!(
            ruling(&desk, &principal(SUPERVISOR), &revision, Decision::Approve),
            None
        );
        let changed = crate::document::view::revision(&desk.index);
        desk.run(1, &submit(changed.clone(), "15")).unwrap();
        assert_eq!(
            ruling(&desk, &principal(SUPERVISOR), &revision, Decision::Approve),
            None
        );
        assert!(ruling(&desk, &principal(SUPERVISOR), &changed, Decision::Approve).is_some());
    }

    #[test]
    fn the_first_ruling_on_a_revision_stands() {
        for first in Decision::ALL {
            let (mut desk, revision) = submitted();
            let outcome = ruling(&desk, &principal(SUPERVISOR), &revision, first).unwrap();
            desk.run(9, &Command::RuleOutcome(outcome)).unwrap();
            assert_eq!(
                ruling(&desk, &principal(SUPERVISOR), &revision, Decision::Reject),
                None
            );
        }
    }

    #[test]
    fn a_returned_request_can_be_ruled_again_once_changed() {
        let (mut desk, revision) = submitted();
        let outcome = ruling(&desk, &principal(SUPERVISOR), &revision, Decision::Return).unwrap();
        desk.run(9, &Command::RuleOutcome(outcome)).unwrap();
        desk.run(1, &add_line("5")).unwrap();
        let changed = crate::document::view::revision(&desk.index);
        desk.run(1, &submit(changed.clone(), "15")).unwrap();
        assert!(ruling(&desk, &principal(SUPERVISOR), &changed, Decision::Approve).is_some());
    }
}
