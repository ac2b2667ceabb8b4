use automerge::ScalarValue;
use chrono::{DateTime, FixedOffset};
use serde_json::Value;

use super::ViewError;
use super::fields::Fields;
use crate::gate::DocumentIndex;
use crate::model::{DocumentId, PersonId};

/// A visit as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitView {
    /// Who visits.
    pub rep: PersonId,
    /// Whom.
    pub customer: DocumentId,
    /// Derived from the events: a real check-in beats a cancelled plan.
    pub status: VisitStatus,
    /// The planned time.
    pub plan_start: DateTime<FixedOffset>,
    /// What for.
    pub purpose: String,
    /// The template it follows.
    pub template: String,
    /// What happened, in the order of the document.
    pub events: Vec<VisitEvent>,
    /// The results of steps, in the order of the document; the latest of a step is its current one.
    pub results: Vec<StepResult>,
    /// The notes.
    pub notes: String,
    /// What comes next.
    pub next_step: Option<String>,
    /// The outcome said at the end.
    pub outcome: Option<String>,
}

/// Where a visit is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VisitStatus {
    /// Nothing happened yet.
    Planned,
    /// The rep is inside.
    Started,
    /// The rep has left.
    Finished,
    /// It does not take place, or ended early.
    Cancelled,
}

impl VisitStatus {
    /// The name in SQL and docs.
    pub fn name(self) -> &'static str {
        match self {
            VisitStatus::Planned => "planned",
            VisitStatus::Started => "started",
            VisitStatus::Finished => "finished",
            VisitStatus::Cancelled => "cancelled",
        }
    }

    /// The status that an event of this name leads to.
    pub fn from_event(name: &str) -> Option<Self> {
        [
            VisitStatus::Started,
            VisitStatus::Finished,
            VisitStatus::Cancelled,
        ]
        .into_iter()
        .find(|status| status.name() == name)
    }

    /// What a visit's events amount to: each event's status, and whether a reading was taken with it.
    ///
    /// A real check-in beats a cancelled plan: once a visit has started, only a cancel with a reading of its
    /// own ends it early.
    pub fn of_events(events: impl IntoIterator<Item = (VisitStatus, bool)>) -> Self {
        let (mut started, mut called_off, mut broken_off) = (false, false, false);
        for (event, with_reading) in events {
            match event {
                VisitStatus::Finished => return VisitStatus::Finished,
                VisitStatus::Started => started = true,
                VisitStatus::Cancelled if with_reading => broken_off = true,
                VisitStatus::Cancelled => called_off = true,
                VisitStatus::Planned => {}
            }
        }
        match (started, called_off, broken_off) {
            (true, _, false) => VisitStatus::Started,
            (_, _, true) | (false, true, false) => VisitStatus::Cancelled,
            (false, false, false) => VisitStatus::Planned,
        }
    }
}

/// One thing that happened to a visit.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitEvent {
    /// The event's element in the document.
    pub id: String,
    /// What it leads to: started, finished or cancelled.
    pub event: VisitStatus,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
    /// The reading taken with it.
    pub check_in: Option<DocumentId>,
    /// Why, at a cancel.
    pub reason: Option<String>,
}

/// One result of one step.
#[derive(Clone, Debug, PartialEq)]
pub struct StepResult {
    /// The result's element in the document.
    pub id: String,
    /// The step's key.
    pub step: String,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
    /// The result.
    pub value: Value,
    /// A remark.
    pub note: Option<String>,
}

impl VisitView {
    /// Reads a visit.
    ///
    /// # Errors
    /// A field of the table that must be there is missing or holds something else.
    pub fn read(index: &DocumentIndex) -> Result<Self, ViewError> {
        let root = Fields::root(index.root());
        let plan = root.map("plan", "plan/")?;
        let events = events(root)?;
        Ok(Self {
            rep: root.parse("rep")?,
            customer: root.parse("customer")?,
            status: VisitStatus::of_events(
                events.iter().map(|event| (event.event, event.check_in.is_some())),
            ),
            plan_start: plan.timestamp("start")?,
            purpose: plan.string("purpose")?,
            template: root.string("template")?,
            events,
            results: results(root)?,
            notes: root.map.text("notes").unwrap_or_default(),
            next_step: root.optional("next_step"),
            outcome: root.optional("outcome"),
        })
    }
}

fn events(root: Fields<'_>) -> Result<Vec<VisitEvent>, ViewError> {
    let event = |id: String, fields: Fields<'_>| {
        Ok(VisitEvent {
            id,
            event: fields.named("event", VisitStatus::from_event)?,
            at: fields.timestamp("at")?,
            check_in: fields.parse_optional("check_in")?,
            reason: fields.optional("reason"),
        })
    };
    let elements = root.list("events")?.iter();
    elements
        .map(|(id, map)| event(id.to_string(), Fields::below(map, "events/[]/")))
        .collect()
}

fn results(root: Fields<'_>) -> Result<Vec<StepResult>, ViewError> {
    let result = |id: String, fields: Fields<'_>| {
        Ok(StepResult {
            id,
            step: fields.string("step")?,
            at: fields.timestamp("at")?,
            value: json(fields.scalar("value")?),
            note: fields.optional("note"),
        })
    };
    let elements = root.list("results")?.iter();
    elements
        .map(|(id, map)| result(id.to_string(), Fields::below(map, "results/[]/")))
        .collect()
}

/// A step's result as JSON; types that no command writes read as null.
fn json(value: &ScalarValue) -> Value {
    match value {
        ScalarValue::Str(text) => Value::from(text.as_str()),
        ScalarValue::Int(number) => Value::from(*number),
        ScalarValue::Uint(number) => Value::from(*number),
        ScalarValue::F64(number) => Value::from(*number),
        ScalarValue::Boolean(truth) => Value::from(*truth),
        _ => Value::Null,
    }
}
