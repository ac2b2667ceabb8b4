use fieldbook_core::document::view;
use fieldbook_core::replica::query;

use crate::{ApprovalId, CustomerId, Money, PersonId, RecordState, Timestamp, Verdict, VisitId};

/// A request that somebody has to decide, as lists show it.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Approval {
    /// Its id.
    pub id: ApprovalId,
    /// Which form, for example `expense`.
    pub form: String,
    /// Who asks.
    pub applicant: PersonId,
    /// What for.
    pub title: String,
    /// Where it is in its life.
    pub status: ApprovalStatus,
    /// The sum of its lines.
    pub total: Money,
    /// The customer it is for.
    pub customer: Option<CustomerId>,
    /// The customer's name, when the customer is on this phone.
    pub customer_name: Option<String>,
    /// The visit it belongs to.
    pub visit: Option<VisitId>,
    /// The verdict at the door of that visit.
    pub verdict: Option<Verdict>,
    /// Names what it holds now: a decision says which one it saw.
    pub revision: String,
    /// When it was handed in last.
    pub submitted: Option<Timestamp>,
    /// Whose decision the server's ruling follows.
    pub ruled_by: Option<PersonId>,
    /// When the server ruled.
    pub ruled: Option<Timestamp>,
    /// The step that goes on, 0 for none, of so many that apply.
    pub step: u32,
    /// How many steps apply.
    pub steps: u32,
    /// How much it is over the limit of the house, as the server found.
    pub excess: Option<Money>,
    /// How many of its receipts were handed in before, as the server found.
    pub duplicates: u32,
    /// How many categories are over their limit, as the server found.
    pub over_limits: u32,
    /// Which truth it is.
    pub state: RecordState,
}

/// Where a request is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum ApprovalStatus {
    /// Being written, or changed after it was handed in or returned.
    Draft,
    /// Handed in.
    Submitted,
    /// Decided by somebody; counts when the server confirms.
    Provisional,
    /// Approved.
    Approved,
    /// Rejected.
    Rejected,
    /// Back to the applicant.
    Returned,
    /// Taken back by the applicant.
    Withdrawn,
    /// Taken back by the applicant; counts when the server confirms, unless a decision came first.
    Withdrawing,
}

/// A request that waits for a decision, and what is odd about it.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct InboxItem {
    /// The request.
    pub approval: Approval,
    /// In whose stead, when it is not one's own turn.
    pub acting_for: Option<PersonId>,
    /// One decided on this revision before, and it is another one by now.
    pub saw: Option<String>,
    /// How much it is over the limit of the house; all of it when it is in another currency.
    pub over_limit_by: Option<Money>,
    /// It belongs to no visit.
    pub unlinked: bool,
    /// The check-in of its visit was not known to be on site.
    pub doubtful_place: bool,
    /// Any of these: look at it first.
    pub odd: bool,
}

impl From<view::ApprovalStatus> for ApprovalStatus {
    fn from(status: view::ApprovalStatus) -> Self {
        match status {
            view::ApprovalStatus::Draft => Self::Draft,
            view::ApprovalStatus::Submitted => Self::Submitted,
            view::ApprovalStatus::Provisional => Self::Provisional,
            view::ApprovalStatus::Approved => Self::Approved,
            view::ApprovalStatus::Rejected => Self::Rejected,
            view::ApprovalStatus::Returned => Self::Returned,
            view::ApprovalStatus::Withdrawn => Self::Withdrawn,
            view::ApprovalStatus::Withdrawing => Self::Withdrawing,
        }
    }
}

impl From<query::ApprovalRow> for Approval {
    fn from(row: query::ApprovalRow) -> Self {
        Self {
            id: row.document.into(),
            form: row.form,
            applicant: row.applicant.into(),
            title: row.title,
            status: row.status.into(),
            total: row.total.into(),
            customer: row.customer.map(Into::into),
            customer_name: row.customer_name,
            visit: row.visit.map(Into::into),
            verdict: row.verdict.map(Into::into),
            revision: row.revision,
            submitted: row.submitted.map(Timestamp),
            ruled_by: row.ruled_by.map(Into::into),
            ruled: row.ruled.map(Timestamp),
            step: row.step,
            steps: row.steps,
            excess: row.excess.map(Into::into),
            duplicates: row.duplicates,
            over_limits: row.over_limits,
            state: row.state.into(),
        }
    }
}

impl From<query::InboxItem> for InboxItem {
    fn from(item: query::InboxItem) -> Self {
        Self {
            odd: item.is_odd(),
            acting_for: item.acting_for.map(Into::into),
            saw: item.saw,
            over_limit_by: item.over_limit_by.map(Into::into),
            unlinked: item.unlinked,
            doubtful_place: item.doubtful_place,
            approval: item.approval.into(),
        }
    }
}
