use rusqlite::{Connection, Params, Row, params};

use crate::model::{DocumentId, PersonId};
use crate::replica::store::StoreError;
use crate::replica::store::projections::TimelineItem;
use crate::replica::store::values::column_instant;

const COLUMNS: &str = "document, item, kind, at_ms, offset_min, person, customer, visit, text, detail, value";

/// What happened in one document, the first thing first.
pub fn of_document(conn: &Connection, document: DocumentId) -> Result<Vec<TimelineItem>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM timeline WHERE document = ?1 ORDER BY at_ms, kind, item");
    select(conn, &sql, [document])
}

/// What happened in a visit and around it: its own events and steps, the entries and expenses that belong to
/// it, the first thing first.
pub fn of_visit(conn: &Connection, visit: DocumentId) -> Result<Vec<TimelineItem>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM timeline WHERE document = ?1
         UNION ALL SELECT {COLUMNS} FROM timeline WHERE visit = ?1 AND document <> ?1
         ORDER BY at_ms, kind, document, item"
    );
    select(conn, &sql, [visit])
}

/// The remarks that this person's changes of plans became from a time on (milliseconds since 1970), the latest first.
pub fn remarks_of(
    conn: &Connection,
    person: PersonId,
    since_ms: i64,
) -> Result<Vec<TimelineItem>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM timeline WHERE person = ?1 AND kind = 11 AND at_ms >= ?2 ORDER BY at_ms DESC, document, item"
    );
    select(conn, &sql, params![person, since_ms])
}

/// What happened with a customer, the latest thing first, at most `limit`.
pub fn of_customer(
    conn: &Connection,
    customer: DocumentId,
    limit: usize,
) -> Result<Vec<TimelineItem>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM timeline WHERE customer = ?1 ORDER BY at_ms DESC, kind DESC, document, item LIMIT ?2"
    );
    select(
        conn,
        &sql,
        params![customer, i64::try_from(limit).unwrap_or(i64::MAX)],
    )
}

fn select(conn: &Connection, sql: &str, params: impl Params) -> Result<Vec<TimelineItem>, StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(params, read)?.collect::<Result<_, _>>()?;
    Ok(rows)
}

fn read(row: &Row<'_>) -> rusqlite::Result<TimelineItem> {
    Ok(TimelineItem {
        document: row.get(0)?,
        item: row.get(1)?,
        kind: row.get(2)?,
        at: column_instant(row, 3)?,
        person: row.get(5)?,
        customer: row.get(6)?,
        visit: row.get(7)?,
        text: row.get(8)?,
        detail: row.get(9)?,
        value: row.get(10)?,
    })
}
