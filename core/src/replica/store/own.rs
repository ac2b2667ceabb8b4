//! What a person has open.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};

use super::StoreError;
use crate::model::{DocumentId, PersonId};

/// The visit that this person has started and not ended; a person has at most one.
pub fn open_visit(conn: &Connection, rep: PersonId) -> Result<Option<DocumentId>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT document FROM visit WHERE rep = ?1 AND status = 1 ORDER BY started_ms LIMIT 1",
    )?;
    Ok(statement.query_row([rep], |row| row.get(0)).optional()?)
}

/// A person's log of a day.
pub fn log_of(conn: &Connection, rep: PersonId, day: NaiveDate) -> Result<Option<DocumentId>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT document FROM activity WHERE rep = ?1 AND day = ?2 ORDER BY document LIMIT 1",
    )?;
    Ok(statement
        .query_row(params![rep, day.to_string()], |row| row.get(0))
        .optional()?)
}
