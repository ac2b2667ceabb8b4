use fieldbook_core::document::command;
use fieldbook_core::replica::{self, query};

use crate::{CheckInId, Contact, PersonId, Position, TimelineItem, Timestamp, Verdict, Visit};

/// Everything on a visit's page.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct VisitPage {
    /// The visit.
    pub visit: Visit,
    /// The current result of each step that was done.
    pub steps: Vec<TimelineItem>,
    /// What happened in it and around it, the first thing first.
    pub timeline: Vec<TimelineItem>,
    /// Its check-ins: coming, then leaving.
    pub check_ins: Vec<CheckIn>,
    /// The customer's contacts.
    pub contacts: Vec<Contact>,
    /// The customer's last finished visit before this one.
    pub last: Option<Visit>,
}

/// A check-in as a visit's page shows it.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct CheckIn {
    /// Its id.
    pub id: CheckInId,
    /// Who was there.
    pub rep: PersonId,
    /// At the start, the end or a cancel.
    pub moment: Moment,
    /// When, by the phone.
    pub at: Timestamp,
    /// The phone's own verdict.
    pub verdict: Verdict,
    /// Distance to the customer in metres.
    pub distance_m: Option<f64>,
    /// The radius in metres in which the phone believed itself to be.
    pub accuracy_m: Option<f64>,
    /// Where, nothing without a fix.
    pub position: Option<Position>,
    /// True when the phone itself said that the position was simulated.
    pub mock: bool,
    /// The person's reason when not on site.
    pub reason: Option<String>,
    /// The phone's clock was off at that moment: by so many whole minutes ahead, negative when behind. Nothing when it was
    /// right, or the phone had no measure.
    pub clock_minutes: Option<i64>,
}

/// At which moment of a visit a check-in was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Moment {
    /// At the start.
    In,
    /// At the end.
    Out,
    /// At a cancel.
    Cancel,
}

impl From<query::VisitDetail> for VisitPage {
    fn from(detail: query::VisitDetail) -> Self {
        Self {
            visit: detail.visit.into(),
            steps: detail.steps.into_iter().map(Into::into).collect(),
            timeline: detail.timeline.into_iter().map(Into::into).collect(),
            check_ins: detail.check_ins.into_iter().map(Into::into).collect(),
            contacts: detail.contacts.into_iter().map(Into::into).collect(),
            last: detail.last.map(Into::into),
        }
    }
}

impl From<query::CheckInRow> for CheckIn {
    fn from(row: query::CheckInRow) -> Self {
        Self {
            clock_minutes: row.clock_off().map(replica::ClockOff::minutes),
            id: row.document.into(),
            rep: row.rep.into(),
            moment: row.moment.into(),
            at: Timestamp(row.at),
            verdict: row.verdict.into(),
            distance_m: row.distance_m,
            accuracy_m: row.accuracy_m,
            position: row.position.map(Into::into),
            mock: row.mock,
            reason: row.reason,
        }
    }
}

impl From<command::Moment> for Moment {
    fn from(moment: command::Moment) -> Self {
        match moment {
            command::Moment::In => Self::In,
            command::Moment::Out => Self::Out,
            command::Moment::Cancel => Self::Cancel,
        }
    }
}
