use automerge::legacy::ObjectId;
use automerge::{ObjType, ScalarValue};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::writing::{append, begin, container, map_in, object, put_some};
use super::{Apply, CommandError};
use crate::document::draft::Draft;
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

/// Asks to move a planned visit to another time, or for another purpose. It holds until the server finds that the visit
/// had begun: a real check-in beats it, and it becomes a remark.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MovePlan {
    /// The visit.
    pub document: DocumentId,
    /// Who asks.
    pub by: PersonId,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
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

/// The visit does not take place, or ends early. Without a reading it calls a plan off: when the visit had begun, a real
/// check-in beats it, and it becomes a remark.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CancelVisit {
    /// The visit.
    pub document: DocumentId,
    /// Who calls it off.
    pub by: PersonId,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
    /// Why, 1 to 500 characters.
    pub reason: String,
    /// The reading taken with it, when the visit had started.
    pub check_in: Option<DocumentId>,
}

/// The server's ruling that a change of the plan came too late and is a remark.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleRemark {
    /// The visit.
    pub document: DocumentId,
    /// The event that asked for the change, as [`crate::gate::ElementId`] prints it.
    pub event: String,
    /// Who asked, and is told.
    pub by: PersonId,
    /// The server's clock.
    pub at: DateTime<FixedOffset>,
    /// The number of the ruling in the organisation's ruling log.
    pub ruling: u64,
}

impl Apply for PlanVisit {
    const KIND: Kind = Kind::Visit;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn creates(&self) -> bool {
        true
    }
    fn refers_to(&self) -> Vec<DocumentId> {
        vec![self.customer]
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        begin(draft, Kind::Visit);
        draft.put(&ObjectId::Root, "rep", self.rep.to_string());
        draft.put(&ObjectId::Root, "customer", self.customer.to_string());
        draft.put(&ObjectId::Root, "template", self.template.as_str());
        let plan = container(draft, "plan", ObjType::Map);
        draft.put(&plan, "start", format_timestamp(&self.start));
        draft.put(&plan, "purpose", self.purpose.as_str());
        container(draft, "events", ObjType::List);
        container(draft, "results", ObjType::List);
        container(draft, "notes", ObjType::Text);
        Ok(())
    }
}

impl Apply for MovePlan {
    const KIND: Kind = Kind::Visit;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        let event = append(draft, "events")?;
        draft.put(&event, "event", "moved");
        draft.put(&event, "at", format_timestamp(&self.at));
        draft.put(&event, "by", self.by.to_string());
        draft.put(&event, "start", format_timestamp(&self.start));
        put_some(draft, &event, "purpose", self.purpose.as_deref());
        Ok(())
    }
}

impl Apply for StartVisit {
    const KIND: Kind = Kind::Visit;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        let event = append(draft, "events")?;
        draft.put(&event, "event", "started");
        draft.put(&event, "at", format_timestamp(&self.at));
        draft.put(&event, "check_in", self.check_in.to_string());
        Ok(())
    }
}

impl Apply for RecordStep {
    const KIND: Kind = Kind::Visit;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        let value = scalar(&self.value)?;
        let result = append(draft, "results")?;
        draft.put(&result, "step", self.step.as_str());
        draft.put(&result, "at", format_timestamp(&self.at));
        draft.put(&result, "value", value);
        put_some(draft, &result, "note", self.note.as_deref());
        Ok(())
    }
}

impl Apply for EditNote {
    const KIND: Kind = Kind::Visit;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        let notes = object(draft, "notes")?;
        draft.splice(&notes, self.position, self.delete, &self.insert);
        Ok(())
    }
}

impl Apply for SetNextStep {
    const KIND: Kind = Kind::Visit;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        draft.put(&ObjectId::Root, "next_step", self.text.as_str());
        Ok(())
    }
}

impl Apply for FinishVisit {
    const KIND: Kind = Kind::Visit;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        let event = append(draft, "events")?;
        draft.put(&event, "event", "finished");
        draft.put(&event, "at", format_timestamp(&self.at));
        draft.put(&event, "check_in", self.check_in.to_string());
        put_some(draft, &ObjectId::Root, "outcome", self.outcome.as_deref());
        Ok(())
    }
}

impl Apply for CancelVisit {
    const KIND: Kind = Kind::Visit;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        let event = append(draft, "events")?;
        draft.put(&event, "event", "cancelled");
        draft.put(&event, "at", format_timestamp(&self.at));
        draft.put(&event, "by", self.by.to_string());
        put_some(draft, &event, "check_in", self.check_in.map(|id| id.to_string()));
        draft.put(&event, "reason", self.reason.as_str());
        Ok(())
    }
}

impl Apply for RuleRemark {
    const KIND: Kind = Kind::Visit;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        let remarks = map_in(draft, &ObjectId::Root, "remarks");
        let remark = draft.put_object(&remarks, &self.event, ObjType::Map);
        draft.put(&remark, "at", format_timestamp(&self.at));
        draft.put(&remark, "ruling", self.ruling);
        Ok(())
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
