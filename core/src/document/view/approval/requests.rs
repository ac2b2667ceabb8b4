use chrono::{DateTime, FixedOffset};

use super::super::ViewError;
use super::super::fields::Fields;
use crate::document::command::{Decision, Handing};
use crate::model::PersonId;

/// One submission.
#[derive(Clone, Debug, PartialEq)]
pub struct SubmissionView {
    /// The submission's element in the document.
    pub id: String,
    /// The content hash of what was handed in.
    pub revision: String,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
    /// What it came to at that time, if it has an amount.
    pub total: Option<String>,
    /// The chain that the phone expected.
    pub chain: Option<String>,
}

/// The applicant took it back.
#[derive(Clone, Debug, PartialEq)]
pub struct WithdrawalView {
    /// The withdrawal's element in the document.
    pub id: String,
    /// What was handed in.
    pub revision: String,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
    /// Why.
    pub note: Option<String>,
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
    /// In whose stead, when not in their own.
    pub acted_for: Option<PersonId>,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
    /// What.
    pub decision: Decision,
    /// With a return: the step that it goes back to.
    pub step: Option<u32>,
    /// The note.
    pub note: Option<String>,
}

/// An approver brought somebody in.
#[derive(Clone, Debug, PartialEq)]
pub struct HandoverView {
    /// The handover's element in the document.
    pub id: String,
    /// The revision the person saw.
    pub revision: String,
    /// Who asked.
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

pub(super) fn submissions(root: Fields<'_>) -> Result<Vec<SubmissionView>, ViewError> {
    each(root, "submissions", "submissions/[]/", |id, fields| {
        Ok(SubmissionView {
            id,
            revision: fields.string("revision")?,
            at: fields.timestamp("at")?,
            total: fields.optional("total"),
            chain: fields.optional("chain"),
        })
    })
}

pub(super) fn withdrawals(root: Fields<'_>) -> Result<Vec<WithdrawalView>, ViewError> {
    each(root, "withdrawals", "withdrawals/[]/", |id, fields| {
        Ok(WithdrawalView {
            id,
            revision: fields.string("revision")?,
            at: fields.timestamp("at")?,
            note: fields.optional("note"),
        })
    })
}

pub(super) fn decisions(root: Fields<'_>) -> Result<Vec<DecisionView>, ViewError> {
    each(root, "decisions", "decisions/[]/", |id, fields| {
        Ok(DecisionView {
            id,
            revision: fields.string("revision")?,
            by: fields.parse("by")?,
            acted_for: fields.parse_optional("acted_for")?,
            at: fields.timestamp("at")?,
            decision: fields.named("decision", Decision::from_name)?,
            step: fields.map.uint("step").and_then(|step| u32::try_from(step).ok()),
            note: fields.optional("note"),
        })
    })
}

pub(super) fn handovers(root: Fields<'_>) -> Result<Vec<HandoverView>, ViewError> {
    each(root, "handovers", "handovers/[]/", |id, fields| {
        Ok(HandoverView {
            id,
            revision: fields.string("revision")?,
            by: fields.parse("by")?,
            at: fields.timestamp("at")?,
            handing: fields.named("handing", Handing::from_name)?,
            to: fields.parse("to")?,
            note: fields.optional("note"),
        })
    })
}

fn each<T>(
    root: Fields<'_>,
    list: &'static str,
    below: &'static str,
    read: impl Fn(String, Fields<'_>) -> Result<T, ViewError>,
) -> Result<Vec<T>, ViewError> {
    root.list(list)?
        .iter()
        .map(|(id, map)| read(id.to_string(), Fields::below(map, below)))
        .collect()
}
