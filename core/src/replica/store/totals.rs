//! How much of the work is where.

use rusqlite::Connection;

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
    let mut totals = Totals::default();
    let mut pending = 0;
    let mut statement = conn.prepare_cached(
        "SELECT state, count(*), min(written_ms) FROM outbox WHERE state <> 0 GROUP BY state",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let count = unsigned(row.get(1)?);
        let oldest = unsigned(row.get(2)?);
        match row.get::<_, i64>(0)? {
            1 => totals.sent = count,
            _ => totals.on_phone += count,
        }
        pending += count;
        totals.oldest_pending_ms = Some(totals.oldest_pending_ms.map_or(oldest, |known| known.min(oldest)));
    }
    let count = |sql: &str| -> Result<u64, StoreError> {
        Ok(unsigned(
            conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?,
        ))
    };
    totals.accepted = count("SELECT count(*) FROM outbox")?.saturating_sub(pending);
    totals.attention = count("SELECT count(*) FROM parked")?;
    totals.documents = count("SELECT count(*) FROM document")?;
    Ok(totals)
}
