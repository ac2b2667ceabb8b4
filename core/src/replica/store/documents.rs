//! Documents and which truth each of them is.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::StoreError;
use super::values::{numbered, signed, unsigned};
use crate::model::{DocumentId, Kind, PersonId};

/// Which truth a record is, from best to worst; a parent shows the worst of its children.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentState {
    /// The server has it all.
    Accepted,
    /// On its way; the server has not answered yet.
    Sent,
    /// Something is only on this phone.
    OnPhone,
    /// Something was not accepted and waits for the person.
    Attention,
}
numbered!(DocumentState {
    DocumentState::Accepted = 0,
    DocumentState::Sent = 1,
    DocumentState::OnPhone = 2,
    DocumentState::Attention = 3,
});

impl DocumentState {
    /// The name in docs and reports.
    pub fn name(self) -> &'static str {
        match self {
            DocumentState::Accepted => "accepted",
            DocumentState::Sent => "sent",
            DocumentState::OnPhone => "on_phone",
            DocumentState::Attention => "attention",
        }
    }
}

/// One document of this phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRow {
    /// Its id.
    pub document: DocumentId,
    /// Its kind.
    pub kind: Kind,
    /// Whose it is.
    pub owner: PersonId,
    /// Which truth it is.
    pub state: DocumentState,
    /// When news of it came in last, or since when something of it is only on this phone, in milliseconds
    /// since 1970.
    pub updated_ms: u64,
}

/// The document's row, `None` when it is not on this phone.
pub fn get(conn: &Connection, document: DocumentId) -> Result<Option<DocumentRow>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT id, kind, owner, state, updated_ms FROM document WHERE id = ?1")?;
    Ok(statement.query_row([document], read).optional()?)
}

/// All documents in the order of their ids.
pub fn all(conn: &Connection) -> Result<Vec<DocumentRow>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT id, kind, owner, state, updated_ms FROM document ORDER BY id")?;
    let rows = statement.query_map([], read)?.collect::<Result<_, _>>()?;
    Ok(rows)
}

/// Notes that this phone wrote into a document: from now on something is only on this phone. When that was so
/// before, nothing is written.
pub fn written(
    conn: &Connection,
    document: DocumentId,
    kind: Kind,
    owner: PersonId,
    at_ms: u64,
) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO document (id, kind, owner, state, updated_ms) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, state = max(state, excluded.state),
             updated_ms = excluded.updated_ms
         WHERE state < excluded.state OR owner <> excluded.owner",
    )?
    .execute(params![
        document,
        kind,
        owner,
        DocumentState::OnPhone,
        signed(at_ms)
    ])?;
    Ok(())
}

/// Notes that news of a document came in; its state stays as it is. One that left and comes back finds what was parked
/// of it meanwhile.
pub fn received(
    conn: &Connection,
    document: DocumentId,
    kind: Kind,
    owner: PersonId,
    at_ms: u64,
) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO document (id, kind, owner, state, updated_ms)
         VALUES (?1, ?2, ?3, iif(EXISTS (SELECT 1 FROM parked WHERE parked.document = ?1), 3, 0), ?4)
         ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, updated_ms = excluded.updated_ms",
    )?
    .execute(params![document, kind, owner, signed(at_ms)])?;
    Ok(())
}

/// Works out a document's state anew: attention when something of it is parked, else the worst of its
/// unsettled operations, else accepted.
pub fn refresh_state(conn: &Connection, document: DocumentId) -> Result<(), StoreError> {
    conn.prepare_cached(
        "UPDATE document SET state = CASE
             WHEN EXISTS (SELECT 1 FROM parked WHERE parked.document = ?1) THEN 3
             ELSE coalesce((SELECT max(+segment.state) FROM segment WHERE segment.document = ?1), 0)
         END WHERE id = ?1",
    )?
    .execute([document])?;
    Ok(())
}

