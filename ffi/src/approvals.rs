use std::sync::Arc;

use fieldbook_core::document::{command, view};
use fieldbook_core::model::Currency;
use fieldbook_core::replica::{self, query};

use crate::shared::Shared;
use crate::{
    Amount, ApprovalId, CustomerId, Day, FieldbookError, Money, PersonId, RecordState, TimelineItem,
    Timestamp, Verdict, VisitId, Words,
};

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
}

/// The three things an approver can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Decision {
    /// Yes.
    Approve,
    /// No; asks for a note.
    Reject,
    /// Back to the applicant, to be changed and handed in again; asks for a note.
    Return,
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
    /// How much it is over the limit of the house.
    pub over_limit_by: Option<Money>,
    /// It belongs to no visit.
    pub unlinked: bool,
    /// The check-in of its visit was not known to be on site.
    pub doubtful_place: bool,
    /// Any of these: look at it first.
    pub odd: bool,
}

/// Everything on a request's page.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct ApprovalPage {
    /// The request.
    pub approval: Approval,
    /// Its lines in its own order.
    pub lines: Vec<ExpenseLine>,
    /// Submissions, decisions and the ruling, the first thing first.
    pub timeline: Vec<TimelineItem>,
    /// For whom it waits now.
    pub waits_for: Vec<PersonId>,
}

/// One line of an expense.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct ExpenseLine {
    /// Its name within the request.
    pub id: String,
    /// The day of the receipt.
    pub date: Day,
    /// For example `meals`.
    pub category: String,
    /// The amount.
    pub amount: Money,
    /// A remark.
    pub note: Option<String>,
    /// The number on the receipt.
    pub receipt: Option<String>,
    /// SHA-256 of the receipt's photo, 64 hexadecimal digits.
    pub photo: Option<String>,
}

/// An expense to be drafted.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct NewExpense {
    /// What for, 1 to 200 characters.
    pub title: String,
    /// The currency of all its lines; the house's when absent.
    #[uniffi(default = None)]
    pub currency: Option<String>,
    /// The customer it is for.
    #[uniffi(default = None)]
    pub customer: Option<CustomerId>,
    /// The visit it belongs to.
    #[uniffi(default = None)]
    pub visit: Option<VisitId>,
}

/// A line to be added.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct NewLine {
    /// The day of the receipt.
    pub date: Day,
    /// For example `meals`.
    pub category: String,
    /// The amount, above zero, at most four places.
    pub amount: Amount,
    /// A remark.
    #[uniffi(default = None)]
    pub note: Option<String>,
    /// The number on the receipt.
    #[uniffi(default = None)]
    pub receipt: Option<String>,
    /// SHA-256 of the receipt's photo, 64 hexadecimal digits.
    #[uniffi(default = None)]
    pub photo: Option<String>,
}

/// What a field of a form holds.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum FormValue {
    /// Yes or no.
    YesNo {
        /// Which.
        value: bool,
    },
    /// Words, an amount, a day or a choice, as text.
    Text {
        /// Which.
        value: String,
    },
}

/// How an approver brings somebody in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Handing {
    /// Beside oneself (加签).
    Add,
    /// In one's stead (委办).
    Delegate,
}

/// Requests and decisions.
#[derive(Debug, uniffi::Object)]
pub struct Approvals(pub(crate) Arc<Shared>);

