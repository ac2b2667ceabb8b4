use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::document::command::Decision;
use crate::model::{DocumentId, Money, PersonId};

/// An approval as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct ApprovalView {
    /// Which form, for example `expense`.
    pub form: String,
    /// Who asks.
    pub applicant: PersonId,
    /// What for.
    pub title: String,
    /// The customer it is for.
    pub customer: Option<DocumentId>,
    /// The visit it belongs to.
    pub visit: Option<DocumentId>,
    /// The lines, in the order of the document.
    pub lines: Vec<LineView>,
    /// The sum of the lines.
    pub total: Money,
    /// The content hash of the draft part: hex of SHA-256 over its canonical JSON, first 16 bytes.
    pub revision: String,
    /// What was handed in, in the order of the document.
    pub submissions: Vec<SubmissionView>,
    /// What approvers decided.
    pub decisions: Vec<DecisionView>,
    /// What the server ruled last.
    pub outcome: Option<OutcomeView>,
    /// Derived from all these.
    pub status: ApprovalStatus,
}

/// Where an approval is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ApprovalStatus {
    /// Being written, or changed after it was handed in or returned.
    Draft,
    /// Handed in; the last submission is of the present revision.
    Submitted,
    /// Decided by somebody; waits for the server.
    Provisional,
    /// Ruled: yes.
    Approved,
    /// Ruled: no.
    Rejected,
    /// Ruled: back to the applicant.
    Returned,
}

impl ApprovalStatus {
    /// The name in SQL and docs.
    pub fn name(self) -> &'static str {
        match self {
            ApprovalStatus::Draft => "draft",
            ApprovalStatus::Submitted => "submitted",
            ApprovalStatus::Provisional => "provisional",
            ApprovalStatus::Approved => "approved",
            ApprovalStatus::Rejected => "rejected",
            ApprovalStatus::Returned => "returned",
        }
    }
}

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct LineView {
    /// The line's element in the document.
    pub id: String,
    /// The day of the receipt.
    pub date: NaiveDate,
    /// For example `meals`.
    pub category: String,
    /// The amount.
    pub amount: Money,
    /// A remark.
    pub note: Option<String>,
}

/// One submission.
#[derive(Clone, Debug, PartialEq)]
pub struct SubmissionView {
    /// The content hash of what was handed in.
    pub revision: String,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
    /// The sum at that time.
    pub total: String,
}

/// One decision.
#[derive(Clone, Debug, PartialEq)]
pub struct DecisionView {
    /// The decision's element in the document.
    pub id: String,
    /// The revision the person saw.
    pub revision: String,
    /// Who.
    pub by: PersonId,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
    /// What.
    pub decision: Decision,
    /// The note.
    pub note: Option<String>,
}

/// The server's ruling.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeView {
    /// The revision ruled on.
    pub revision: String,
    /// What.
    pub outcome: Decision,
    /// Whose decision it was.
    pub by: PersonId,
    /// The server's clock.
    pub at: DateTime<FixedOffset>,
    /// Its number in the ruling log.
    pub ruling: u64,
}
