use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};

use crate::model::{DocumentId, PersonId};
use crate::replica::store::StoreError;

/// The log of a rep's day; `None` when nothing was logged yet.
pub fn log_of(conn: &Connection, rep: PersonId, day: NaiveDate) -> Result<Option<DocumentId>, StoreError> {
    let mut statement = conn
        .prepare_cached("SELECT document FROM activity WHERE rep = ?1 AND day = ?2 ORDER BY document LIMIT 1")?;
    Ok(statement.query_row(params![rep, day.to_string()], |row| row.get(0)).optional()?)
}
