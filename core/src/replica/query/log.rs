use chrono::NaiveDate;
use rusqlite::Connection;

use crate::model::{DocumentId, PersonId};
use crate::replica::store::StoreError;
use crate::replica::store::documents::DocumentState;
use crate::replica::store::lists::{self, LogRow};
use crate::replica::store::projections::TimelineItem;

/// One person's log of one day.
#[derive(Clone, Debug, PartialEq)]
pub struct LogDay {
    /// The log.
    pub document: DocumentId,
    /// Whose.
    pub rep: PersonId,
    /// Which day, as they see it.
    pub day: NaiveDate,
    /// Entries and remarks, the first thing first.
    pub items: Vec<TimelineItem>,
    /// Which truth it is.
    pub state: DocumentState,
}

/// The latest days of a person that have a log, the last one first, at most `limit`.
pub fn log_days(conn: &Connection, person: PersonId, limit: usize) -> Result<Vec<LogDay>, StoreError> {
    let rows = lists::logs_of(conn, person, limit)?;
    rows.into_iter().map(|row| with_items(conn, row)).collect()
}

/// A day's log; `None` when it is not on this phone.
pub fn log_day(conn: &Connection, document: DocumentId) -> Result<Option<LogDay>, StoreError> {
    let row = lists::log(conn, document)?;
    row.map(|row| with_items(conn, row)).transpose()
}

fn with_items(conn: &Connection, row: LogRow) -> Result<LogDay, StoreError> {
    Ok(LogDay {
        items: lists::of_document(conn, row.document)?,
        document: row.document,
        rep: row.rep,
        day: row.day,
        state: row.state,
    })
}
