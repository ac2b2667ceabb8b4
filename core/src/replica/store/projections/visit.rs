use rusqlite::{Connection, OptionalExtension, params};

use super::timeline::{self, TimelineItem, TimelineKind};
use super::{ProjectError, StoreError, Touched, cycle};
use crate::document::view::{StepResult, VisitEvent, VisitStatus, VisitView};
use crate::gate::DocumentIndex;
use crate::model::DocumentId;
use crate::replica::store::values::{numbered, offset_min};
use crate::time::format_timestamp;

numbered!(VisitStatus {
    VisitStatus::Planned = 0,
    VisitStatus::Started = 1,
    VisitStatus::Finished = 2,
    VisitStatus::Cancelled = 3,
});

/// Brings a visit's row and its timeline up to date.
pub(super) fn project(
    conn: &Connection,
    document: DocumentId,
    index: &DocumentIndex,
    touched: Touched<'_>,
) -> Result<(), ProjectError> {
    let view = VisitView::read(index)?;
    if touched.all() || !update(conn, document, &view, touched)? {
        return Ok(insert(conn, document, &view)?);
    }
    let is_ruled = touched.any(&["remarks"]);
    for event in view
        .events
        .iter()
        .filter(|event| is_ruled || touched.element("events", &event.id))
    {
        timeline::put(conn, &event_item(document, &view, event))?;
    }
    for result in view
        .results
        .iter()
        .filter(|result| touched.element("results", &result.id))
    {
        timeline::put(conn, &step_item(document, &view, result))?;
    }
    if touched.any(&["events"]) {
        refresh_cycle(conn, &view)?;
    }
    Ok(())
}

/// Removes a visit's row; the customer's cycle no longer counts it.
pub(super) fn remove(conn: &Connection, document: DocumentId) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached("DELETE FROM visit WHERE document = ?1 RETURNING customer")?;
    let customer: Option<DocumentId> = statement.query_row([document], |row| row.get(0)).optional()?;
    customer.map_or(Ok(()), |customer| cycle::refresh(conn, customer))
}

/// Writes everything, in place of what stood there.
fn insert(conn: &Connection, document: DocumentId, view: &VisitView) -> Result<(), StoreError> {
    let life = Life::of(view);
    conn.prepare_cached(
        "INSERT OR REPLACE INTO visit
             (document, customer, rep, template, status, plan_start_ms, plan_offset_min, purpose, started_ms,
              started_offset_min, ended_ms, ended_offset_min, cancel_reason, notes, next_step, outcome)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
    )?
    .execute(params![
        document,
        view.customer,
        view.rep,
        view.template,
        view.status,
        view.plan_start.timestamp_millis(),
        offset_min(&view.plan_start),
        view.purpose,
        life.started_ms,
        life.started_offset_min,
        life.ended_ms,
        life.ended_offset_min,
        life.cancel_reason,
        view.notes,
        view.next_step,
        view.outcome
    ])?;
    timeline::remove(conn, document)?;
    for event in &view.events {
        timeline::put(conn, &event_item(document, view, event))?;
    }
    for result in &view.results {
        timeline::put(conn, &step_item(document, view, result))?;
    }
    refresh_cycle(conn, view)
}

/// A visit that is not finished does not count, and one that is stays so until it is removed.
fn refresh_cycle(conn: &Connection, view: &VisitView) -> Result<(), StoreError> {
    if view.status == VisitStatus::Finished {
        cycle::refresh(conn, view.customer)?;
    }
    Ok(())
}

/// Writes the columns that were touched, each group apart so that indices of the others rest. False when
/// there is no row yet.
fn update(
    conn: &Connection,
    document: DocumentId,
    view: &VisitView,
    touched: Touched<'_>,
) -> Result<bool, StoreError> {
    let mut rows = 1;
    if touched.any(&["plan", "events", "remarks"]) {
        let plan = params![
            document,
            view.plan_start.timestamp_millis(),
            offset_min(&view.plan_start),
            view.purpose
        ];
        rows = conn
            .prepare_cached(
                "UPDATE visit SET plan_start_ms = ?2, plan_offset_min = ?3, purpose = ?4 WHERE document = ?1",
            )?
            .execute(plan)?
            .min(rows);
    }
    if touched.any(&["events", "outcome"]) {
        rows = update_life(conn, document, view)?.min(rows);
    }
    if touched.any(&["notes", "next_step"]) {
        rows = conn
            .prepare_cached("UPDATE visit SET notes = ?2, next_step = ?3 WHERE document = ?1")?
            .execute(params![document, view.notes, view.next_step])?
            .min(rows);
    }
    Ok(rows == 1)
}

