use automerge::AutoCommit;
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Apply, CommandError};
use crate::model::{Currency, DocumentId, Kind, PersonId};

/// A new expense, as a draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DraftExpense {
    /// The new approval.
    pub document: DocumentId,
    /// Who asks.
    pub applicant: PersonId,
    /// What for, 1 to 200 characters.
    pub title: String,
    /// The currency of all its lines.
    pub currency: Currency,
    /// The customer it is for.
    pub customer: Option<DocumentId>,
    /// The visit it belongs to.
    pub visit: Option<DocumentId>,
}

/// One line of an expense.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AddLine {
    /// The approval.
    pub document: DocumentId,
    /// The day of the receipt.
    pub date: NaiveDate,
    /// For example `meals`.
    pub category: String,
    /// A decimal such as `128.50`, above zero.
    pub amount: String,
    /// A remark.
    pub note: Option<String>,
}

/// Removes a line of a draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RemoveLine {
    /// The approval.
    pub document: DocumentId,
    /// The line, as [`crate::gate::ElementId`] prints it.
    pub line: String,
}

/// Hands an approval in. The revision is the content hash of the draft part at that moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Submit {
    /// The approval.
    pub document: DocumentId,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
    /// The content hash of what is handed in: [`crate::document::view::ApprovalView::revision`].
    pub revision: String,
    /// The sum of the lines.
    pub total: String,
}

/// What an approver decided about one submission.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decide {
    /// The approval.
    pub document: DocumentId,
    /// The revision that the person saw.
    pub revision: String,
    /// Who decides.
    pub by: PersonId,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
    /// What.
    pub decision: Decision,
    /// A note; asked for with `reject` and `return`.
    pub note: Option<String>,
}

/// The three things an approver can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Yes.
    Approve,
    /// No.
    Reject,
    /// Back to the applicant, to be changed and handed in again.
    Return,
}

/// The server's ruling on a decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleOutcome {
    /// The approval.
    pub document: DocumentId,
    /// The revision ruled on.
    pub revision: String,
    /// What was ruled.
    pub outcome: Decision,
    /// Whose decision it was.
    pub by: PersonId,
    /// The server's clock.
    pub at: DateTime<FixedOffset>,
    /// The number of the ruling in the organisation's ruling log.
    pub ruling: u64,
}
