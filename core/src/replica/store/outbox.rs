//! This phone's own operations with their recorded commands.

use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};

use super::StoreError;
use super::documents::DocumentState;
use super::segments::NewSegment;
use super::values::{signed, unsigned};
use crate::model::{DocumentId, InstallationKey, Kind};
use crate::wire::Seal;

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

/// How long operations can be offered again after the server accepted them, in milliseconds: 35 days, longer than the
/// oldest backup a server is restored from.
pub const KEPT_MS: u64 = 35 * 24 * 3600 * 1000;

const COLUMNS: &str = "position, document, kind, rebase, base, hash, command, state, written_ms";

/// What is recorded beside an operation of this phone.
#[derive(Clone, Copy, Debug)]
pub struct Recorded<'a> {
    /// The document's kind.
    pub kind: Kind,
    /// The hash of its change.
    pub hash: [u8; 32],
    /// The command, as JSON.
    pub command: &'a str,
    /// When the person did it, in milliseconds since 1970.
    pub written_ms: u64,
}

/// Adds an operation of this phone after all segments, with its command: from now on it waits to be sent.
pub fn append(
    conn: &Connection,
    segment: &NewSegment<'_>,
    recorded: &Recorded<'_>,
) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO segment (document, format, origin_key, origin_epoch, rebase, base, count, body,
             kind, hash, command, state, written_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?
    .execute(params![
        segment.document,
        segment.format,
        segment.origin_key,
        segment.origin_epoch,
        segment.rebase,
        signed(segment.base),
        segment.count,
        segment.body,
        recorded.kind,
        recorded.hash,
        recorded.command,
        DocumentState::OnPhone,
        signed(recorded.written_ms),
    ])?;
    Ok(())
}

/// The installation that this phone wrote with as one actor of a document.
pub fn origin(
    conn: &Connection,
    document: DocumentId,
    rebase: u32,
) -> Result<Option<InstallationKey>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT origin_key, origin_epoch FROM segment
         WHERE document = ?1 AND rebase = ?2 AND hash IS NOT NULL LIMIT 1",
    )?;
    let found = statement.query_row(params![document, rebase], |row| {
        Ok(InstallationKey {
            public_key: row.get(0)?,
            epoch: row.get(1)?,
        })
    });
    Ok(found.optional()?)
}

/// The unsettled operations of one document, in the order they were written.
pub fn pending_of(conn: &Connection, document: DocumentId) -> Result<Vec<OutboxRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM segment WHERE document = ?1 AND +state > 0 AND format < 8 ORDER BY position"
    );
    select(conn, &sql, params![document])
}

/// The unsettled operations of one document that are aside, in the order they were written, with who wrote them.
pub fn aside_of(
    conn: &Connection,
    document: DocumentId,
) -> Result<Vec<(OutboxRow, InstallationKey)>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}, origin_key, origin_epoch FROM segment
         WHERE document = ?1 AND +state IN (1, 2) AND format >= 8 ORDER BY position"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([document], |row| {
        let origin = InstallationKey {
            public_key: row.get(9)?,
            epoch: row.get(10)?,
        };
        Ok((read(row)?, origin))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// All unsettled operations, in the order they were written.
pub fn pending(conn: &Connection) -> Result<Vec<OutboxRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM segment WHERE document IN (SELECT id FROM document WHERE state > 0) AND +state IN (1, 2)
         ORDER BY position"
    );
    select(conn, &sql, params![])
}

/// The documents with unsettled operations, in the order in which the first of them was written.
pub fn documents_pending(conn: &Connection) -> Result<Vec<DocumentId>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT document FROM segment WHERE state IN (1, 2) GROUP BY document ORDER BY min(position)",
    )?;
    let rows = statement
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// All recorded commands with the positions of their operations.
pub fn commands(conn: &Connection) -> Result<Vec<(i64, String)>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT position, command FROM segment WHERE command IS NOT NULL")?;
    let rows = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// Records a command in other words.
pub fn set_command(conn: &Connection, position: i64, command: &str) -> Result<(), StoreError> {
    conn.prepare_cached("UPDATE segment SET command = ?2 WHERE position = ?1")?
        .execute(params![position, command])?;
    Ok(())
}

/// The operations of one actor on a document from a sequence number on, settled or not, in sequence.
pub fn from_sequence(
    conn: &Connection,
    document: DocumentId,
    rebase: u32,
    sequence: u64,
) -> Result<Vec<OutboxRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM segment
         WHERE document = ?1 AND rebase = ?2 AND base >= ?3 AND +state IS NOT NULL ORDER BY position"
    );
    select(conn, &sql, params![document, rebase, base(sequence)])
}

/// The operations that the server accepted at or after a time, in the order they were written.
pub fn accepted_since(conn: &Connection, settled_ms: u64) -> Result<Vec<OutboxRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM segment WHERE state = 0 AND settled_ms >= ?1 ORDER BY position");
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
        "UPDATE segment SET state = 1
         WHERE document = ?1 AND rebase = ?2 AND base >= ?3 AND base < ?4 AND +state = 2",
    )?;
    Ok(statement.execute(params![document, rebase, base(from), signed(to)])?)
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
        "UPDATE segment SET state = 0, settled_ms = ?5
         WHERE document = ?1 AND rebase = ?2 AND base >= ?3 AND base < ?4 AND +state > 0",
    )?;
    Ok(statement.execute(params![
        document,
        rebase,
        base(from),
        signed(to),
        signed(settled_ms)
    ])?)
}

/// Keeps the server's seal of one of this phone's operations.
pub fn seal(
    conn: &Connection,
    document: DocumentId,
    rebase: u32,
    sequence: u64,
    seal: Seal,
) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "UPDATE segment SET seal = ?4 WHERE document = ?1 AND rebase = ?2 AND base = ?3 AND hash IS NOT NULL",
    )?;
    statement.execute(params![document, rebase, base(sequence), seal])?;
    Ok(())
}

/// The server lacks operations that it once acknowledged, and its seal does not prove it: those of one actor from a
/// sequence number on are sent like new ones. Returns how many.
pub fn offer_again(
    conn: &Connection,
    document: DocumentId,
    rebase: u32,
    from: u64,
) -> Result<usize, StoreError> {
    let mut statement = conn.prepare_cached(
        "UPDATE segment SET state = 2, settled_ms = NULL, doubt = NULL
         WHERE document = ?1 AND rebase = ?2 AND base >= ?3 AND +state = 0",
    )?;
    Ok(statement.execute(params![document, rebase, base(from)])?)
}

/// Forgets the recorded commands of operations that the server accepted before a time (by its own clock), and what was
/// kept of documents that left; the history and the hashes of the others stay. Keep 35 days: longer than the oldest backup a server is restored from. Returns how
/// many.
pub fn forget_accepted(conn: &Connection, settled_before_ms: u64) -> Result<usize, StoreError> {
    let mut statement = conn.prepare_cached(
        "UPDATE segment SET command = NULL, state = NULL, written_ms = NULL, settled_ms = NULL
         WHERE state = 0 AND settled_ms < ?1",
    )?;
    conn.prepare_cached("DELETE FROM kept WHERE settled_ms < ?1")?
        .execute([signed(settled_before_ms)])?;
    Ok(statement.execute([signed(settled_before_ms)])?)
}

/// The column that says which operation of its actor it is counts those before it.
fn base(sequence: u64) -> i64 {
    signed(sequence.saturating_sub(1))
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
        sequence: unsigned(row.get(4)?) + 1,
        hash: row.get(5)?,
        command: row.get(6)?,
        state: row.get(7)?,
        written_ms: unsigned(row.get(8)?),
    })
}