fn update_life(conn: &Connection, document: DocumentId, view: &VisitView) -> Result<usize, StoreError> {
    let life = Life::of(view);
    let mut statement = conn.prepare_cached(
        "UPDATE visit SET status = ?2, started_ms = ?3, started_offset_min = ?4, ended_ms = ?5, ended_offset_min = ?6,
             cancel_reason = ?7, outcome = ?8 WHERE document = ?1",
    )?;
    Ok(statement.execute(params![
        document,
        view.status,
        life.started_ms,
        life.started_offset_min,
        life.ended_ms,
        life.ended_offset_min,
        life.cancel_reason,
        view.outcome
    ])?)
}

/// What the events amount to in columns: the first start, and the end that made the status.
struct Life<'a> {
    started_ms: Option<i64>,
    started_offset_min: Option<i32>,
    ended_ms: Option<i64>,
    ended_offset_min: Option<i32>,
    cancel_reason: Option<&'a str>,
}

impl<'a> Life<'a> {
    fn of(view: &'a VisitView) -> Self {
        let of = |status| view.events.iter().filter(move |event| event.event == status);
        let started = of(VisitStatus::Started).min_by_key(|event| event.at);
        let ended = match view.status {
            VisitStatus::Planned | VisitStatus::Started => None,
            // A phone may have finished or cancelled twice; what came first ended it.
            status => of(status).min_by_key(|event| event.at),
        };
        let cancelled = ended.filter(|event| event.event == VisitStatus::Cancelled);
        Self {
            started_ms: started.map(|event| event.at.timestamp_millis()),
            started_offset_min: started.map(|event| offset_min(&event.at)),
            ended_ms: ended.map(|event| event.at.timestamp_millis()),
            ended_offset_min: ended.map(|event| offset_min(&event.at)),
            cancel_reason: cancelled.and_then(|event| event.reason.as_deref()),
        }
    }
}

/// What was asked for too late stands as a remark with what it was meant to be: `cancelled`, or `moved` and whereto.
fn event_item(document: DocumentId, view: &VisitView, event: &VisitEvent) -> TimelineItem {
    let (kind, text) = match event.event {
        VisitStatus::Finished => (TimelineKind::Finished, view.outcome.clone()),
        VisitStatus::Cancelled => (TimelineKind::Cancelled, event.reason.clone()),
        VisitStatus::Started => (TimelineKind::Started, None),
        VisitStatus::Planned => (TimelineKind::Moved, event.purpose.clone()),
    };
    let meant = if kind == TimelineKind::Moved {
        "moved"
    } else {
        "cancelled"
    };
    let kind_of = |_: &_| TimelineKind::Remark;
    let new_time = event
        .start
        .map(|start| serde_json::json!(format_timestamp(&start)).to_string());
    TimelineItem {
        document,
        item: event.id.clone(),
        kind: event.remark.as_ref().map_or(kind, kind_of),
        at: event.at,
        person: event.by.unwrap_or(view.rep),
        customer: Some(view.customer),
        visit: None,
        text,
        detail: event.remark.as_ref().map(|_| meant.to_owned()),
        value: new_time,
    }
}

fn step_item(document: DocumentId, view: &VisitView, result: &StepResult) -> TimelineItem {
    TimelineItem {
        document,
        item: result.id.clone(),
        kind: TimelineKind::Step,
        at: result.at,
        person: view.rep,
        // Steps belong to the visit's own page; on the customer's they would bury everything else.
        customer: None,
        visit: None,
        text: result.note.clone(),
        detail: Some(result.step.clone()),
        value: Some(result.value.to_string()),
    }
}
