use chrono::{DateTime, FixedOffset, NaiveDate};

use super::fields::Fields;
use super::{ViewError, revision};
use crate::document::command::Decision;
use crate::gate::DocumentIndex;
use crate::model::{Currency, DocumentId, Money, PersonId};

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

impl ApprovalView {
    /// Reads an approval.
    ///
    /// # Errors
    /// A field of the table that must be there is missing or holds something else.
    pub fn read(index: &DocumentIndex) -> Result<Self, ViewError> {
        let root = Fields::root(index.root());
        let currency = root.parse("currency")?;
        let lines = lines(root, currency)?;
        let mut view = Self {
            form: root.string("form")?,
            applicant: root.parse("applicant")?,
            title: root.string("title")?,
            customer: root.parse_optional("customer")?,
            visit: root.parse_optional("visit")?,
            total: Money {
                amount: lines.iter().map(|line| line.amount.amount).sum(),
                currency,
            },
            lines,
            revision: revision(index),
            submissions: submissions(root)?,
            decisions: decisions(root)?,
            outcome: root
                .optional_map("outcome", "outcome/")
                .map(outcome)
                .transpose()?,
            status: ApprovalStatus::Draft,
        };
        view.status = view.derive_status();
        Ok(view)
    }

    /// A final ruling stands whatever came after it; a return stands until the draft is handed in anew.
    fn derive_status(&self) -> ApprovalStatus {
        match &self.outcome {
            Some(OutcomeView {
                outcome: Decision::Approve,
                ..
            }) => return ApprovalStatus::Approved,
            Some(OutcomeView {
                outcome: Decision::Reject,
                ..
            }) => return ApprovalStatus::Rejected,
            Some(ruled) if ruled.revision == self.revision => return ApprovalStatus::Returned,
            _ => {}
        }
        if self
            .submissions
            .last()
            .is_none_or(|last| last.revision != self.revision)
        {
            return ApprovalStatus::Draft;
        }
        if self
            .decisions
            .iter()
            .any(|decision| decision.revision == self.revision)
        {
            return ApprovalStatus::Provisional;
        }
        ApprovalStatus::Submitted
    }
}

fn lines(root: Fields<'_>, currency: Currency) -> Result<Vec<LineView>, ViewError> {
    let line = |id: String, fields: Fields<'_>| {
        Ok(LineView {
            id,
            date: fields.date("date")?,
            category: fields.string("category")?,
            amount: Money::parse(fields.str("amount")?, currency)
                .map_err(|error| fields.wrong("amount", error))?,
            note: fields.optional("note"),
        })
    };
    let elements = root.list("lines")?.iter();
    elements
        .map(|(id, map)| line(id.to_string(), Fields::below(map, "lines/[]/")))
        .collect()
}

fn submissions(root: Fields<'_>) -> Result<Vec<SubmissionView>, ViewError> {
    let submission = |fields: Fields<'_>| {
        Ok(SubmissionView {
            revision: fields.string("revision")?,
            at: fields.timestamp("at")?,
            total: fields.string("total")?,
        })
    };
    let elements = root.list("submissions")?.iter();
    elements
        .map(|(_, map)| submission(Fields::below(map, "submissions/[]/")))
        .collect()
}

fn decisions(root: Fields<'_>) -> Result<Vec<DecisionView>, ViewError> {
    let decision = |id: String, fields: Fields<'_>| {
        Ok(DecisionView {
            id,
            revision: fields.string("revision")?,
            by: fields.parse("by")?,
            at: fields.timestamp("at")?,
            decision: fields.named("decision", Decision::from_name)?,
            note: fields.optional("note"),
        })
    };
    let elements = root.list("decisions")?.iter();
    elements
        .map(|(id, map)| decision(id.to_string(), Fields::below(map, "decisions/[]/")))
        .collect()
}

fn outcome(fields: Fields<'_>) -> Result<OutcomeView, ViewError> {
    Ok(OutcomeView {
        revision: fields.string("revision")?,
        outcome: fields.named("outcome", Decision::from_name)?,
        by: fields.parse("by")?,
        at: fields.timestamp("at")?,
        ruling: fields.uint("ruling")?,
    })
}
