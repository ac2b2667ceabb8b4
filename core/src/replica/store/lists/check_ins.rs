use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, Row};

use crate::document::command::Moment;
use crate::geo::{Position, Verdict};
use crate::model::{DocumentId, PersonId};
use crate::replica::ClockOff;
use crate::replica::store::StoreError;
use crate::replica::store::values::{column_instant, column_position};

/// A check-in as a visit's page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckInRow {
    /// The check-in.
    pub document: DocumentId,
    /// The visit it belongs to.
    pub visit: DocumentId,
    /// The customer visited.
    pub customer: DocumentId,
    /// Who was there.
    pub rep: PersonId,
    /// At the start, the end or a cancel.
    pub moment: Moment,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
    /// The phone's own verdict.
    pub verdict: Verdict,
    /// Distance to the customer in metres, absent without a fix or a position on file.
    pub distance_m: Option<f64>,
    /// The radius in metres in which the phone believed itself to be.
    pub accuracy_m: Option<f64>,
    /// Where, absent without a fix.
    pub position: Option<Position>,
    /// True when the phone itself said that the position was simulated.
    pub mock: bool,
    /// The person's reason when not inside.
    pub reason: Option<String>,
    /// How far the phone's clock ran ahead of the server's, in milliseconds; absent when the phone had no measure.
    pub skew_ms: Option<i64>,
}

impl CheckInRow {
    /// The wall clock was off at that moment, by more than clocks stray.
    pub fn clock_off(&self) -> Option<ClockOff> {
        ClockOff::of(self.skew_ms?)
    }
}

/// The check-ins of a visit: coming, then leaving, each in the order of their times. A clock may have been set in between, so
/// times alone do not tell which was first.
pub fn check_ins_of(conn: &Connection, visit: DocumentId) -> Result<Vec<CheckInRow>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT document, visit, customer, rep, moment, at_ms, offset_min, verdict, distance_m, accuracy_m, lat, lon,
             mock, reason, skew_ms
         FROM check_in WHERE visit = ?1 ORDER BY moment, at_ms, document",
    )?;
    let rows = statement.query_map([visit], read)?.collect::<Result<_, _>>()?;
    Ok(rows)
}

fn read(row: &Row<'_>) -> rusqlite::Result<CheckInRow> {
    Ok(CheckInRow {
        document: row.get(0)?,
        visit: row.get(1)?,
        customer: row.get(2)?,
        rep: row.get(3)?,
        moment: row.get(4)?,
        at: column_instant(row, 5)?,
        verdict: row.get(7)?,
        distance_m: row.get(8)?,
        accuracy_m: row.get(9)?,
        position: column_position(row, 10)?,
        mock: row.get(12)?,
        reason: row.get(13)?,
        skew_ms: row.get(14)?,
    })
}
