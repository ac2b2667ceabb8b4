//! What this phone can hand back to a server that lost a part of its log.

use rusqlite::{Connection, Row, params};

use super::StoreError;
use super::segments::Format;
use super::values::{signed, unsigned};
use crate::model::{DocumentId, Kind};
use crate::wire::{Origin, Seal};

/// A run of operations that the server stored once and has not shown since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoubtRow {
    /// Its place among the segments, or among what is kept of documents that left.
    pub place: Place,
    /// The document.
    pub document: DocumentId,
    /// Its kind.
    pub kind: Kind,
    /// How `body` is written.
    pub format: Format,
    /// The installation that wrote it.
    pub origin: Origin,
    /// The rebase count of the actor.
    pub rebase: u32,
    /// How many operations of this actor came before.
    pub base: u64,
    /// How many operations are in `body`.
    pub count: u32,
    /// The operations.
    pub body: Vec<u8>,
    /// The seal of the last one; a later row of the same actor proves a row without.
    pub seal: Option<Seal>,
}

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the history of a document, by position.
    Segment(i64),
    /// Among what is kept of documents that left, by number.
    Kept(i64),
}

/// Part of the operations of one actor on one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The document.
    pub document: DocumentId,
    /// The installation that wrote it.
    pub origin: Origin,
    /// The rebase count of the actor.
    pub rebase: u32,
    /// How many operations of this actor came before.
    pub base: u64,
    /// How many there are.
    pub count: u32,
}

/// The server lost a part of its log: everything that it once stored is in doubt until it is shown again.
pub fn doubt_all(conn: &Connection) -> Result<(), StoreError> {
    conn.execute_batch(
        "UPDATE segment SET doubt = 1 WHERE state IS NULL OR state = 0; UPDATE kept SET doubt = 1",
    )?;
    Ok(())
}

/// The server lacks operations of this phone from a sequence number on: as far as its seal proves them they are handed
/// back. Returns how many.
pub fn doubt(conn: &Connection, document: DocumentId, rebase: u32, from: u64) -> Result<usize, StoreError> {
    let mut statement = conn.prepare_cached(
        "UPDATE segment SET doubt = 1
         WHERE document = ?1 AND rebase = ?2 AND base >= ?3 AND +state = 0 AND base <= (
             SELECT max(base) FROM segment
             WHERE document = ?1 AND rebase = ?2 AND +state = 0 AND seal IS NOT NULL)",
    )?;
    Ok(statement.execute(params![document, rebase, signed(from.saturating_sub(1))])?)
}

/// The server showed these operations: they are in doubt no longer.
pub fn shown(conn: &Connection, run: &Run) -> Result<(), StoreError> {
    for table in ["segment", "kept"] {
        let sql = format!(
            "UPDATE {table} SET doubt = NULL
             WHERE document = ?1 AND doubt IS NOT NULL AND origin_key = ?2 AND origin_epoch = ?3 AND rebase = ?4
                 AND base >= ?5 AND base + count <= ?6"
        );
        conn.prepare_cached(&sql)?.execute(params![
            run.document,
            run.origin.public_key,
            run.origin.epoch,
            run.rebase,
            signed(run.base),
            signed(run.base + u64::from(run.count)),
        ])?;
    }
    Ok(())
}

/// Documents of which the server showed nothing and for which no seal speaks: it has them, and they are out of scope.
pub fn out_of_scope(conn: &Connection) -> Result<Vec<DocumentId>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT document FROM segment WHERE state IS NULL OR state = 0 GROUP BY document
         HAVING sum(doubt IS NULL) = 0 AND sum(seal IS NOT NULL) = 0 ORDER BY document",
    )?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What no seal proves cannot be handed back; it is older than any backup, so the server has it. Returns how many rows
/// stay in doubt.
pub fn settle_unproven(conn: &Connection) -> Result<u64, StoreError> {
    conn.prepare_cached(
        "UPDATE segment SET doubt = NULL
         WHERE doubt IS NOT NULL AND seal IS NULL AND NOT EXISTS (
             SELECT 1 FROM segment AS later
             WHERE later.document = segment.document AND later.origin_key = segment.origin_key
                 AND later.origin_epoch = segment.origin_epoch AND later.rebase = segment.rebase
                 AND later.base > segment.base AND later.seal IS NOT NULL AND later.doubt IS NOT NULL)",
    )?
    .execute([])?;
    count(conn)
}

/// How many rows there are to hand back now.
pub fn count(conn: &Connection) -> Result<u64, StoreError> {
    let sql = "SELECT (SELECT count(*) FROM segment WHERE doubt IS NOT NULL AND doubt = 1)
                    + (SELECT count(*) FROM kept WHERE doubt = 1)";
    Ok(unsigned(
        conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?,
    ))
}

/// Is something of this document still to be handed back?
pub fn is_in_doubt(conn: &Connection, document: DocumentId) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM segment WHERE document = ?1 AND doubt IS NOT NULL)";
    Ok(conn
        .prepare_cached(sql)?
        .query_row([document], |row| row.get(0))?)
}

