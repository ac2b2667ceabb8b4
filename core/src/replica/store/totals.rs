//! How much of the work is where.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

use super::StoreError;
use super::documents::DocumentState;
use super::values::unsigned;
use crate::model::Kind;

/// What the status line says: how much of this phone's work is where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Documents on this phone.
    pub documents: u64,
    /// Operations that are only on this phone.
    pub on_phone: u64,
    /// Operations that are on their way.
    pub sent: u64,
    /// Operations that the server has and whose record is still kept.
    pub accepted: u64,
    /// Operations that wait for the person.
    pub attention: u64,
    /// When the oldest operation that the server has not settled was written, in milliseconds since 1970.
    pub oldest_pending_ms: Option<u64>,
}

impl Totals {
    /// All operations of this phone that are known to it.
    pub fn operations(&self) -> u64 {
        self.on_phone + self.sent + self.accepted + self.attention
    }

    /// Does the server have everything?
    pub fn all_accepted(&self) -> bool {
        self.on_phone + self.sent + self.attention == 0
    }
}

/// Counts everything.
pub fn totals(conn: &Connection) -> Result<Totals, StoreError> {
    let count = |sql: &str| -> Result<u64, StoreError> {
        Ok(unsigned(
            conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?,
        ))
    };
    // Operations stand in the order they were written, so the first unsettled one is the oldest.
    let mut unsettled = conn.prepare_cached(
        "SELECT segment.state, count(*), min(position) FROM segment
         WHERE document IN (SELECT id FROM document WHERE state > 0) AND +state IN (1, 2)
         GROUP BY segment.state",
    )?;
    let (mut on_phone, mut sent, mut first) = (0, 0, None);
    let mut rows = unsettled.query([])?;
    while let Some(row) = rows.next()? {
        let (state, count, position): (DocumentState, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        match state {
            DocumentState::OnPhone => on_phone = unsigned(count),
            _ => sent = unsigned(count),
        }
        first = Some(first.map_or(position, |least: i64| least.min(position)));
    }
    let oldest: Option<i64> = conn
        .prepare_cached("SELECT written_ms FROM segment WHERE position = ?1")?
        .query_row([first], |row| row.get(0))
        .optional()?;
    Ok(Totals {
        documents: count("SELECT count(*) FROM document")?,
        on_phone,
        sent,
        accepted: count("SELECT count(*) FROM segment WHERE state = 0")?,
        attention: count("SELECT count(*) FROM parked")?,
        oldest_pending_ms: oldest.map(unsigned),
    })
}

/// What of a replica the server does not have: how many records of each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsent {
    /// Records with something that the server has not confirmed.
    pub records: BTreeMap<Kind, u64>,
    /// Operations that were not accepted and wait for the person.
    pub parked: u64,
    /// When the latest of it was written, in milliseconds since 1970.
    pub latest_ms: Option<u64>,
}

/// Counts what the server does not have.
pub fn unsent(conn: &Connection) -> Result<Unsent, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT document.kind, count(DISTINCT document.id), max(segment.written_ms)
         FROM document CROSS JOIN segment ON segment.document = document.id
         WHERE document.state > 0 AND +segment.state IN (1, 2) GROUP BY document.kind",
    )?;
    let mut rows = statement.query([])?;
    let (mut records, mut latest) = (BTreeMap::new(), None);
    while let Some(row) = rows.next()? {
        records.insert(row.get(0)?, unsigned(row.get(1)?));
        latest = latest.max(row.get::<_, Option<i64>>(2)?);
    }
    let (parked, written): (i64, Option<i64>) = conn
        .prepare_cached("SELECT count(*), max(written_ms) FROM parked")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Unsent {
        records,
        parked: unsigned(parked),
        latest_ms: latest.max(written).map(unsigned),
    })
}
