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
    /// The planned time: the first one, or that of the last move that holds.
    pub plan_start: DateTime<FixedOffset>,
    /// What for, likewise.
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

    /// The status that an event of this name leads to; a visit that was moved is still planned.
    pub fn from_event(name: &str) -> Option<Self> {
        match name {
            "moved" => Some(VisitStatus::Planned),
            "started" => Some(VisitStatus::Started),
            "finished" => Some(VisitStatus::Finished),
            "cancelled" => Some(VisitStatus::Cancelled),
            _ => None,
        }
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
    /// What it leads to: started, finished, cancelled, or planned for another time.
    pub event: VisitStatus,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
    /// The reading taken with it.
    pub check_in: Option<DocumentId>,
    /// Why, at a cancel.
    pub reason: Option<String>,
    /// Who, at a cancel or a move; anything else is the rep's.
    pub by: Option<PersonId>,
    /// The new time, at a move.
    pub start: Option<DateTime<FixedOffset>>,
    /// The new purpose, at a move that changes it.
    pub purpose: Option<String>,
    /// Set when the server ruled that it is a remark: a real check-in had beaten it.
    pub remark: Option<RemarkView>,
}

/// The server's ruling that a change of the plan came too late.
#[derive(Clone, Debug, PartialEq)]
pub struct RemarkView {
    /// When, by the server.
    pub at: DateTime<FixedOffset>,
    /// Its number in the ruling log.
    pub ruling: u64,
}

impl VisitEvent {
    /// Does it change the plan, and nothing else? Breaking off a visit with a reading does not.
    pub fn is_plan_change(&self) -> bool {
        match self.event {
            VisitStatus::Planned => true,
            VisitStatus::Cancelled => self.check_in.is_none(),
            VisitStatus::Started | VisitStatus::Finished => false,
        }
    }
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
        let events = events(root)?;
        let (plan_start, purpose) = plan(root, &events)?;
        Ok(Self {
            rep: root.parse("rep")?,
            customer: root.parse("customer")?,
            status: VisitStatus::of_events(
                events.iter().map(|event| (event.event, event.check_in.is_some())),
            ),
            plan_start,
            purpose,
            template: root.string("template")?,
            events,
            results: results(root)?,
            notes: root.map.text("notes").unwrap_or_default(),
            next_step: root.optional("next_step"),
            outcome: root.optional("outcome"),
        })
    }
}

/// The plan as it was made, with the moves that hold.
fn plan(root: Fields<'_>, events: &[VisitEvent]) -> Result<(DateTime<FixedOffset>, String), ViewError> {
    let made = root.map("plan", "plan/")?;
    let (mut start, mut purpose) = (made.timestamp("start")?, made.string("purpose")?);
    for moved in events.iter().filter(|event| event.remark.is_none()) {
        start = moved.start.unwrap_or(start);
        if let Some(other) = &moved.purpose {
            purpose.clone_from(other);
        }
    }
    Ok((start, purpose))
}

fn remark(root: Fields<'_>, event: &str) -> Result<Option<RemarkView>, ViewError> {
    let remarks = root.optional_map("remarks", "remarks/");
    let Some(ruled) = remarks.and_then(|remarks| remarks.optional_map(event, "remarks/<event>/")) else {
        return Ok(None);
    };
    Ok(Some(RemarkView {
        at: ruled.timestamp("at")?,
        ruling: ruled.uint("ruling")?,
    }))
}

fn events(root: Fields<'_>) -> Result<Vec<VisitEvent>, ViewError> {
    let event = |id: String, fields: Fields<'_>| {
        let remark = remark(root, &id)?;
        let event = fields.named("event", VisitStatus::from_event)?;
        let is_move = event == VisitStatus::Planned;
        let start = is_move.then(|| fields.timestamp("start")).transpose()?;
        Ok(VisitEvent {
            by: fields.parse_optional("by")?,
            start,
            purpose: if is_move { fields.optional("purpose") } else { None },
            remark,
            id,
            event,
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
