//! Reads for lists: typed rows from the projections alone.

mod activities;

pub use activities::log_of;

use rusqlite::{Connection, OptionalExtension};

use super::StoreError;
use crate::model::{DocumentId, PersonId};

/// The visit that this person has started and not ended.
pub fn open_visit(conn: &Connection, rep: PersonId) -> Result<Option<DocumentId>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT document FROM visit WHERE rep = ?1 AND status = 1 ORDER BY started_ms LIMIT 1")?;
    Ok(statement.query_row([rep], |row| row.get(0)).optional()?)
}
