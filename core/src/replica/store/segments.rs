//! The history of documents: runs of operations.

use rusqlite::{Connection, Row, params};

use super::StoreError;
use super::values::{numbered, signed, unsigned};
use crate::model::DocumentId;
use crate::wire::Seal;

/// How the bytes of a segment are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Operations as the wire carries them, exactly as received.
    Operations,
    /// One raw Automerge change, made on this phone.
    Change,
}
numbered!(Format { Format::Operations = 0, Format::Change = 1 });

/// A segment to store: a run of operations of one actor on one document.
#[derive(Clone, Copy, Debug)]
pub struct NewSegment<'a> {
    /// The document.
    pub document: DocumentId,
    /// How `body` is written.
    pub format: Format,
    /// The public key of the installation that wrote it.
    pub origin_key: [u8; 32],
    /// The installation's epoch.
    pub origin_epoch: u32,
    /// The rebase count of the actor.
    pub rebase: u32,
    /// How many operations of this actor came before.
    pub base: u64,
    /// How many operations are in `body`.
    pub count: u32,
    /// The operations.
    pub body: &'a [u8],
}

/// A stored segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentRow {
    /// Its place in the store: segments of a document in this order are in causal order.
    pub position: i64,
    /// How `body` is written.
    pub format: Format,
    /// The public key of the installation that wrote it.
    pub origin_key: [u8; 32],
    /// The installation's epoch.
    pub origin_epoch: u32,
    /// The rebase count of the actor.
    pub rebase: u32,
    /// How many operations of this actor came before.
    pub base: u64,
    /// How many operations are in `body`.
    pub count: u32,
    /// The operations.
    pub body: Vec<u8>,
}

/// Adds a segment after all others, with the seal of its last operation; returns its position.
pub fn insert(conn: &Connection, segment: &NewSegment<'_>, seal: Option<Seal>) -> Result<i64, StoreError> {
    conn.prepare_cached(
        "INSERT INTO segment (document, format, origin_key, origin_epoch, rebase, base, count, body, seal)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
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
        seal
    ])?;
    Ok(conn.last_insert_rowid())
}

/// The history of a document in causal order; empty for an unknown document.
pub fn of(conn: &Connection, document: DocumentId) -> Result<Vec<SegmentRow>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT position, format, origin_key, origin_epoch, rebase, base, count, body
         FROM segment WHERE document = ?1 AND format < 8 ORDER BY position",
    )?;
    let rows = statement.query_map([document], read)?.collect::<Result<_, _>>()?;
    Ok(rows)
}

/// Puts the history of a document aside: it does not read. What is unsettled of it still counts as unsettled.
pub fn set_aside(conn: &Connection, document: DocumentId) -> Result<(), StoreError> {
    conn.prepare_cached(
        "UPDATE segment SET format = format + 8, doubt = NULL WHERE document = ?1 AND format < 8",
    )?
    .execute([document])?;
    Ok(())
}

/// Removes what is aside of a document.
pub fn remove_aside(conn: &Connection, document: DocumentId) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM segment WHERE document = ?1 AND format >= 8")?
        .execute([document])?;
    Ok(())
}

/// Takes a segment out of the history, and the recorded command with it.
pub fn remove(conn: &Connection, position: i64) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM segment WHERE position = ?1")?
        .execute([position])?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<SegmentRow> {
    Ok(SegmentRow {
        position: row.get(0)?,
        format: row.get(1)?,
        origin_key: row.get(2)?,
        origin_epoch: row.get(3)?,
        rebase: row.get(4)?,
        base: unsigned(row.get(5)?),
        count: row.get(6)?,
        body: row.get(7)?,
    })
}