/// What is to be handed back next, the rows of a document in causal order: at most `limit`, and no more than `max_bytes`
/// but at least one document's.
pub fn next(conn: &Connection, limit: usize, max_bytes: usize) -> Result<Vec<DoubtRow>, StoreError> {
    let segments =
        "SELECT position, segment.document, document.kind, format, origin_key, origin_epoch, rebase, base,
                count, body, seal
         FROM segment JOIN document ON document.id = segment.document
         WHERE doubt IS NOT NULL AND doubt = 1 AND format < 8 ORDER BY segment.document, position LIMIT ?1";
    let kept = "SELECT number, document, kind, 0, origin_key, origin_epoch, rebase, base, count, body, seal
         FROM kept WHERE doubt = 1 ORDER BY number LIMIT ?1";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut found: Vec<DoubtRow> = Vec::new();
    let mut bytes = 0;
    for (sql, place) in [
        (segments, Place::Segment as fn(i64) -> Place),
        (kept, Place::Kept as fn(i64) -> Place),
    ] {
        let mut statement = conn.prepare_cached(sql)?;
        let mut rows = statement.query([limit])?;
        while let Some(row) = rows.next()? {
            let row = read(row, place)?;
            let is_next = found.last().is_some_and(|last| last.document != row.document);
            if is_next && bytes > max_bytes {
                return Ok(found);
            }
            bytes += row.body.len();
            found.push(row);
        }
    }
    Ok(found)
}

/// Notes what became of rows that were handed back: the server has them (`None`), or something else is missing there
/// (`Some(2)`).
pub fn heard(conn: &Connection, places: &[Place], doubt: Option<u8>) -> Result<(), StoreError> {
    for place in places {
        let (sql, id) = match place {
            Place::Segment(position) => ("UPDATE segment SET doubt = ?2 WHERE position = ?1", position),
            Place::Kept(number) => ("UPDATE kept SET doubt = ?2 WHERE number = ?1", number),
        };
        conn.prepare_cached(sql)?.execute(params![id, doubt])?;
    }
    Ok(())
}

/// What was handed back in vain is handed back once more: something changed on the server. Returns how many rows.
pub fn try_again(conn: &Connection) -> Result<usize, StoreError> {
    let segments = conn
        .prepare_cached("UPDATE segment SET doubt = 1 WHERE doubt IS NOT NULL AND doubt = 2")?
        .execute([])?;
    let kept = conn
        .prepare_cached("UPDATE kept SET doubt = 1 WHERE doubt = 2")?
        .execute([])?;
    Ok(segments + kept)
}

/// Keeps operations of this phone whose document leaves it; `settled_ms` is when the server accepted them.
pub fn keep(
    conn: &Connection,
    kind: Kind,
    run: &Run,
    (body, seal): (&[u8], Seal),
    settled_ms: u64,
) -> Result<(), StoreError> {
    conn.prepare_cached(
        // The server's may be kept already: the document came back and goes again.
        "INSERT INTO kept (document, kind, origin_key, origin_epoch, rebase, base, count, body, seal, settled_ms)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10
         WHERE NOT EXISTS (SELECT 1 FROM kept WHERE document = ?1 AND origin_key = ?3 AND origin_epoch = ?4
                           AND rebase = ?5 AND base = ?6 AND count = ?7)",
    )?
    .execute(params![
        run.document,
        kind,
        run.origin.public_key,
        run.origin.epoch,
        run.rebase,
        signed(run.base),
        run.count,
        body,
        seal,
        signed(settled_ms),
    ])?;
    Ok(())
}

/// Forgets what is kept of documents that left, but what a server that lost it has not heard yet.
pub fn forget_kept(conn: &Connection) -> Result<(), StoreError> {
    conn.execute("DELETE FROM kept WHERE doubt IS NULL", [])?;
    Ok(())
}

/// This phone's accepted operations of a document that it still remembers with the server's that they build on, in the
/// order they were written, and when the last of its own was accepted. Nothing when it has none of its own.
pub fn own(
    conn: &Connection,
    document: DocumentId,
    server_key: &[u8; 32],
) -> Result<(Vec<DoubtRow>, u64), StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT position, segment.document, document.kind, format, origin_key, origin_epoch, rebase, base, count, body, seal,
                settled_ms
         FROM segment JOIN document ON document.id = segment.document
         WHERE segment.document = ?1 AND (segment.state = 0 OR origin_key = ?2) AND format < 8 ORDER BY position",
    )?;
    let mut rows = statement.query(params![document, server_key])?;
    let (mut found, mut accepted_ms) = (Vec::new(), None);
    while let Some(row) = rows.next()? {
        found.push(read(row, Place::Segment)?);
        accepted_ms = accepted_ms.max(row.get(11)?);
    }
    Ok(match accepted_ms {
        Some(accepted_ms) => (found, unsigned(accepted_ms)),
        None => (Vec::new(), 0),
    })
}

fn read(row: &Row<'_>, place: fn(i64) -> Place) -> rusqlite::Result<DoubtRow> {
    Ok(DoubtRow {
        place: place(row.get(0)?),
        document: row.get(1)?,
        kind: row.get(2)?,
        format: row.get(3)?,
        origin: Origin {
            public_key: row.get(4)?,
            epoch: row.get(5)?,
        },
        rebase: row.get(6)?,
        base: unsigned(row.get(7)?),
        count: row.get(8)?,
        body: row.get(9)?,
        seal: row.get(10)?,
    })
}
