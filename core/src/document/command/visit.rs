use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjType, ROOT, ReadDoc, ScalarValue};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::writing::{append, begin, container, object, put_some};
use super::{Apply, CommandError};
use crate::model::{DocumentId, Kind, PersonId};
use crate::time::format_timestamp;

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

impl Apply for PlanVisit {
    const KIND: Kind = Kind::Visit;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn creates(&self) -> bool {
        true
    }
    fn apply(&self, doc: &mut AutoCommit, _: bool) -> Result<(), CommandError> {
        begin(doc, Kind::Visit)?;
        doc.put(ROOT, "rep", self.rep.to_string())?;
        doc.put(ROOT, "customer", self.customer.to_string())?;
        doc.put(ROOT, "template", self.template.as_str())?;
        let plan = container(doc, "plan", ObjType::Map)?;
        doc.put(&plan, "start", format_timestamp(&self.start))?;
        doc.put(&plan, "purpose", self.purpose.as_str())?;
        container(doc, "events", ObjType::List)?;
        container(doc, "results", ObjType::List)?;
        container(doc, "notes", ObjType::Text)?;
        Ok(())
    }
}

impl Apply for MovePlan {
    const KIND: Kind = Kind::Visit;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, doc: &mut AutoCommit, _: bool) -> Result<(), CommandError> {
        let plan = object(doc, "plan")?;
        doc.put(&plan, "start", format_timestamp(&self.start))?;
        put_some(doc, &plan, "purpose", self.purpose.as_deref())
    }
}

impl Apply for StartVisit {
    const KIND: Kind = Kind::Visit;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, doc: &mut AutoCommit, _: bool) -> Result<(), CommandError> {
        let event = append(doc, "events")?;
        doc.put(&event, "event", "started")?;
        doc.put(&event, "at", format_timestamp(&self.at))?;
        Ok(doc.put(&event, "check_in", self.check_in.to_string())?)
    }
}

impl Apply for RecordStep {
    const KIND: Kind = Kind::Visit;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, doc: &mut AutoCommit, _: bool) -> Result<(), CommandError> {
        let value = scalar(&self.value)?;
        let result = append(doc, "results")?;
        doc.put(&result, "step", self.step.as_str())?;
        doc.put(&result, "at", format_timestamp(&self.at))?;
        doc.put(&result, "value", value)?;
        put_some(doc, &result, "note", self.note.as_deref())
    }
}

impl Apply for EditNote {
    const KIND: Kind = Kind::Visit;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, doc: &mut AutoCommit, _: bool) -> Result<(), CommandError> {
        let notes = object(doc, "notes")?;
        let length = doc.length(&notes);
        let position = self.position.min(length);
        let delete = self.delete.min(length - position);
        Ok(doc.splice_text(&notes, position, delete.cast_signed(), &self.insert)?)
    }
}

impl Apply for SetNextStep {
    const KIND: Kind = Kind::Visit;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, doc: &mut AutoCommit, _: bool) -> Result<(), CommandError> {
        Ok(doc.put(ROOT, "next_step", self.text.as_str())?)
    }
}

impl Apply for FinishVisit {
    const KIND: Kind = Kind::Visit;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, doc: &mut AutoCommit, _: bool) -> Result<(), CommandError> {
        let event = append(doc, "events")?;
        doc.put(&event, "event", "finished")?;
        doc.put(&event, "at", format_timestamp(&self.at))?;
        doc.put(&event, "check_in", self.check_in.to_string())?;
        put_some(doc, &ROOT, "outcome", self.outcome.as_deref())
    }
}

impl Apply for CancelVisit {
    const KIND: Kind = Kind::Visit;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, doc: &mut AutoCommit, _: bool) -> Result<(), CommandError> {
        let event = append(doc, "events")?;
        doc.put(&event, "event", "cancelled")?;
        doc.put(&event, "at", format_timestamp(&self.at))?;
        put_some(doc, &event, "check_in", self.check_in.map(|id| id.to_string()))?;
        Ok(doc.put(&event, "reason", self.reason.as_str())?)
    }
}

/// A step's result as one scalar; a list or an object is none.
fn scalar(value: &Value) -> Result<ScalarValue, CommandError> {
    let number = |number: &serde_json::Number| {
        number
            .as_i64()
            .map(ScalarValue::Int)
            .or_else(|| number.as_u64().map(ScalarValue::Uint))
            .or_else(|| number.as_f64().map(ScalarValue::F64))
    };
    let scalar = match value {
        Value::Null => Some(ScalarValue::Null),
        Value::Bool(truth) => Some(ScalarValue::Boolean(*truth)),
        Value::Number(it) => number(it),
        Value::String(text) => Some(ScalarValue::Str(text.as_str().into())),
        Value::Array(_) | Value::Object(_) => None,
    };
    scalar.ok_or_else(|| CommandError::Unwritable {
        field: "results",
        problem: format!("{value} is neither a number, a text, true, false nor null"),
    })
}
