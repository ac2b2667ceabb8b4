//! How much of the work is where.

use rusqlite::{Connection, OptionalExtension};

use super::StoreError;
use super::values::unsigned;

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
    let oldest = "SELECT written_ms FROM segment WHERE position =
        (SELECT min(position) FROM segment WHERE state IN (1, 2))";
    let oldest: Option<i64> = conn
        .prepare_cached(oldest)?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(Totals {
        documents: count("SELECT count(*) FROM document")?,
        on_phone: count("SELECT count(*) FROM segment WHERE state = 2")?,
        sent: count("SELECT count(*) FROM segment WHERE state = 1")?,
        accepted: count("SELECT count(*) FROM segment WHERE state = 0")?,
        attention: count("SELECT count(*) FROM parked")?,
        oldest_pending_ms: oldest.map(unsigned),
    })
}
