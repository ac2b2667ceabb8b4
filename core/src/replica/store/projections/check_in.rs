use rusqlite::{Connection, OptionalExtension, params};

use super::{ProjectError, StoreError, cycle};
use crate::document::command::Moment;
use crate::document::view::CheckInView;
use crate::gate::DocumentIndex;
use crate::geo::Verdict;
use crate::model::DocumentId;
use crate::replica::store::values::{numbered, offset_min};

numbered!(Moment { Moment::In = 0, Moment::Out = 1, Moment::Cancel = 2 });
numbered!(Verdict {
    Verdict::Inside = 0,
    Verdict::Outside = 1,
    Verdict::Uncertain = 2,
    Verdict::Unknown = 3,
});

/// Writes a check-in's row. It is a fact, so there is nothing to update in part.
pub(super) fn project(
    conn: &Connection,
    document: DocumentId,
    index: &DocumentIndex,
) -> Result<(), ProjectError> {
    let view = CheckInView::read(document, index)?;
    let position = view.reading.map(|reading| reading.position);
    conn.prepare_cached(
        "INSERT OR REPLACE INTO check_in
             (document, visit, customer, rep, moment, verdict, distance_m, accuracy_m, lat, lon, mock, reason, at_ms,
              offset_min, skew_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?
    .execute(params![
        document,
        view.visit,
        view.customer,
        view.rep,
        view.moment,
        view.verdict,
        view.distance_m,
        view.reading.map(|reading| reading.accuracy_m),
        position.map(|position| position.lat()),
        position.map(|position| position.lon()),
        view.reading.is_some_and(|reading| reading.mock),
        view.reason,
        view.time.at.timestamp_millis(),
        offset_min(&view.time.at),
        view.time.skew_ms()
    ])?;
    if view.moment == Moment::In && matches!(view.verdict, Verdict::Inside | Verdict::Uncertain) {
        cycle::refresh(conn, view.customer)?;
    }
    Ok(())
}

/// Removes a check-in's row; the visit may no longer count for the customer's cycle.
pub(super) fn remove(conn: &Connection, document: DocumentId) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached("DELETE FROM check_in WHERE document = ?1 RETURNING customer")?;
    let customer: Option<DocumentId> = statement.query_row([document], |row| row.get(0)).optional()?;
    customer.map_or(Ok(()), |customer| cycle::refresh(conn, customer))
}
