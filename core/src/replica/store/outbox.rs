//! This phone's own operations with their recorded commands.

use rusqlite::{Connection, Row, ToSql, params};

use super::StoreError;
use super::documents::DocumentState;
use super::values::{signed, unsigned};
use crate::model::{DocumentId, Kind};

/// One operation of this phone, as the person gave it and as it went into the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    /// The position of its segment.
    pub position: i64,
    /// The document.
    pub document: DocumentId,
    /// The document's kind.
    pub kind: Kind,
    /// The rebase count of the actor that wrote it.
    pub rebase: u32,
    /// Its sequence number by that actor.
    pub sequence: u64,
    /// The hash of its change.
    pub hash: [u8; 32],
    /// The recorded command, as JSON.
    pub command: String,
    /// On this phone, sent or accepted.
    pub state: DocumentState,
    /// When the person did it, in milliseconds since 1970.
    pub written_ms: u64,
}

const COLUMNS: &str =
    "outbox.position, outbox.document, kind, outbox.rebase, sequence, hash, command, state, written_ms";

/// Adds an operation that was just written.
pub fn insert(conn: &Connection, row: &OutboxRow) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO outbox (position, document, kind, rebase, sequence, hash, command, state, written_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        row.position,
        row.document,
        row.kind,
        row.rebase,
        signed(row.sequence),
        row.hash,
        row.command,
        row.state,
        signed(row.written_ms)
    ])?;
    Ok(())
}

/// The unsettled operations of one document, in the order they were written.
pub fn pending_of(conn: &Connection, document: DocumentId) -> Result<Vec<OutboxRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM segment CROSS JOIN outbox USING (position)
         WHERE segment.document = ?1 AND state <> 0 ORDER BY position"
    );
    select(conn, &sql, params![document])
}

/// The operations of one actor on a document from a sequence number on, settled or not, in sequence.
pub fn from_sequence(
    conn: &Connection,
    document: DocumentId,
    rebase: u32,
    sequence: u64,
) -> Result<Vec<OutboxRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM segment CROSS JOIN outbox USING (position)
         WHERE segment.document = ?1 AND outbox.rebase = ?2 AND sequence >= ?3 ORDER BY position"
    );
    select(conn, &sql, params![document, rebase, signed(sequence)])
}

/// The operations that the server accepted at or after a time, in the order they were written.
pub fn accepted_since(conn: &Connection, settled_ms: u64) -> Result<Vec<OutboxRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM outbox WHERE state = 0 AND settled_ms >= ?1 ORDER BY position");
    select(conn, &sql, params![signed(settled_ms)])
}

/// Notes that operations `from..=to` of one actor are on their way. Returns how many were only on the phone.
pub fn sent(
    conn: &Connection,
    document: DocumentId,
    rebase: u32,
    from: u64,
    to: u64,
) -> Result<usize, StoreError> {
    let mut statement = conn.prepare_cached(
        "UPDATE outbox SET state = 1 WHERE state = 2 AND rebase = ?2 AND sequence BETWEEN ?3 AND ?4
         AND position IN (SELECT position FROM segment WHERE document = ?1)",
    )?;
    Ok(statement.execute(params![document, rebase, signed(from), signed(to)])?)
}

/// Notes that the server has operations `from..=to` of one actor. Returns how many were not settled before.
pub fn accept(
    conn: &Connection,
    document: DocumentId,
    rebase: u32,
    from: u64,
    to: u64,
    settled_ms: u64,
) -> Result<usize, StoreError> {
    let mut statement = conn.prepare_cached(
        "UPDATE outbox SET state = 0, settled_ms = ?5
         WHERE state <> 0 AND rebase = ?2 AND sequence BETWEEN ?3 AND ?4
         AND position IN (SELECT position FROM segment WHERE document = ?1)",
    )?;
    Ok(statement.execute(params![
        document,
        rebase,
        signed(from),
        signed(to),
        signed(settled_ms)
    ])?)
}

/// The server lacks operations that it once acknowledged: those of one actor from a sequence number on are offered
/// again. Returns how many.
pub fn offer_again(
    conn: &Connection,
    document: DocumentId,
    rebase: u32,
    from: u64,
) -> Result<usize, StoreError> {
    let mut statement = conn.prepare_cached(
        "UPDATE outbox SET state = 2, settled_ms = NULL WHERE state = 0 AND rebase = ?2 AND sequence >= ?3
         AND position IN (SELECT position FROM segment WHERE document = ?1)",
    )?;
    Ok(statement.execute(params![document, rebase, signed(from)])?)
}

/// The server was restored from a backup: everything that is still kept is offered again. Returns the documents.
pub fn offer_all_again(conn: &Connection) -> Result<Vec<DocumentId>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT DISTINCT document FROM outbox WHERE state = 0 ORDER BY document")?;
    let documents = statement
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    conn.prepare_cached("UPDATE outbox SET state = 2, settled_ms = NULL WHERE state = 0")?
        .execute([])?;
    Ok(documents)
}

/// Forgets the recorded commands of operations that the server accepted before a time; their history stays.
/// Keep 35 days: longer than the oldest backup a server is restored from. Returns how many.
///
/// The last operation of each actor stays, because the next one names its hash.
pub fn forget_accepted(conn: &Connection, settled_before_ms: u64) -> Result<usize, StoreError> {
    let mut statement = conn.prepare_cached(
        "DELETE FROM outbox WHERE state = 0 AND settled_ms < ?1 AND EXISTS (
             SELECT 1 FROM segment CROSS JOIN outbox AS later USING (position)
             WHERE segment.document = outbox.document AND later.rebase = outbox.rebase
             AND later.sequence > outbox.sequence)",
    )?;
    Ok(statement.execute([signed(settled_before_ms)])?)
}

fn select(conn: &Connection, sql: &str, params: &[&dyn ToSql]) -> Result<Vec<OutboxRow>, StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(params, read)?.collect::<Result<_, _>>()?;
    Ok(rows)
}

fn read(row: &Row<'_>) -> rusqlite::Result<OutboxRow> {
    Ok(OutboxRow {
        position: row.get(0)?,
        document: row.get(1)?,
        kind: row.get(2)?,
        rebase: row.get(3)?,
        sequence: unsigned(row.get(4)?),
        hash: row.get(5)?,
        command: row.get(6)?,
        state: row.get(7)?,
        written_ms: unsigned(row.get(8)?),
    })
}
