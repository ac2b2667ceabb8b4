use chrono::{DateTime, FixedOffset};
use serde_json::Value;

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
