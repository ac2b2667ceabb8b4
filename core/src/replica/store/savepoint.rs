use rusqlite::Connection;

use super::StoreError;

/// A part of a transaction that can be taken back alone.
#[derive(Debug)]
#[must_use = "keep it or take it back"]
pub struct Savepoint<'a>(&'a Connection);

impl<'a> Savepoint<'a> {
    /// Begins one.
    pub fn begin(tx: &'a Connection) -> Result<Self, StoreError> {
        tx.execute_batch("SAVEPOINT part")?;
        Ok(Self(tx))
    }

    /// What was written since stands.
    pub fn keep(self) -> Result<(), StoreError> {
        Ok(self.0.execute_batch("RELEASE part")?)
    }

    /// What was written since is taken back.
    pub fn take_back(self) -> Result<(), StoreError> {
        Ok(self.0.execute_batch("ROLLBACK TO part; RELEASE part")?)
    }
}
