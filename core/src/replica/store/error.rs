use std::path::PathBuf;

/// What the store could not do. Whatever the error, the file is left as it is.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite could not open or create the file.
    #[error("cannot open {path}: {source}; check that its folder exists and may be written to", path = path.display())]
    Unopenable {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// The file is something else: another program's database, or no database at all.
    #[error("{path} is not a Fieldbook replica; nothing was changed, choose another file", path = path.display())]
    NotAReplica {
        /// The file.
        path: PathBuf,
    },
    /// A newer Fieldbook wrote the file.
    #[error(
        "{path} was written by a newer Fieldbook (version {found}, this one knows up to {supported}); \
         nothing was changed, update the app",
        path = path.display()
    )]
    NewerVersion {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The newest version this build knows.
        supported: i64,
    },
    /// The file is damaged.
    #[error(
        "{path} is damaged: {detail}; nothing was changed, quarantine it to save unsent work and sync into a new file",
        path = path.display()
    )]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
    /// The SQLite that was linked is known to lose data.
    #[error("SQLite {found} is linked, but only 3.51.3 or newer is safe; build with the bundled SQLite")]
    OldSqlite {
        /// Its version.
        found: String,
    },
    /// A key was given, but this build has no cipher.
    #[error(
        "this build cannot encrypt a replica; build it with the feature `encrypted`, nothing was written"
    )]
    NoCipher,
    /// A file operation around the database failed.
    #[error("cannot {action} {path}: {source}", path = path.display())]
    File {
        /// What was tried, for example `rename`.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// SQLite failed: a full disk, a locked file, a failed write. Nothing of the transaction was stored.
    #[error("the replica could not be read or written: {0}")]
    Sqlite(#[from] rusqlite::Error),
}

impl StoreError {
    /// Does the error mean that the file itself is damaged, so that it should be quarantined?
    pub fn is_corruption(&self) -> bool {
        match self {
            Self::Corrupt { .. } => true,
            Self::Sqlite(error) => is_corruption(error),
            _ => false,
        }
    }

    /// Does the error mean that the disk is full? What is stored can still be read.
    pub fn is_disk_full(&self) -> bool {
        matches!(self, Self::Sqlite(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull))
    }
}

/// Does SQLite say that the file is damaged, or does a row hold what nobody wrote into it?
pub(super) fn is_corruption(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
    match error {
        rusqlite::Error::FromSqlConversionFailure(..) | rusqlite::Error::InvalidColumnType(..) => true,
        other => matches!(other.sqlite_error_code(), Some(DatabaseCorrupt | NotADatabase)),
    }
}
