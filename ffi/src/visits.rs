use std::sync::Arc;

use fieldbook_core::document::view;
use fieldbook_core::replica::{self, query};

use crate::cancel::or_cancelled;
use crate::place::reading as raw;
use crate::shared::Shared;
use crate::values::{count, signed_instant};
use crate::{
    Cancel, CheckInId, CustomerId, Day, FieldbookError, Fix, PersonId, Position, Reading, RecordState,
    StepValue, TimelineItem, Timestamp, Verdict, VisitId, VisitPage,
};

/// A visit as lists show it.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Visit {
    /// Its id.
    pub id: VisitId,
    /// Whom.
    pub customer: CustomerId,
    /// The customer's name; nothing when the customer is not on this phone.
    pub customer_name: Option<String>,
    /// The customer's address.
    pub customer_address: Option<String>,
    /// Where the customer is.
    pub position: Option<Position>,
    /// The customer's grade.
    pub grade: Option<String>,
    /// When the customer's last valid visit ended.
    pub last_valid_visit: Option<std::time::SystemTime>,
    /// Who visits.
    pub rep: PersonId,
    /// The template that it follows, for example `store-visit@1`.
    pub template: String,
    /// Where it is in its life.
    pub status: VisitStatus,
    /// The planned time.
    pub planned: Timestamp,
    /// What for.
    pub purpose: String,
    /// When it began.
    pub started: Option<Timestamp>,
    /// When it was finished or cancelled.
    pub ended: Option<Timestamp>,
    /// Why it was cancelled.
    pub cancel_reason: Option<String>,
    /// The notes.
    pub notes: String,
    /// What comes next.
    pub next_step: Option<String>,
    /// The outcome said at the end.
    pub outcome: Option<String>,
    /// The phone's verdict at the door.
    pub verdict: Option<Verdict>,
    /// How far from the customer that was, in metres.
    pub distance_m: Option<f64>,
    /// The worst state of the visit and its check-ins.
    pub state: RecordState,
}

/// Where a visit is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
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

/// A day's visits.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Today {
    /// In the order of the plan, and the one still open from before.
    pub visits: Vec<Visit>,
    /// How many are finished.
    pub done: u32,
    /// How many were to be made: all but the cancelled ones.
    pub planned: u32,
    /// The one to open first: the one begun, else the earliest one planned.
    pub next: Option<VisitId>,
}

/// A visit to be planned.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct NewPlan {
    /// Whom to visit.
    pub customer: CustomerId,
    /// Who visits; oneself when absent.
    pub rep: Option<PersonId>,
    /// When; now when absent, for a visit on the spot.
    pub start: Option<Timestamp>,
    /// What for, at most 200 characters, may be empty.
    pub purpose: String,
}

/// What a reading says about being at a customer.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Judgement {
    /// The check-in that was written; nothing when it was only asked.
    pub check_in: Option<CheckInId>,
    /// Distance to the customer in metres; nothing without a fix or a position on file.
    pub distance_m: Option<f64>,
    /// On site or not. Doubt never blocks: the person says why.
    pub verdict: Verdict,
}

/// A change of a plan that came too late: the rep was there already, so it became a remark.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct PlanRemark {
    /// What was asked for: `detail` says `moved` or `cancelled`, `text` why, `new_time` when.
    pub asked: TimelineItem,
    /// The visit as it really is.
    pub visit: Visit,
}

/// Visits: the plan, the door, the steps, the end.
#[derive(Debug, uniffi::Object)]
pub struct Visits(pub(crate) Arc<Shared>);

#[uniffi::export(async_runtime = "tokio")]
impl Visits {
    /// One's own visits of today.
    pub fn today(&self) -> Result<Today, FieldbookError> {
        let day = query::Day::of(self.0.now()?.at);
        Ok(self.0.replica().own_day(day)?.into())
    }

    /// The visits of a day of everybody whose records are on this phone, one's own included.
    pub fn team_on(&self, day: Day) -> Result<Today, FieldbookError> {
        let day = query::Day::on(day.0, *self.0.now()?.at.offset());
        Ok(self.0.replica().team_day(day)?.into())
    }

    /// One's own visits of a day.
    pub fn on(&self, day: Day) -> Result<Today, FieldbookError> {
        let day = query::Day::on(day.0, *self.0.now()?.at.offset());
        Ok(self.0.replica().own_day(day)?.into())
    }

