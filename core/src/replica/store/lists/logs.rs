use chrono::NaiveDate;
use rusqlite::{Connection, Params, Row, params};

use crate::model::{DocumentId, PersonId};
use crate::replica::store::StoreError;
use crate::replica::store::documents::DocumentState;
use crate::replica::store::values::column_date;

/// A day's log without what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogRow {
    /// The log.
    pub document: DocumentId,
    /// Whose.
    pub rep: PersonId,
    /// Which day.
    pub day: NaiveDate,
    /// Which truth it is.
    pub state: DocumentState,
}

const SELECT: &str = "SELECT activity.document, rep, day, coalesce(document.state, 0)
    FROM activity LEFT JOIN document ON document.id = activity.document";

/// One log.
pub fn log(conn: &Connection, document: DocumentId) -> Result<Option<LogRow>, StoreError> {
    Ok(select(conn, "WHERE activity.document = ?1", [document])?.pop())
}

/// A person's logs, the latest day first, at most `limit`.
pub fn logs_of(conn: &Connection, person: PersonId, limit: usize) -> Result<Vec<LogRow>, StoreError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let own = "WHERE rep = ?1 ORDER BY day DESC, activity.document LIMIT ?2";
    select(conn, own, params![person, limit])
}

fn select(conn: &Connection, rest: &str, params: impl Params) -> Result<Vec<LogRow>, StoreError> {
    let mut statement = conn.prepare_cached(&format!("{SELECT} {rest}"))?;
    let rows = statement.query_map(params, read)?.collect::<Result<_, _>>()?;
    Ok(rows)
}

fn read(row: &Row<'_>) -> rusqlite::Result<LogRow> {
    Ok(LogRow {
        document: row.get(0)?,
        rep: row.get(1)?,
        day: column_date(row, 2)?,
        state: row.get(3)?,
    })
}
