//! Operations that were not accepted and wait for the person.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::StoreError;
use super::values::{signed, unsigned};
use crate::model::{DocumentId, Kind};

/// An operation to park.
#[derive(Clone, Copy, Debug)]
pub struct NewParked<'a> {
    /// The document it was for.
    pub document: DocumentId,
    /// The document's kind.
    pub kind: Kind,
    /// The recorded command, as JSON: the person's own text.
    pub command: &'a str,
    /// The [`crate::wire::Rejection`] as JSON.
    pub rejection: &'a str,
    /// The parked operation that this one needs, when it was parked for that.
    pub depends_on: Option<i64>,
    /// When the person did it, in milliseconds since 1970.
    pub written_ms: u64,
    /// When it was parked.
    pub parked_ms: u64,
}

/// A parked operation: it stays until the person corrects, exports or discards it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParkedRow {
    /// Its number.
    pub id: i64,
    /// The document it was for.
    pub document: DocumentId,
    /// The document's kind.
    pub kind: Kind,
    /// The recorded command, as JSON: the person's own text.
    pub command: String,
    /// The [`crate::wire::Rejection`] as JSON.
    pub rejection: String,
    /// The parked operation that this one needs, when it was parked for that.
    pub depends_on: Option<i64>,
    /// When the person did it, in milliseconds since 1970.
    pub written_ms: u64,
    /// When it was parked.
    pub parked_ms: u64,
}

/// Parks an operation and marks its document; returns its number.
pub fn insert(conn: &Connection, parked: &NewParked<'_>) -> Result<i64, StoreError> {
    conn.prepare_cached(
        "INSERT INTO parked (document, kind, command, rejection, depends_on, written_ms, parked_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        parked.document,
        parked.kind,
        parked.command,
        parked.rejection,
        parked.depends_on,
        signed(parked.written_ms),
        signed(parked.parked_ms)
    ])?;
    let id = conn.last_insert_rowid();
    super::documents::refresh_state(conn, parked.document)?;
    Ok(id)
}

/// Everything that waits for the person, in the order it was parked.
pub fn all(conn: &Connection) -> Result<Vec<ParkedRow>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, document, kind, command, rejection, depends_on, written_ms, parked_ms FROM parked ORDER BY id",
    )?;
    let rows = statement.query_map([], read)?.collect::<Result<_, _>>()?;
    Ok(rows)
}

/// One parked operation.
pub fn get(conn: &Connection, id: i64) -> Result<Option<ParkedRow>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, document, kind, command, rejection, depends_on, written_ms, parked_ms FROM parked WHERE id = ?1",
    )?;
    Ok(statement.query_row([id], read).optional()?)
}

/// Everything that was parked because it needs this one, directly or through another, in the order it was parked.
pub fn depending_on(conn: &Connection, id: i64) -> Result<Vec<ParkedRow>, StoreError> {
    let mut statement = conn.prepare_cached(
        "WITH RECURSIVE following (id) AS (
             SELECT id FROM parked WHERE depends_on = ?1
             UNION SELECT parked.id FROM parked JOIN following ON parked.depends_on = following.id)
         SELECT id, document, kind, command, rejection, depends_on, written_ms, parked_ms
         FROM parked WHERE id IN (SELECT id FROM following) ORDER BY id",
    )?;
    let rows = statement.query_map([id], read)?.collect::<Result<_, _>>()?;
    Ok(rows)
}

/// Records a parked command in other words.
pub fn set_command(conn: &Connection, id: i64, command: &str) -> Result<(), StoreError> {
    conn.prepare_cached("UPDATE parked SET command = ?2 WHERE id = ?1")?
        .execute(params![id, command])?;
    Ok(())
}

/// Says anew why an operation is parked.
pub fn set_rejection(conn: &Connection, id: i64, rejection: &str) -> Result<(), StoreError> {
    conn.prepare_cached("UPDATE parked SET rejection = ?2 WHERE id = ?1")?
        .execute(params![id, rejection])?;
    Ok(())
}

/// Takes a parked operation away because the person discarded it or sent it again; those that needed it stay
/// and stand on their own. True when there was one.
pub fn remove(conn: &Connection, id: i64) -> Result<bool, StoreError> {
    let Some(row) = get(conn, id)? else {
        return Ok(false);
    };
    conn.prepare_cached("DELETE FROM parked WHERE id = ?1")?
        .execute([id])?;
    super::documents::refresh_state(conn, row.document)?;
    Ok(true)
}

fn read(row: &Row<'_>) -> rusqlite::Result<ParkedRow> {
    Ok(ParkedRow {
        id: row.get(0)?,
        document: row.get(1)?,
        kind: row.get(2)?,
        command: row.get(3)?,
        rejection: row.get(4)?,
        depends_on: row.get(5)?,
        written_ms: unsigned(row.get(6)?),
        parked_ms: unsigned(row.get(7)?),
    })
}