/// Which truth a document is; `None` when this phone neither holds it nor has parked work on it.
pub fn state_of(conn: &Connection, document: DocumentId) -> Result<Option<DocumentState>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT max(state) FROM (
             SELECT state FROM document WHERE id = ?1
             UNION ALL SELECT 3 FROM parked WHERE document = ?1)",
    )?;
    Ok(statement.query_row([document], |row| row.get(0))?)
}

/// Rebases that one replica may use: more than refusals of one record in a lifetime.
const SKIPPED: u32 = 1 << 20;

/// How often this phone had to make its operations on a document anew; part of the actor that writes it.
pub fn rebase(conn: &Connection, document: DocumentId) -> Result<u32, StoreError> {
    // Not `IN (?1, x'')`: SQLite makes a table in memory for that, which costs as much as a small change.
    let mut statement = conn.prepare_cached(
        "SELECT max(coalesce((SELECT count FROM rebase WHERE document = ?1), 0),
                    coalesce((SELECT count FROM rebase WHERE document = x''), 0))",
    )?;
    Ok(statement.query_row([document], |row| row.get(0))?)
}

/// Moves on to the next actor of a document: the sequence numbers of the one before are spent.
pub fn next_rebase(conn: &Connection, document: DocumentId) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO rebase (document, count)
         SELECT ?1, 1 + coalesce(max(count), 0) FROM rebase WHERE document IN (?1, x'')
         ON CONFLICT (document) DO UPDATE SET count = excluded.count",
    )?
    .execute([document])?;
    Ok(())
}

/// Skips all actors of all documents that a damaged replica may have used: it skipped `before` itself, as far as that
/// reads; the time in seconds is above it in any case.
pub fn skip_rebases(conn: &Connection, before: u32, now_ms: u64) -> Result<(), StoreError> {
    let seconds = u32::try_from(now_ms / 1000).unwrap_or(u32::MAX);
    conn.execute(
        "INSERT INTO rebase (document, count) VALUES (x'', ?1)",
        [seconds.max(before.saturating_add(SKIPPED))],
    )?;
    Ok(())
}

/// Moves on to the next actor of every document that this phone has written: another installation, which has the same
/// data, may go on with the one before.
pub fn next_rebase_of_own(conn: &Connection) -> Result<(), StoreError> {
    let mut statement = conn.prepare("SELECT DISTINCT document FROM segment WHERE hash IS NOT NULL")?;
    let own: Vec<DocumentId> = statement
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for document in own {
        next_rebase(conn, document)?;
    }
    Ok(())
}

/// Removes a document that left this person's scope: history, outbox, lists. What stays is what belongs to
/// the person and not to the document, parked work, and the count of spent actors.
pub fn delete(conn: &Connection, document: DocumentId) -> Result<(), StoreError> {
    super::projections::remove(conn, document)?;
    conn.prepare_cached("DELETE FROM segment WHERE document = ?1")?
        .execute([document])?;
    conn.prepare_cached("DELETE FROM document WHERE id = ?1")?
        .execute([document])?;
    Ok(())
}

/// Is anything of the document's history here?
pub fn has_history(conn: &Connection, document: DocumentId) -> Result<bool, StoreError> {
    let mut statement = conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM segment WHERE document = ?1)")?;
    Ok(statement.query_row([document], |row| row.get(0))?)
}

/// Removes a document that has no history and nothing parked: its creation was refused and discarded.
pub fn delete_if_empty(conn: &Connection, document: DocumentId) -> Result<(), StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM segment WHERE document = ?1)
                   OR EXISTS (SELECT 1 FROM parked WHERE document = ?1)";
    let is_used: bool = conn
        .prepare_cached(sql)?
        .query_row([document], |row| row.get(0))?;
    if is_used { Ok(()) } else { delete(conn, document) }
}

fn read(row: &Row<'_>) -> rusqlite::Result<DocumentRow> {
    Ok(DocumentRow {
        document: row.get(0)?,
        kind: row.get(1)?,
        owner: row.get(2)?,
        state: row.get(3)?,
        updated_ms: unsigned(row.get(4)?),
    })
}
