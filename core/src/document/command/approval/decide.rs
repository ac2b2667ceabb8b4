use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use crate::document::command::writing::{append, put_some};
use crate::document::command::{Apply, CommandError};
use crate::document::draft::Draft;
use crate::model::{DocumentId, Kind, PersonId};
use crate::time::format_timestamp;

/// Hands a request in. The revision is the content hash of the draft part at that moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Submit {
    /// The approval.
    pub document: DocumentId,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
    /// The content hash of what is handed in: [`crate::document::view::ApprovalView::revision`].
    pub revision: String,
    /// What it comes to; absent when it has no amount.
    pub total: Option<String>,
    /// The chain that the phone expects it to take, for example `expense@1`.
    pub chain: Option<String>,
}

/// Takes a request back that was handed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Withdraw {
    /// The approval.
    pub document: DocumentId,
    /// What was handed in.
    pub revision: String,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
    /// Why.
    pub note: Option<String>,
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
    /// In whose stead, when not in their own.
    pub acted_for: Option<PersonId>,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
    /// What.
    pub decision: Decision,
    /// With a return: the step that it goes back to; without it back to the applicant.
    pub step: Option<u32>,
    /// A note; needed with `reject` and `return`.
    pub note: Option<String>,
}

/// An approver asks somebody else, beside themselves or in their stead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HandOver {
    /// The approval.
    pub document: DocumentId,
    /// The revision that the person saw.
    pub revision: String,
    /// Who asks.
    pub by: PersonId,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
    /// Beside or instead.
    pub handing: Handing,
    /// Who is asked.
    pub to: PersonId,
    /// Why.
    pub note: Option<String>,
}

/// The three things an approver can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Yes.
    Approve,
    /// No.
    Reject,
    /// Back, to be changed and handed in again, or to an earlier step.
    Return,
}

/// How an approver brings somebody else in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Handing {
    /// 加签: they have to agree too.
    Add,
    /// 委办: they may decide in the approver's stead.
    Delegate,
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

impl Handing {
    /// The name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Handing::Add => "add",
            Handing::Delegate => "delegate",
        }
    }

    /// The handing of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Handing::Add, Handing::Delegate]
            .into_iter()
            .find(|it| it.name() == name)
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
        put_some(draft, &submission, "total", self.total.as_deref());
        put_some(draft, &submission, "chain", self.chain.as_deref());
        Ok(())
    }
}

impl Apply for Withdraw {
    const KIND: Kind = Kind::Approval;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        let withdrawal = append(draft, "withdrawals")?;
        draft.put(&withdrawal, "revision", self.revision.as_str());
        draft.put(&withdrawal, "at", format_timestamp(&self.at));
        put_some(draft, &withdrawal, "note", self.note.as_deref());
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
        put_some(
            draft,
            &decision,
            "acted_for",
            self.acted_for.map(|id| id.to_string()),
        );
        draft.put(&decision, "at", format_timestamp(&self.at));
        draft.put(&decision, "decision", self.decision.name());
        put_some(draft, &decision, "step", self.step.map(u64::from));
        put_some(draft, &decision, "note", self.note.as_deref());
        Ok(())
    }
}

impl Apply for HandOver {
    const KIND: Kind = Kind::Approval;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        let handover = append(draft, "handovers")?;
        draft.put(&handover, "revision", self.revision.as_str());
        draft.put(&handover, "by", self.by.to_string());
        draft.put(&handover, "at", format_timestamp(&self.at));
        draft.put(&handover, "handing", self.handing.name());
        draft.put(&handover, "to", self.to.to_string());
        put_some(draft, &handover, "note", self.note.as_deref());
        Ok(())
    }
}
