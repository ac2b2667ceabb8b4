use fieldbook_core::replica::query;
use serde_json::Value;

use crate::{CustomerId, PersonId, RecordId, Timestamp, VisitId};

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
    /// A key word: the step, the entry a remark is about, the decision, the total handed in, what a remark was meant to be.
    pub detail: Option<String>,
    /// The result of a step, or the new time of a plan.
    pub value: Option<StepValue>,
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
        let value = item
            .value
            .and_then(|json| serde_json::from_str::<Value>(&json).ok());
        Self {
            record: item.document.into(),
            item: item.item,
            kind: item.kind.into(),
            at: Timestamp(item.at),
            person: item.person.into(),
            customer: item.customer.map(Into::into),
            visit: item.visit.map(Into::into),
            text: item.text,
            detail: item.detail,
            value: value.map(Into::into),
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
