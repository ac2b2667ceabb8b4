use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;

use fieldbook_core::model::TenantId;
use rusqlite::{Connection, ErrorCode, OptionalExtension, Params, Row};

use super::ends::Ends;
use crate::store::{Reader, Result, StoreError, Writer};

/// One connection, with what it has learnt about the numbers of organisations (they never change).
pub(super) struct Session {
    pub(super) connection: Connection,
    tenants: RefCell<BTreeMap<TenantId, i64>>,
    pub(super) ends: Ends,
}

impl Reader for Session {}
impl Writer for Session {}

impl Session {
    pub(super) fn new(connection: Connection) -> Self {
        Self {
            connection,
            tenants: RefCell::default(),
            ends: Ends::default(),
        }
    }

    /// The organisation's number, which every table uses.
    pub(super) fn tenant(&self, tenant: TenantId) -> Result<i64> {
        if let Some(number) = self.tenants.borrow().get(&tenant) {
            return Ok(*number);
        }
        let number = self
            .one(
                "SELECT number FROM tenant WHERE id = ?1",
                [tenant.as_bytes()],
                |row| row.get(0),
            )?
            .ok_or_else(|| StoreError::Unknown {
                what: "organisation",
                id: tenant.to_string(),
            })?;
        self.tenants.borrow_mut().insert(tenant, number);
        Ok(number)
    }

    /// Runs `f` on one snapshot.
    pub(super) fn snapshot<T>(&self, f: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        self.bound("BEGIN")?;
        let result = f(self);
        // Nothing was written: a rollback only ends the snapshot.
        self.bound("ROLLBACK")?;
        result
    }

    /// Forgets what a rolled back transaction may have taught.
    pub(super) fn forget(&self) {
        self.tenants.borrow_mut().clear();
        self.ends.forget();
    }

    /// Begins or ends a transaction, with a statement that is prepared once.
    pub(super) fn bound(&self, sql: &'static str) -> Result<()> {
        self.change(sql, []).map(|_| ())
    }

    pub(super) fn execute(&self, sql: &str) -> Result<()> {
        self.connection
            .execute_batch(sql)
            .map_err(|error| self.failed(&error))
    }

    /// The first row, if any.
    pub(super) fn one<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        let find = || {
            self.connection
                .prepare_cached(sql)?
                .query_row(params, read)
                .optional()
        };
        find().map_err(|error| self.failed(&error))
    }

    /// All rows.
    pub(super) fn all<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let list = || {
            self.connection
                .prepare_cached(sql)?
                .query_map(params, read)?
                .collect()
        };
        let rows: rusqlite::Result<Vec<T>> = list();
        rows.map_err(|error| self.failed(&error))
    }

    /// Writes; answers how many rows changed.
    pub(super) fn change(&self, sql: &str, params: impl Params) -> Result<usize> {
        let write = || self.connection.prepare_cached(sql)?.execute(params);
        write().map_err(|error| self.failed(&error))
    }

    /// Writes exactly one row.
    pub(super) fn change_one(
        &self,
        sql: &str,
        params: impl Params,
        what: &'static str,
        id: &str,
    ) -> Result<()> {
        match self.change(sql, params)? {
            1 => Ok(()),
            _ => Err(StoreError::Unknown {
                what,
                id: id.to_owned(),
            }),
        }
    }

    /// Inserts one row; a name that exists is [`StoreError::Taken`].
    pub(super) fn insert(
        &self,
        sql: &str,
        params: impl Params,
        what: &'static str,
        name: &str,
    ) -> Result<()> {
        let write = || self.connection.prepare_cached(sql)?.execute(params);
        match write() {
            Ok(_) => Ok(()),
            Err(error) if is_taken(&error) => Err(StoreError::Taken {
                what,
                name: name.to_owned(),
            }),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// What an error of SQLite means here.
    pub(super) fn failed(&self, error: &rusqlite::Error) -> StoreError {
        let path = self.connection.path().map(PathBuf::from).unwrap_or_default();
        translate(error, path)
    }
}

fn is_taken(error: &rusqlite::Error) -> bool {
    use rusqlite::ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE};
    let code = error.sqlite_error().map(|failure| failure.extended_code);
    matches!(
        code,
        Some(SQLITE_CONSTRAINT_PRIMARYKEY | SQLITE_CONSTRAINT_UNIQUE)
    )
}

/// What an error of SQLite on the file `path` means.
pub(super) fn translate(error: &rusqlite::Error, path: PathBuf) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreError::Full,
        Some(ErrorCode::SystemIoFailure) => StoreError::Disk(error.to_string()),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy,
        Some(ErrorCode::DatabaseCorrupt) => StoreError::Corrupt {
            path,
            problem: error.to_string(),
        },
        Some(ErrorCode::NotADatabase) => StoreError::NotOurs {
            path,
            found: "not an SQLite database".to_owned(),
        },
        Some(ErrorCode::PermissionDenied | ErrorCode::ReadOnly) => StoreError::Forbidden {
            path,
            deed: "written",
        },
        Some(ErrorCode::CannotOpen) => StoreError::Unusable {
            path,
            problem: error.to_string(),
        },
        _ => StoreError::Database(error.to_string()),
    }
}

/// SQLite's integers are signed; sequences and times stay far below the border.
pub(super) fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A stored integer that is never negative.
pub(super) fn unsigned(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}
