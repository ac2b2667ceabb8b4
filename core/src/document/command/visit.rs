use automerge::AutoCommit;
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Apply, CommandError};
use crate::model::{DocumentId, Kind, PersonId};

/// Plans a visit. An ad-hoc visit is planned and started in one go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanVisit {
    /// The new visit.
    pub document: DocumentId,
    /// Whom to visit.
    pub customer: DocumentId,
    /// Who visits.
    pub rep: PersonId,
    /// When, with the offset of the place.
    pub start: DateTime<FixedOffset>,
    /// What for, at most 200 characters.
    pub purpose: String,
    /// The version of the template, for example `store-visit@1`.
    pub template: String,
}

/// Moves a planned visit to another time, or says another purpose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MovePlan {
    /// The visit.
    pub document: DocumentId,
    /// The new time.
    pub start: DateTime<FixedOffset>,
    /// The new purpose, when it changes.
    pub purpose: Option<String>,
}

/// The rep starts the visit; the reading is in the check-in document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StartVisit {
    /// The visit.
    pub document: DocumentId,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
    /// The reading taken with it.
    pub check_in: DocumentId,
}

/// One result of one step; a later result of the same step stands beside it and is the current one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordStep {
    /// The visit.
    pub document: DocumentId,
    /// The step's key in the template, for example `stock`.
    pub step: String,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
    /// The result: a number, a text, true, or null for "done".
    pub value: Value,
    /// A remark, at most 500 characters.
    pub note: Option<String>,
}

/// Edits the notes: at a character position, delete some characters, insert some text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EditNote {
    /// The visit.
    pub document: DocumentId,
    /// Position in characters (Unicode scalar values), clamped to the length.
    pub position: usize,
    /// How many characters to delete there, clamped to what is left.
    pub delete: usize,
    /// What to insert there.
    pub insert: String,
}

/// What comes next with this customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetNextStep {
    /// The visit.
    pub document: DocumentId,
    /// The text, at most 500 characters.
    pub text: String,
}

/// The rep finishes the visit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FinishVisit {
    /// The visit.
    pub document: DocumentId,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
    /// The reading taken with it.
    pub check_in: DocumentId,
    /// The outcome in a few words.
    pub outcome: Option<String>,
}

/// The visit does not take place, or ends early.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CancelVisit {
    /// The visit.
    pub document: DocumentId,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
    /// Why, 1 to 500 characters.
    pub reason: String,
    /// The reading taken with it, when the visit had started.
    pub check_in: Option<DocumentId>,
}