    /// A customer's visits whoever made them, the latest plan first.
    pub fn to_customer(&self, customer: CustomerId, limit: u32) -> Result<Vec<Visit>, FieldbookError> {
        let rows = self.0.replica().visits_to(customer.into(), limit as usize)?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    /// A visit's page; nothing when it is not on this phone.
    pub fn page(&self, visit: VisitId) -> Result<Option<VisitPage>, FieldbookError> {
        let page = self.0.replica().visit_page(visit.into())?;
        Ok(page.map(Into::into))
    }

    /// Plans a visit, or makes one on the spot.
    pub fn plan(&self, plan: NewPlan) -> Result<VisitId, FieldbookError> {
        let now = self.0.now()?;
        let plan = replica::NewPlan {
            customer: plan.customer.into(),
            rep: plan.rep.map(Into::into),
            start: plan.start.map_or(now.at, |start| start.0),
            purpose: plan.purpose,
        };
        Ok(self.0.replica().plan_visit(&now, &mut self.0.rng(), plan)?.into())
    }

    /// Moves a planned visit to another time, or says another purpose.
    pub fn reschedule(
        &self,
        visit: VisitId,
        start: Timestamp,
        purpose: Option<String>,
    ) -> Result<(), FieldbookError> {
        Ok(self
            .0
            .replica()
            .move_visit(&self.0.now()?, visit.into(), start.0, purpose)?)
    }

    /// One's own changes of plans of the last `days` that became remarks, the latest first.
    pub fn remarks(&self, days: u32) -> Result<Vec<PlanRemark>, FieldbookError> {
        let remarks = self.0.replica().my_remarks(&self.0.now()?, days)?;
        Ok(remarks.into_iter().map(Into::into).collect())
    }

    /// Asks the platform where the phone is.
    pub async fn locate(&self, patience_ms: u64, cancel: Option<Arc<Cancel>>) -> Result<Fix, FieldbookError> {
        match &self.0.platform.location {
            Some(location) => or_cancelled(cancel, location.locate(patience_ms)).await,
            None => Ok(Fix::Off),
        }
    }

    /// What a check-in here would say, without writing anything.
    pub fn judge(&self, customer: CustomerId, reading: Option<Reading>) -> Result<Judgement, FieldbookError> {
        let reading = raw(reading)?;
        let (distance_m, verdict) = self
            .0
            .replica()
            .judge_position(customer.into(), reading.as_ref())?;
        Ok(Judgement {
            check_in: None,
            distance_m,
            verdict: verdict.into(),
        })
    }

    /// The rep is at the door: checks in with a reading, or with none and a reason.
    pub fn start(
        &self,
        visit: VisitId,
        reading: Option<Reading>,
        reason: Option<String>,
    ) -> Result<Judgement, FieldbookError> {
        let (now, mut rng) = (self.0.now()?, self.0.rng());
        let judged = self
            .0
            .replica()
            .start_visit(&now, &mut rng, visit.into(), raw(reading)?, reason)?;
        Ok(judged.into())
    }

    /// Records a result of a step, for example a stock count; the latest of a step is current.
    pub fn record_step(
        &self,
        visit: VisitId,
        step: &str,
        value: StepValue,
        note: Option<String>,
    ) -> Result<(), FieldbookError> {
        Ok(self
            .0
            .replica()
            .record_step(&self.0.now()?, visit.into(), step, value.into(), note)?)
    }

    /// Says what the notes are now, where the person saw them as `seen`. What others wrote meanwhile stays.
    pub fn set_notes(&self, visit: VisitId, seen: &str, text: &str) -> Result<(), FieldbookError> {
        Ok(self
            .0
            .replica()
            .set_note(&self.0.now()?, visit.into(), seen, text)?)
    }

    /// Says what comes next with this customer.
    pub fn set_next_step(&self, visit: VisitId, text: String) -> Result<(), FieldbookError> {
        Ok(self
            .0
            .replica()
            .set_next_step(&self.0.now()?, visit.into(), text)?)
    }

    /// The rep leaves: checks out and finishes the visit.
    pub fn finish(
        &self,
        visit: VisitId,
        reading: Option<Reading>,
        reason: Option<String>,
        outcome: Option<String>,
    ) -> Result<Judgement, FieldbookError> {
        let (now, mut rng, reading) = (self.0.now()?, self.0.rng(), raw(reading)?);
        let judged = self
            .0
            .replica()
            .finish_visit(&now, &mut rng, visit.into(), reading, reason, outcome)?;
        Ok(judged.into())
    }

    /// The visit does not take place, or ends early.
    pub fn cancel(
        &self,
        visit: VisitId,
        reason: String,
        reading: Option<Reading>,
    ) -> Result<(), FieldbookError> {
        let (now, mut rng, reading) = (self.0.now()?, self.0.rng(), raw(reading)?);
        Ok(self
            .0
            .replica()
            .cancel_visit(&now, &mut rng, visit.into(), reason, reading)?)
    }
}

impl From<replica::CheckInOutcome> for Judgement {
    fn from(outcome: replica::CheckInOutcome) -> Self {
        Self {
            check_in: Some(outcome.check_in.into()),
            distance_m: outcome.distance_m,
            verdict: outcome.verdict.into(),
        }
    }
}

impl From<query::Remark> for PlanRemark {
    fn from(remark: query::Remark) -> Self {
        Self {
            asked: remark.asked.into(),
            visit: remark.visit.into(),
        }
    }
}

impl From<query::Today> for Today {
    fn from(today: query::Today) -> Self {
        Self {
            done: count(today.done),
            planned: count(today.planned),
            next: today.next().map(|visit| visit.document.into()),
            visits: today.visits.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<view::VisitStatus> for VisitStatus {
    fn from(status: view::VisitStatus) -> Self {
        match status {
            view::VisitStatus::Planned => Self::Planned,
            view::VisitStatus::Started => Self::Started,
            view::VisitStatus::Finished => Self::Finished,
            view::VisitStatus::Cancelled => Self::Cancelled,
        }
    }
}

impl From<query::VisitRow> for Visit {
    fn from(row: query::VisitRow) -> Self {
        Self {
            id: row.document.into(),
            customer: row.customer.into(),
            customer_name: row.customer_name,
            customer_address: row.customer_address,
            position: row.position.map(Into::into),
            grade: row.grade,
            last_valid_visit: row.last_valid_visit_ms.map(signed_instant),
            rep: row.rep.into(),
            template: row.template,
            status: row.status.into(),
            planned: Timestamp(row.plan_start),
            purpose: row.purpose,
            started: row.started.map(Timestamp),
            ended: row.ended.map(Timestamp),
            cancel_reason: row.cancel_reason,
            notes: row.notes,
            next_step: row.next_step,
            outcome: row.outcome,
            verdict: row.verdict.map(Into::into),
            distance_m: row.distance_m,
            state: row.state.into(),
        }
    }
}
