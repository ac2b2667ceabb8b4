use super::Rule;
use crate::document::view::ApprovalView;
use crate::model::PersonId;
use crate::wire::Rejection;

/// What is expected of whoever writes a decision.
pub(super) const ASKED: (&str, &str) = (
    "somebody who is asked in the step that goes on",
    "当前步骤的审批人",
);

/// Is it this person's turn to decide, in the stead of `acted_for` or for themselves?
///
/// Asked on the phone before it writes at `path`. The server cannot tell what the writer's phone knew: a decision that was written in
/// time may arrive after the step has moved on, and gets a ruling that keeps its note. So there the rules let in whoever was ever asked
/// and still sees it, and only the ruling says whether it counts.
///
/// # Errors
/// The person gets a copy, was asked in an earlier step, or is asked later.
pub fn check_turn(
    view: &ApprovalView,
    person: PersonId,
    acted_for: Option<PersonId>,
    path: &str,
) -> Result<(), Rejection> {
    let is_turn = |(seat, who): &(PersonId, PersonId)| {
        *who == person && acted_for.is_none_or(|acted_for| acted_for == *seat)
    };
    // To the applicant the rules say that nobody decides on their own.
    if person == view.applicant || view.course.turns().iter().any(is_turn) {
        return Ok(());
    }
    Err(Rule::NotAsked.at(path, ASKED, person).into())
}
