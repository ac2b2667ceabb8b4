//! The outbox as an upload wants it.

use rusqlite::{Connection, Row, params};

use super::StoreError;
use super::values::{signed, unsigned};
use crate::model::{DocumentId, InstallationKey, Kind};

/// One operation that the server has not settled, with its bytes: what an upload is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingRow {
    /// The document.
    pub document: DocumentId,
    /// The document's kind.
    pub kind: Kind,
    /// The rebase count of the actor that wrote it.
    pub rebase: u32,
    /// Its sequence number by that actor.
    pub sequence: u64,
    /// The installation that wrote it.
    pub origin: InstallationKey,
    /// The Automerge change.
    pub body: Vec<u8>,
}

/// The oldest unsettled operations in the order they were written: at most `limit`, and no more than
/// `max_bytes` of changes but at least one.
pub fn oldest(conn: &Connection, limit: usize, max_bytes: usize) -> Result<Vec<PendingRow>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT document, kind, rebase, base, body, origin_key, origin_epoch
         FROM (SELECT position FROM segment
               WHERE document IN (SELECT id FROM document WHERE state > 0) AND +state IN (1, 2) AND format < 8
               ORDER BY position LIMIT ?1)
         CROSS JOIN segment USING (position) ORDER BY position",
    )?;
    let mut rows = statement.query([i64::try_from(limit).unwrap_or(i64::MAX)])?;
    let mut pending: Vec<PendingRow> = Vec::new();
    let mut bytes = 0;
    while let Some(row) = rows.next()? {
        let next = read(row)?;
        bytes += next.body.len();
        if bytes > max_bytes && !pending.is_empty() {
            break;
        }
        pending.push(next);
    }
    Ok(pending)
}

/// The hash of the operation of one actor with this sequence number; `None` when this phone does not hold it.
pub fn hash_of(
    conn: &Connection,
    document: DocumentId,
    rebase: u32,
    sequence: u64,
) -> Result<Option<[u8; 32]>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT hash FROM segment
         WHERE document = ?1 AND rebase = ?2 AND base = ?3 AND hash IS NOT NULL",
    )?;
    let mut rows = statement.query(params![document, rebase, signed(sequence.saturating_sub(1))])?;
    Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
}

/// How many operations the server has not settled.
pub fn count(conn: &Connection) -> Result<u64, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT count(*) FROM segment
         WHERE document IN (SELECT id FROM document WHERE state > 0) AND +state IN (1, 2)",
    )?;
    Ok(unsigned(statement.query_row([], |row| row.get(0))?))
}

fn read(row: &Row<'_>) -> rusqlite::Result<PendingRow> {
    Ok(PendingRow {
        document: row.get(0)?,
        kind: row.get(1)?,
        rebase: row.get(2)?,
        sequence: unsigned(row.get(3)?) + 1,
        body: row.get(4)?,
        origin: InstallationKey {
            public_key: row.get(5)?,
            epoch: row.get(6)?,
        },
    })
}
