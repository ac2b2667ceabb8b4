use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};

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

/// An operation that waits to be sent, with its bytes.
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
    /// The hash of the operation before it by the same actor; absent at its first.
    pub previous: Option<[u8; 32]>,
    /// The raw Automerge change.
    pub body: Vec<u8>,
}

/// The operations that the server has not settled, in the order they were written: at most `max_operations`, and no
/// more once `max_bytes` are reached.
pub fn pending(conn: &Connection, max_operations: usize, max_bytes: usize) -> Result<Vec<PendingRow>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT outbox.document, kind, outbox.rebase, sequence, hash, body
         FROM outbox CROSS JOIN segment USING (position) WHERE state <> 0 ORDER BY position LIMIT ?1",
    )?;
    let mut rows = statement.query([i64::try_from(max_operations).unwrap_or(i64::MAX)])?;
    let mut last: BTreeMap<(DocumentId, u32), (u64, [u8; 32])> = BTreeMap::new();
    let mut pending = Vec::new();
    let mut bytes = 0;
    while let Some(row) = rows.next()? {
        if bytes >= max_bytes {
            break;
        }
        let (document, kind, rebase) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (sequence, body): (u64, Vec<u8>) = (unsigned(row.get(3)?), row.get(5)?);
        let previous = match last.insert((document, rebase), (sequence, row.get(4)?)) {
            Some((before, hash)) if before + 1 == sequence => Some(hash),
            _ => hash_of(conn, document, rebase, sequence - 1)?,
        };
        bytes += body.len();
        pending.push(PendingRow { document, kind, rebase, sequence, previous, body });
    }
    Ok(pending)
}

/// How many operations the server has not settled.
pub fn count_pending(conn: &Connection) -> Result<u64, StoreError> {
    let mut statement = conn.prepare_cached("SELECT count(*) FROM outbox WHERE state <> 0")?;
    Ok(unsigned(statement.query_row([], |row| row.get(0))?))
}

/// The hash of one operation of this phone.
fn hash_of(
    conn: &Connection,
    document: DocumentId,
    rebase: u32,
    sequence: u64,
) -> Result<Option<[u8; 32]>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT hash FROM segment CROSS JOIN outbox USING (position)
         WHERE segment.document = ?1 AND outbox.rebase = ?2 AND sequence = ?3",
    )?;
    Ok(statement.query_row(params![document, rebase, signed(sequence)], |row| row.get(0)).optional()?)
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
    Ok(statement.execute(params![document, rebase, signed(from), signed(to), signed(settled_ms)])?)
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
    let mut statement = conn.prepare_cached("SELECT DISTINCT document FROM outbox WHERE state = 0 ORDER BY document")?;
    let documents = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    conn.prepare_cached("UPDATE outbox SET state = 2, settled_ms = NULL WHERE state = 0")?.execute([])?;
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
