//! Approvals: each request of a person gets one answer, in the order of arrival; then what the organisation changed.
//!
//! A request is a submission, a withdrawal, a decision or a handover; it has been answered when a ruling names it. The
//! course of the round follows from the rulings alone, so the same document always stands at the same place.

mod bench;
mod complaint;
mod decision;
mod handover;
mod limits;
mod seats;
mod submission;
#[cfg(test)]
mod tests;
mod upkeep;

use std::str::FromStr;

pub use complaint::{Complaint, complaints};
pub use limits::{Limits, limits, receipt_keys};

use super::{Ruling, Scene, Unruled};
use crate::document::view::{ApprovalView, DecisionView, HandoverView, SubmissionView, WithdrawalView};
use bench::Bench;

/// The ruling that follows from the oldest request without an answer; without one, from what changed around it.
pub(super) fn rule(scene: &Scene<'_>) -> Result<Option<Ruling>, Unruled> {
    let view = ApprovalView::read(scene.index)?;
    if view.submissions.is_empty() {
        return Ok(None);
    }
    let mut bench = Bench::new(scene, &view)?;
    match oldest(&view) {
        Some(Request::Submission(submission)) => bench.submitted(submission)?,
        Some(Request::Withdrawal(withdrawal)) => bench.withdrawn(withdrawal),
        Some(Request::Decision(decision)) => bench.decided(decision)?,
        Some(Request::Handover(handover)) => bench.handed_over(handover),
        None => bench.keep_up()?,
    }
    Ok(bench.finish())
}

enum Request<'a> {
    Submission(&'a SubmissionView),
    Withdrawal(&'a WithdrawalView),
    Decision(&'a DecisionView),
    Handover(&'a HandoverView),
}

/// Requests have a place in the history, by counter and actor, that respects what each person knew. What arrives in one
/// exchange comes from one person, so that order is the order of arrival.
fn oldest(view: &ApprovalView) -> Option<Request<'_>> {
    let submissions = view
        .submissions
        .iter()
        .map(|it| (&it.id, Request::Submission(it)));
    let withdrawals = view
        .withdrawals
        .iter()
        .map(|it| (&it.id, Request::Withdrawal(it)));
    let decisions = view.decisions.iter().map(|it| (&it.id, Request::Decision(it)));
    let handovers = view.handovers.iter().map(|it| (&it.id, Request::Handover(it)));
    submissions
        .chain(withdrawals)
        .chain(decisions)
        .chain(handovers)
        .filter(|(id, _)| !view.course.is_ruled(id))
        .min_by_key(|(id, _)| place(id))
        .map(|(_, request)| request)
}

/// The counter and the actor of an element.
fn place(id: &str) -> (u64, String) {
    let (counter, actor) = id.split_once('@').unwrap_or((id, ""));
    (u64::from_str(counter).unwrap_or(u64::MAX), actor.to_owned())
}
