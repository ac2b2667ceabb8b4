use super::{Ruling, Scene, Unruled};
use crate::document::Command;
use crate::document::command::{Decision, RuleOutcome};
use crate::document::view::{ApprovalView, DecisionView};

/// The ruling that follows from the first decision that counts; nothing when none changes anything.
///
/// A decision counts when it is the first to arrive on the revision that is handed in now, by somebody who at this
/// moment supervises the applicant. One on a revision that has been changed since is stale, and one on a revision already
/// ruled on comes too late; both stay in the document.
pub(super) fn rule(scene: &Scene<'_>) -> Result<Option<Ruling>, Unruled> {
    let approval = ApprovalView::read(scene.index)?;
    for decision in &approval.decisions {
        if counts(scene, &approval, decision)? {
            return Ok(Some(Ruling::new(Command::RuleOutcome(RuleOutcome {
                document: scene.document,
                revision: decision.revision.clone(),
                outcome: decision.decision,
                by: decision.by,
                at: scene.now,
                ruling: scene.number,
            }))));
        }
    }
    Ok(None)
}

fn counts(scene: &Scene<'_>, approval: &ApprovalView, decision: &DecisionView) -> Result<bool, Unruled> {
    if is_ruled(approval, &decision.revision) || !is_current(approval, &decision.revision) {
        return Ok(false);
    }
    // Judged on the person as they are now, not as they were when they wrote it.
    let decider = scene.office.principal(decision.by)?;
    Ok(decider.is_some_and(|decider| decider.supervises(approval.applicant)))
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
    use crate::document::fixture::*;
    use crate::document::view::revision;
    use crate::model::{Principal, Role};
    use crate::rulings::testing::{Desktop, scene};

    /// An expense that was handed in.
    fn submitted() -> (Desk, String) {
        let mut desk = Desk::with(&[draft_expense(), add_line("10")]);
        let revision = revision(&desk.index);
        desk.run(1, &submit(revision.clone(), "10")).unwrap();
        (desk, revision)
    }

    /// Somebody decides; what follows from it when the server knows them as `who` at that moment?
    fn ruling(desk: &Desk, who: &Principal, revision: &str, decision: Decision) -> Option<RuleOutcome> {
        let mut desk = desk.clone();
        desk.run(3, &decide(who.person, revision.to_owned(), decision))
            .unwrap();
        let office = Desktop::with([who.clone()]);
        let ruling = rule(&scene(&desk, document(6), &office)).unwrap()?;
        match ruling.command {
            Command::RuleOutcome(outcome) => Some(outcome),
            other => panic!("{other:?} is not an outcome"),
        }
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
        // Nobody knows who decided.
        let mut decided = desk.clone();
        decided
            .run(
                3,
                &decide(person(SUPERVISOR), revision.clone(), Decision::Approve),
            )
            .unwrap();
        let stranger = Desktop::with([principal(COLLEAGUE)]);
        assert_eq!(rule(&scene(&decided, document(6), &stranger)).unwrap(), None);
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
