use fieldbook_core::replica::query;
use serde_json::Value;

use crate::{CustomerId, PersonId, RecordId, Timestamp, VisitId, Words};

/// One thing that happened, as a timeline shows it.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct TimelineItem {
    /// The record it is in.
    pub record: RecordId,
    /// Its element in the record: the entry to edit, the line to remark on.
    pub item: String,
    /// What it is.
    pub kind: TimelineKind,
    /// When, by the phone that wrote it.
    pub at: Timestamp,
    /// Who did it.
    pub person: PersonId,
    /// The customer on whose page it belongs.
    pub customer: Option<CustomerId>,
    /// The visit on whose page it belongs, when that is another record.
    pub visit: Option<VisitId>,
    /// In the person's words: the reason, the outcome, the entry, the remark.
    pub text: Option<String>,
    /// A key word: the step, the entry a remark is about, the decision, the total handed in, `add` or `delegate`, what a
    /// remark was meant to be.
    pub detail: Option<String>,
    /// The result of a step.
    pub value: Option<StepValue>,
    /// The new time of a plan that was moved, or was meant to be.
    pub new_time: Option<Timestamp>,
    /// Whom an approver brought in.
    pub handed_to: Option<PersonId>,
    /// What the server said to a decision, a handover or a withdrawal; nothing while it has said nothing.
    pub answer: Option<ServerAnswer>,
}

/// What the server said to something that a person did about a request.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum ServerAnswer {
    /// It holds.
    Taken,
    /// The decision counts.
    Counted {
        /// The number of the step that it counts for.
        step: u32,
        /// Whose seat it fills.
        seat: PersonId,
    },
    /// It changes nothing.
    NotCounted {
        /// Who was first, when somebody was: "already decided by".
        by: Option<PersonId>,
        /// Why, and what to do.
        words: Words,
    },
}

/// What an item of a timeline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum TimelineKind {
    /// A visit began.
    Started,
    /// A visit was finished.
    Finished,
    /// A visit was cancelled.
    Cancelled,
    /// A step of a visit has a result.
    Step,
    /// An entry of a day's log.
    Entry,
    /// A remark on a log.
    Comment,
    /// A request was handed in.
    Submitted,
    /// Somebody decided about a request.
    Decided,
    /// The server ruled on a request.
    Ruled,
    /// The plan of a visit was moved.
    Moved,
    /// A change of a plan that came too late: the rep was there already.
    Remark,
    /// An approver brought somebody in.
    HandedOver,
    /// The applicant took a request back.
    Withdrawn,
}

/// The result of a step of a visit.
#[derive(Clone, Debug, PartialEq, uniffi::Enum)]
pub enum StepValue {
    /// Done, without more to say.
    Done,
    /// Yes or no.
    Truth {
        /// Which.
        value: bool,
    },
    /// A count.
    Count {
        /// How many.
        value: i64,
    },
    /// A measure.
    Measure {
        /// How much.
        value: f64,
    },
    /// Words.
    Text {
        /// Which.
        value: String,
    },
}

impl From<query::TimelineItem> for TimelineItem {
    fn from(item: query::TimelineItem) -> Self {
        let (answer, new_time, handed_to) = (item.answered(), item.moved_to(), item.handed_to());
        let step = item.value.filter(|_| item.kind == query::TimelineKind::Step);
        let value = step.and_then(|json| serde_json::from_str::<Value>(&json).ok());
        let detail = item.detail.map(|detail| match handed_to {
            Some(_) => detail.split(' ').next().unwrap_or_default().to_owned(),
            None => detail,
        });
        Self {
            record: item.document.into(),
            item: item.item,
            kind: item.kind.into(),
            at: Timestamp(item.at),
            person: item.person.into(),
            customer: item.customer.map(Into::into),
            visit: item.visit.map(Into::into),
            text: item.text,
            detail,
            value: value.map(Into::into),
            new_time: new_time.map(Timestamp),
            handed_to: handed_to.map(Into::into),
            answer: answer.map(Into::into),
        }
    }
}

impl From<query::Answered> for ServerAnswer {
    fn from(answered: query::Answered) -> Self {
        match answered {
            query::Answered::Taken => Self::Taken,
            query::Answered::Counted { step, seat } => Self::Counted {
                step,
                seat: seat.into(),
            },
            query::Answered::Refused { answer, by } => Self::NotCounted {
                by: by.map(Into::into),
                words: answer.words().into(),
            },
        }
    }
}

impl From<query::TimelineKind> for TimelineKind {
    fn from(kind: query::TimelineKind) -> Self {
        match kind {
            query::TimelineKind::Started => Self::Started,
            query::TimelineKind::Finished => Self::Finished,
            query::TimelineKind::Cancelled => Self::Cancelled,
            query::TimelineKind::Step => Self::Step,
            query::TimelineKind::Entry => Self::Entry,
            query::TimelineKind::Comment => Self::Comment,
            query::TimelineKind::Submitted => Self::Submitted,
            query::TimelineKind::Decided => Self::Decided,
            query::TimelineKind::Ruled => Self::Ruled,
            query::TimelineKind::Moved => Self::Moved,
            query::TimelineKind::Remark => Self::Remark,
            query::TimelineKind::HandedOver => Self::HandedOver,
            query::TimelineKind::Withdrawn => Self::Withdrawn,
        }
    }
}

impl From<Value> for StepValue {
    fn from(value: Value) -> Self {
        match value {
            Value::Bool(value) => Self::Truth { value },
            Value::String(value) => Self::Text { value },
            Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(value), _) => Self::Count { value },
                (None, Some(value)) => Self::Measure { value },
                _ => Self::Done,
            },
            Value::Null | Value::Array(_) | Value::Object(_) => Self::Done,
        }
    }
}

impl From<StepValue> for Value {
    fn from(value: StepValue) -> Self {
        match value {
            StepValue::Done => Self::Null,
            StepValue::Truth { value } => value.into(),
            StepValue::Count { value } => value.into(),
            StepValue::Measure { value } => value.into(),
            StepValue::Text { value } => value.into(),
        }
    }
}
