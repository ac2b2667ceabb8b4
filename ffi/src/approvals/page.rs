use fieldbook_core::document::view::Flag;
use fieldbook_core::replica::Paper;
use fieldbook_core::replica::query;
use fieldbook_core::rulings::Complaint;

use super::field::filled;
use super::form::steps;
use super::{Approval, ChainStep, ExpenseLine, FilledField, RequestForm};
use crate::{PersonId, TimelineItem, Words};

/// Everything on a request's page.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct ApprovalPage {
    /// The request.
    pub approval: Approval,
    /// The form that it follows; nothing when this phone does not know it.
    pub form: Option<RequestForm>,
    /// The fields of the form that are filled in, by name.
    pub fields: Vec<FilledField>,
    /// Its lines in its own order.
    pub lines: Vec<ExpenseLine>,
    /// Submissions, decisions and the ruling, the first thing first.
    pub timeline: Vec<TimelineItem>,
    /// For whom it waits now.
    pub waits_for: Vec<PersonId>,
    /// The seats that the person who is signed in may decide for now, their own first; none when it is not their turn.
    pub seats: Vec<PersonId>,
    /// They decided on this revision before, and it is another one by now: ask for the difference since it.
    pub saw: Option<String>,
    /// The steps that apply, in their order; before it is handed in none.
    pub plan: Vec<ChainStep>,
    /// The lines whose receipt was handed in before, as the server found.
    pub duplicate_lines: Vec<String>,
    /// Why the server ruled, when nobody decided it.
    pub reason: Option<Words>,
}

impl ApprovalPage {
    pub(super) fn of(detail: query::ApprovalDetail, paper: Paper) -> Self {
        let reason = detail.approval.ruled_reason.as_deref();
        let reason = reason.and_then(|reason| reason.parse::<Complaint>().ok());
        let course = &paper.view.course;
        let chain = paper.chain.as_ref();
        let all = chain.map(steps).unwrap_or_default().into_iter();
        let flags = course.flags.iter().filter_map(|flag| match flag {
            Flag::Duplicate { line, .. } => Some(line.clone()),
            Flag::OverLimit { .. } => None,
        });
        Self {
            plan: all.filter(|step| course.plan.contains(&step.number)).collect(),
            duplicate_lines: flags.collect(),
            reason: reason.map(|complaint| complaint.words(paper.form.as_ref()).into()),
            approval: detail.approval.into(),
            form: paper.form.map(|form| RequestForm::of(form, chain)),
            fields: filled(paper.view.fields),
            lines: detail.lines.into_iter().map(Into::into).collect(),
            timeline: detail.timeline.into_iter().map(Into::into).collect(),
            waits_for: detail.waits_for.into_iter().map(Into::into).collect(),
            seats: detail.seats.into_iter().map(Into::into).collect(),
            saw: detail.saw,
        }
    }
}