#[uniffi::export]
impl Approvals {
    /// One's own requests, the latest first.
    pub fn mine(&self, limit: u32) -> Result<Vec<Approval>, FieldbookError> {
        let rows = self.0.replica().my_approvals(limit as usize)?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    /// What waits for a decision: those to look at first, then the ordinary ones, then those decided and not yet
    /// confirmed by the server.
    pub fn inbox(&self) -> Result<Vec<InboxItem>, FieldbookError> {
        Ok(self.0.replica().inbox()?.into_iter().map(Into::into).collect())
    }

    /// A request's page; nothing when it is not on this phone.
    pub fn page(&self, approval: ApprovalId) -> Result<Option<ApprovalPage>, FieldbookError> {
        let page = self.0.replica().approval_page(approval.into())?;
        Ok(page.map(Into::into))
    }

    /// Begins an expense, as a draft that only its author sees.
    pub fn draft_expense(&self, expense: NewExpense) -> Result<ApprovalId, FieldbookError> {
        let (now, mut rng, currency) = (self.0.now()?, self.0.rng(), self.currency(expense.currency)?);
        let (customer, visit) = (expense.customer.map(Into::into), expense.visit.map(Into::into));
        let replica = self.0.replica();
        let id = replica.draft_expense(&now, &mut rng, &expense.title, currency, customer, visit)?;
        Ok(id.into())
    }

    /// Adds a line to an expense.
    pub fn add_line(&self, expense: ApprovalId, line: NewLine) -> Result<(), FieldbookError> {
        Ok(self
            .0
            .replica()
            .add_expense_line(&self.0.now()?, expense.into(), line.into())?)
    }

    /// Removes a line of an expense.
    pub fn remove_line(&self, expense: ApprovalId, line: &str) -> Result<(), FieldbookError> {
        Ok(self
            .0
            .replica()
            .remove_expense_line(&self.0.now()?, expense.into(), line)?)
    }

    /// Hands an expense in as it stands now and returns the revision that approvers decide on.
    pub fn submit(&self, expense: ApprovalId) -> Result<String, FieldbookError> {
        Ok(self.0.replica().submit(&self.0.now()?, expense.into())?)
    }

    /// Takes a request back. Whatever arrives at the server first stands: this, or a decision.
    pub fn withdraw(&self, approval: ApprovalId, note: Option<String>) -> Result<(), FieldbookError> {
        Ok(self.0.replica().withdraw(&self.0.now()?, approval.into(), note)?)
    }

    /// Begins a request of any form of the house, for example `contract`, as a draft.
    pub fn draft(&self, form: String, request: NewExpense) -> Result<ApprovalId, FieldbookError> {
        let (now, mut rng, currency) = (self.0.now()?, self.0.rng(), self.currency(request.currency)?);
        let approval = replica::NewApproval {
            form,
            title: request.title,
            currency,
            customer: request.customer.map(Into::into),
            visit: request.visit.map(Into::into),
        };
        Ok(self.0.replica().draft_approval(&now, &mut rng, approval)?.into())
    }

    /// Fills in a field of the form, or empties it.
    pub fn set_field(
        &self,
        approval: ApprovalId,
        field: &str,
        value: Option<FormValue>,
    ) -> Result<(), FieldbookError> {
        let (now, value) = (self.0.now()?, value.map(Into::into));
        Ok(self
            .0
            .replica()
            .set_approval_field(&now, approval.into(), field, value)?)
    }

    /// What the form still asks for, to be shown before a request is handed in.
    pub fn missing(&self, approval: ApprovalId) -> Result<Vec<Words>, FieldbookError> {
        let warnings = self.0.replica().approval_warnings(approval.into())?;
        Ok(warnings
            .complaints
            .iter()
            .map(|complaint| complaint.words().into())
            .collect())
    }

    /// Brings somebody in: beside oneself or in one's stead, on this request only.
    pub fn hand_over(
        &self,
        approval: ApprovalId,
        handing: Handing,
        to: PersonId,
        note: Option<String>,
    ) -> Result<(), FieldbookError> {
        let (now, handing) = (self.0.now()?, handing.into());
        Ok(self
            .0
            .replica()
            .hand_over(&now, approval.into(), handing, to.into(), note)?)
    }

    /// Decides on the revision that the person saw. It counts when the server confirms; until then it is provisional.
    pub fn decide(
        &self,
        approval: ApprovalId,
        revision: &str,
        decision: Decision,
        note: Option<String>,
    ) -> Result<(), FieldbookError> {
        let (now, decision) = (self.0.now()?, decision.into());
        Ok(self
            .0
            .replica()
            .decide(&now, approval.into(), revision, decision, note)?)
    }
}

impl Approvals {
    fn currency(&self, code: Option<String>) -> Result<Currency, FieldbookError> {
        let code = code.unwrap_or_else(|| self.0.replica().policy().currency);
        code.parse()
            .map_err(|_| FieldbookError::malformed("currency", &code))
    }
}

impl From<Decision> for command::Decision {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::Approve => Self::Approve,
            Decision::Reject => Self::Reject,
            Decision::Return => Self::Return,
        }
    }
}

impl From<Handing> for command::Handing {
    fn from(handing: Handing) -> Self {
        match handing {
            Handing::Add => Self::Add,
            Handing::Delegate => Self::Delegate,
        }
    }
}

impl From<FormValue> for command::FieldValue {
    fn from(value: FormValue) -> Self {
        match value {
            FormValue::YesNo { value } => Self::YesNo(value),
            FormValue::Text { value } => Self::Text(value),
        }
    }
}

impl From<NewLine> for replica::NewExpenseLine {
    fn from(line: NewLine) -> Self {
        Self {
            date: line.date.0,
            category: line.category,
            amount: line.amount.0.to_string(),
            note: line.note,
            receipt: line.receipt,
            photo: line.photo,
        }
    }
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
            duplicates: row.duplicates,
            over_limits: row.over_limits,
            state: row.state.into(),
        }
    }
}

impl From<query::ApprovalLine> for ExpenseLine {
    fn from(line: query::ApprovalLine) -> Self {
        Self {
            id: line.item,
            date: Day(line.date),
            category: line.category,
            amount: line.amount.into(),
            note: line.note,
            receipt: line.receipt,
            photo: line.photo,
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

impl From<query::ApprovalDetail> for ApprovalPage {
    fn from(detail: query::ApprovalDetail) -> Self {
        Self {
            approval: detail.approval.into(),
            lines: detail.lines.into_iter().map(Into::into).collect(),
            timeline: detail.timeline.into_iter().map(Into::into).collect(),
            waits_for: detail.waits_for.into_iter().map(Into::into).collect(),
        }
    }
}
