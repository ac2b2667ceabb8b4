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
pub use limits::{Limits, limits, over_house, receipt_keys};

use super::{Ruling, Scene, Unruled};
use crate::document::view::{ApprovalView, DecisionView, HandoverView, SubmissionView, WithdrawalView};
use bench::Bench;

/// The ruling that follows from the oldest request without an answer; without one, from what changed around it.
///
/// While the chain of the round is unknown here, requests that need it wait and stop no other: the request can still be taken
/// back, changed and handed in anew.
pub(super) fn rule(scene: &Scene<'_>) -> Result<Option<Ruling>, Unruled> {
    let view = ApprovalView::read(scene.index)?;
    if view.submissions.is_empty() {
        return Ok(None);
    }
    let mut waits = None;
    for request in unanswered(&view) {
        let mut bench = Bench::new(scene, &view)?;
        match bench.answer(&request) {
            Err(unknown @ Unruled::Chain(_)) => waits = Some(unknown),
            answered => {
                answered?;
                return Ok(bench.finish());
            }
        }
    }
    let mut bench = Bench::new(scene, &view)?;
    bench.keep_up()?;
    match (bench.finish(), waits) {
        (None, Some(unknown)) => Err(unknown),
        (ruling, _) => Ok(ruling),
    }
}

impl Bench<'_> {
    /// Whoever lost a seat decides no more and whoever came does, so what the organisation changed is ruled on first; the
    /// request is asked about again then.
    fn answer(&mut self, request: &Request<'_>) -> Result<(), Unruled> {
        match request {
            Request::Submission(submission) => self.submitted(submission),
            Request::Withdrawal(withdrawal) => {
                self.withdrawn(withdrawal);
                Ok(())
            }
            Request::Decision(_) | Request::Handover(_) if self.is_behind()? => Ok(()),
            Request::Decision(decision) => self.decided(decision),
            Request::Handover(handover) => {
                self.handed_over(handover);
                Ok(())
            }
        }
    }
}

enum Request<'a> {
    Submission(&'a SubmissionView),
    Withdrawal(&'a WithdrawalView),
    Decision(&'a DecisionView),
    Handover(&'a HandoverView),
}

/// The requests that no ruling names yet, the oldest first.
///
/// Requests have a place in the history, by counter and actor, that respects what each person knew. What arrives in one
/// exchange comes from one person, so that order is the order of arrival.
fn unanswered(view: &ApprovalView) -> impl Iterator<Item = Request<'_>> {
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
    let mut open: Vec<(&String, Request<'_>)> = submissions
        .chain(withdrawals)
        .chain(decisions)
        .chain(handovers)
        .filter(|(id, _)| !view.course.is_ruled(id))
        .collect();
    open.sort_by_cached_key(|(id, _)| place(id));
    open.into_iter().map(|(_, request)| request)
}

/// The counter and the actor of an element.
fn place(id: &str) -> (u64, String) {
    let (counter, actor) = id.split_once('@').unwrap_or((id, ""));
    (u64::from_str(counter).unwrap_or(u64::MAX), actor.to_owned())
}
