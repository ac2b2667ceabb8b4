//! What the server vouched for, as it signed it.

use rusqlite::{Connection, OptionalExtension, params};

use super::StoreError;
use super::values::unsigned;
use crate::model::{DocumentId, InstallationKey};

/// How many receipts are kept: some months of a phone's, some hundred bytes each.
const KEPT: i64 = 500;

/// A stored receipt: to whom, and its bytes; what they mean is the caller's business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptRow {
    /// The installation that it was given to.
    pub origin: InstallationKey,
    /// The receipt.
    pub body: Vec<u8>,
}

/// Adds one, and drops the oldest beyond what is kept.
pub fn add(conn: &Connection, origin: &InstallationKey, body: &[u8]) -> Result<(), StoreError> {
    conn.prepare_cached("INSERT INTO receipt (origin_key, origin_epoch, body) VALUES (?1, ?2, ?3)")?
        .execute(params![origin.public_key, origin.epoch, body])?;
    conn.prepare_cached("DELETE FROM receipt WHERE number <= ?1")?
        .execute([conn.last_insert_rowid() - KEPT])?;
    Ok(())
}

/// The newest one that this installation was given.
pub fn last(conn: &Connection, origin: &InstallationKey) -> Result<Option<ReceiptRow>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT origin_key, origin_epoch, body FROM receipt
         WHERE origin_key = ?1 AND origin_epoch = ?2 ORDER BY number DESC LIMIT 1",
    )?;
    Ok(statement
        .query_row(params![origin.public_key, origin.epoch], read)
        .optional()?)
}

/// All that are kept, oldest first.
pub fn all(conn: &Connection) -> Result<Vec<ReceiptRow>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT origin_key, origin_epoch, body FROM receipt ORDER BY number")?;
    let rows = statement.query_map([], read)?.collect::<Result<_, _>>()?;
    Ok(rows)
}

/// How many operations of an installation this phone knows to be on the server: those of documents that are here, and of
/// those that left. Some of these may have come back with their document.
pub fn settled(conn: &Connection, origin: &InstallationKey) -> Result<u64, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT coalesce(sum(most), 0) FROM (
             SELECT max(count) AS most FROM (
                 SELECT document, rebase, sum(count) AS count FROM segment
                  WHERE origin_key = ?1 AND origin_epoch = ?2 AND coalesce(state, 0) = 0 GROUP BY document, rebase
                 UNION ALL
                 SELECT document, rebase, count FROM delivered WHERE origin_key = ?1 AND origin_epoch = ?2)
              GROUP BY document, rebase)",
    )?;
    let count = statement.query_row(params![origin.public_key, origin.epoch], |row| row.get(0))?;
    Ok(unsigned(count))
}

/// Remembers how many operations of an installation on this document are on the server; the document leaves.
pub fn leave(conn: &Connection, origin: &InstallationKey, document: DocumentId) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO delivered (document, origin_key, origin_epoch, rebase, count)
         SELECT document, origin_key, origin_epoch, rebase, sum(count) FROM segment
          WHERE document = ?3 AND origin_key = ?1 AND origin_epoch = ?2 AND coalesce(state, 0) = 0 GROUP BY rebase
         ON CONFLICT (document, origin_key, origin_epoch, rebase) DO UPDATE SET count = max(count, excluded.count)",
    )?
    .execute(params![origin.public_key, origin.epoch, document])?;
    Ok(())
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<ReceiptRow> {
    Ok(ReceiptRow {
        origin: InstallationKey {
            public_key: row.get(0)?,
            epoch: row.get(1)?,
        },
        body: row.get(2)?,
    })
}
