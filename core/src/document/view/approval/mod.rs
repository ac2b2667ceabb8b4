//! An approval as it stands: what is asked, what people did about it, and where the server says it is.

mod course;
mod difference;
mod entry;
mod requests;

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};

pub use course::{Course, End, Flag, Ruled, Seat};
pub use difference::{Difference, Lines, difference};
pub use requests::{DecisionView, HandoverView, SubmissionView, WithdrawalView};

use super::fields::Fields;
use super::{ViewError, revision};
use crate::document::command::{Decision, FieldValue};
use crate::gate::{DocumentIndex, MapView};
use crate::model::{Currency, DocumentId, Money, PersonId};

/// An approval as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct ApprovalView {
    /// Which form, for example `expense`.
    pub form: String,
    /// The version of the form that it was drafted with.
    pub form_version: u32,
    /// Who asks.
    pub applicant: PersonId,
    /// What for.
    pub title: String,
    /// The customer it is for.
    pub customer: Option<DocumentId>,
    /// The visit it belongs to.
    pub visit: Option<DocumentId>,
    /// The fields of the form that are filled in.
    pub fields: BTreeMap<String, FieldValue>,
    /// The lines, in the order of the document.
    pub lines: Vec<LineView>,
    /// The sum of the lines; without lines the field `amount`, if it is one.
    pub total: Money,
    /// The content hash of the draft part: hex of SHA-256 over its canonical JSON, first 16 bytes.
    pub revision: String,
    /// What was handed in, in the order of the document.
    pub submissions: Vec<SubmissionView>,
    /// What the applicant took back.
    pub withdrawals: Vec<WithdrawalView>,
    /// What approvers decided.
    pub decisions: Vec<DecisionView>,
    /// Whom approvers brought in.
    pub handovers: Vec<HandoverView>,
    /// What the server ruled on all of that.
    pub course: Course,
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
    /// Handed in; the last submission is of the present revision and waits for the server or for approvers.
    Submitted,
    /// Decided by somebody; waits for the server.
    Provisional,
    /// Ruled: yes.
    Approved,
    /// Ruled: no.
    Rejected,
    /// Ruled: back to the applicant.
    Returned,
    /// Taken back by the applicant.
    Withdrawn,
    /// Taken back by the applicant; waits for the server, where a decision may have come first.
    Withdrawing,
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
            ApprovalStatus::Withdrawn => "withdrawn",
            ApprovalStatus::Withdrawing => "withdrawing",
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
    /// The number on the receipt.
    pub receipt: Option<String>,
    /// SHA-256 of the receipt's photo in hex.
    pub photo: Option<String>,
}

/// The server's ruling.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeView {
    /// The revision ruled on.
    pub revision: String,
    /// What.
    pub outcome: Decision,
    /// Whose decision it was; nobody's when the form or the policy says so.
    pub by: Option<PersonId>,
    /// Why, when nobody decided it.
    pub reason: Option<String>,
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
        let form_version = root.uint("form_version")?;
        let mut view = Self {
            form: root.string("form")?,
            form_version: u32::try_from(form_version).unwrap_or(u32::MAX),
            applicant: root.parse("applicant")?,
            title: root.string("title")?,
            customer: root.parse_optional("customer")?,
            visit: root.parse_optional("visit")?,
            fields: fields(root),
            total: Money {
                amount: total(index).unwrap_or_default(),
                currency,
            },
            lines: lines(root, currency)?,
            revision: revision(index),
            submissions: requests::submissions(root)?,
            withdrawals: requests::withdrawals(root)?,
            decisions: requests::decisions(root)?,
            handovers: requests::handovers(root)?,
            course: Course::read(index)?,
            outcome: root
                .optional_map("outcome", "outcome/")
                .map(outcome)
                .transpose()?,
            status: ApprovalStatus::Draft,
        };
        view.status = view.derive_status();
        Ok(view)
    }

    /// A final ruling stands whatever came after it; a return stands until the draft is changed.
    fn derive_status(&self) -> ApprovalStatus {
        match &self.outcome {
            Some(ruled) if ruled.outcome == Decision::Approve => return ApprovalStatus::Approved,
            Some(ruled) if ruled.outcome == Decision::Reject => return ApprovalStatus::Rejected,
            _ => {}
        }
        let Some(last) = self
            .submissions
            .last()
            .filter(|last| last.revision == self.revision)
        else {
            return ApprovalStatus::Draft;
        };
        if self.course.is_ruled(&last.id) {
            match self.course.end {
                Some(End::Decided(Decision::Return)) => return ApprovalStatus::Returned,
                Some(End::Withdrawn) => return ApprovalStatus::Withdrawn,
                Some(End::Void | End::Decided(_)) => return ApprovalStatus::Draft,
                None => {}
            }
        }
        let mut withdrawals = self.withdrawals.iter();
        if withdrawals.any(|it| it.revision == self.revision && !self.course.is_ruled(&it.id)) {
            return ApprovalStatus::Withdrawing;
        }
        let mut decisions = self.decisions.iter();
        if decisions.any(|it| it.revision == self.revision && !self.course.is_ruled(&it.id)) {
            return ApprovalStatus::Provisional;
        }
        ApprovalStatus::Submitted
    }

    /// What somebody decided on the present revision and the server has not ruled on yet.
    pub fn unruled(&self, by: PersonId) -> Option<&DecisionView> {
        self.decisions
            .iter()
            .find(|it| it.by == by && it.revision == self.revision && !self.course.is_ruled(&it.id))
    }
}

/// What a request comes to: the sum of its lines, or without lines the field `amount`, or nothing.
pub fn total(index: &DocumentIndex) -> Option<rust_decimal::Decimal> {
    let root = index.root();
    let amount = |map: MapView<'_>| map.str("amount")?.parse::<rust_decimal::Decimal>().ok();
    let lines = root.list("lines").filter(|lines| !lines.is_empty());
    match lines {
        Some(lines) => Some(lines.iter().filter_map(|(_, line)| amount(line)).sum()),
        None => root.map("fields").and_then(amount),
    }
}

fn fields(root: Fields<'_>) -> BTreeMap<String, FieldValue> {
    let Some(map) = root.map.map("fields") else {
        return BTreeMap::new();
    };
    let value = |key: &str| match map.bool(key) {
        Some(truth) => Some(FieldValue::YesNo(truth)),
        None => map.str(key).map(|text| FieldValue::Text(text.to_owned())),
    };
    map.keys()
        .into_iter()
        .filter_map(|key| Some((key.to_owned(), value(key)?)))
        .collect()
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
            receipt: fields.optional("receipt"),
            photo: fields.optional("photo"),
        })
    };
    let elements = root.list("lines")?.iter();
    elements
        .map(|(id, map)| line(id.to_string(), Fields::below(map, "lines/[]/")))
        .collect()
}

fn outcome(fields: Fields<'_>) -> Result<OutcomeView, ViewError> {
    Ok(OutcomeView {
        revision: fields.string("revision")?,
        outcome: fields.named("outcome", Decision::from_name)?,
        by: fields.parse_optional("by")?,
        reason: fields.optional("reason"),
        at: fields.timestamp("at")?,
        ruling: fields.uint("ruling")?,
    })
}
