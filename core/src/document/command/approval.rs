use automerge::ObjType;
use automerge::legacy::ObjectId;
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::writing::{append, begin, container, day, object, put_some};
use super::{Apply, CommandError};
use crate::document::draft::Draft;
use crate::model::{Currency, DocumentId, Kind, PersonId};
use crate::time::format_timestamp;

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

impl Decision {
    /// All decisions.
    pub const ALL: [Decision; 3] = [Decision::Approve, Decision::Reject, Decision::Return];

    /// The name in documents and SQL.
    pub fn name(self) -> &'static str {
        match self {
            Decision::Approve => "approve",
            Decision::Reject => "reject",
            Decision::Return => "return",
        }
    }

    /// The decision of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decision| decision.name() == name)
    }
}

impl Apply for DraftExpense {
    const KIND: Kind = Kind::Approval;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn creates(&self) -> bool {
        true
    }
    fn refers_to(&self) -> Vec<DocumentId> {
        self.customer.into_iter().chain(self.visit).collect()
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        begin(draft, Kind::Approval);
        draft.put(&ObjectId::Root, "form", "expense");
        draft.put(&ObjectId::Root, "applicant", self.applicant.to_string());
        draft.put(&ObjectId::Root, "title", self.title.as_str());
        draft.put(&ObjectId::Root, "currency", self.currency.code());
        put_some(
            draft,
            &ObjectId::Root,
            "customer",
            self.customer.map(|id| id.to_string()),
        );
        put_some(
            draft,
            &ObjectId::Root,
            "visit",
            self.visit.map(|id| id.to_string()),
        );
        for key in ["lines", "submissions", "decisions"] {
            container(draft, key, ObjType::List);
        }
        Ok(())
    }
}

impl Apply for AddLine {
    const KIND: Kind = Kind::Approval;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        let line = append(draft, "lines")?;
        draft.put(&line, "date", day(self.date));
        draft.put(&line, "category", self.category.as_str());
        draft.put(&line, "amount", self.amount.as_str());
        put_some(draft, &line, "note", self.note.as_deref());
        Ok(())
    }
}

impl Apply for RemoveLine {
    const KIND: Kind = Kind::Approval;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        let lines = object(draft, "lines")?;
        if draft.delete_element(&lines, &self.line) {
            return Ok(());
        }
        Err(CommandError::NoSuchElement {
            field: "lines",
            id: self.line.clone(),
        })
    }
}

impl Apply for Submit {
    const KIND: Kind = Kind::Approval;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        let submission = append(draft, "submissions")?;
        draft.put(&submission, "revision", self.revision.as_str());
        draft.put(&submission, "at", format_timestamp(&self.at));
        draft.put(&submission, "total", self.total.as_str());
        Ok(())
    }
}

impl Apply for Decide {
    const KIND: Kind = Kind::Approval;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        let decision = append(draft, "decisions")?;
        draft.put(&decision, "revision", self.revision.as_str());
        draft.put(&decision, "by", self.by.to_string());
        draft.put(&decision, "at", format_timestamp(&self.at));
        draft.put(&decision, "decision", self.decision.name());
        put_some(draft, &decision, "note", self.note.as_deref());
        Ok(())
    }
}

impl Apply for RuleOutcome {
    const KIND: Kind = Kind::Approval;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        let outcome = container(draft, "outcome", ObjType::Map);
        draft.put(&outcome, "revision", self.revision.as_str());
        draft.put(&outcome, "outcome", self.outcome.name());
        draft.put(&outcome, "by", self.by.to_string());
        draft.put(&outcome, "at", format_timestamp(&self.at));
        draft.put(&outcome, "ruling", self.ruling);
        Ok(())
    }
}
