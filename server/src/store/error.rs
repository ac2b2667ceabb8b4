use std::path::{Path, PathBuf};

use fieldbook_core::model::DocumentId;

/// The result of a store's call.
pub type Result<T> = std::result::Result<T, StoreError>;

/// Why the store could not do it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// No server was made in this folder.
    #[error("there is no server in {folder}; make one with `fieldbook init --data {folder}`", folder = .0.display())]
    Missing(PathBuf),
    /// A server exists in this folder already.
    #[error("{folder} already holds a server; choose another folder or use this one as it is", folder = .0.display())]
    Exists(PathBuf),
    /// This user may not use the folder or the file.
    #[error(
        "{path} may not be {deed} by this user; run fieldbook as the user whose data folder it is, or give this one the right",
        path = .path.display()
    )]
    Forbidden {
        /// Which file or folder.
        path: PathBuf,
        /// What it may not be: `read` or `written`.
        deed: &'static str,
    },
    /// The folder or the file cannot be used.
    #[error("{path}: {problem}", path = .path.display())]
    Unusable {
        /// Which file or folder.
        path: PathBuf,
        /// What the system says.
        problem: String,
    },
    /// Another server serves this folder.
    #[error(
        "the data folder {folder} is held by the server with process id {pid}; stop it or choose another folder",
        folder = .folder.display()
    )]
    Held {
        /// The data folder.
        folder: PathBuf,
        /// The holder's process id as it wrote it, `unknown` when it could not be read.
        pid: String,
    },
    /// The file is a database of something else.
    #[error("{path} is not a Fieldbook server database ({found}); nothing in it was changed", path = .path.display())]
    NotOurs {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        found: String,
    },
    /// The file was written by a newer program.
    #[error(
        "{path} has schema version {found}, this program knows versions up to {known}; use a newer program",
        path = .path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version in the file.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// The file is damaged.
    #[error("{path} is damaged ({problem}); it was left as it is, restore a backup beside it", path = .path.display())]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        problem: String,
    },
    /// A stored value is not what the schema says.
    #[error("table {table}, column {column}: {problem}")]
    Row {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// What is wrong.
        problem: String,
    },
    /// What is stored of a document does not read; it was accepted once, so the disk or a person changed it.
    #[error("the stored document {document} is damaged: {problem}")]
    DamagedDocument {
        /// The document.
        document: String,
        /// What is wrong.
        problem: String,
    },
    /// Something that must exist does not.
    #[error("{what} {id} does not exist here")]
    Unknown {
        /// What was looked for.
        what: &'static str,
        /// Its id or name.
        id: String,
    },
    /// Something of this name exists already.
    #[error("{what} {name:?} exists already; choose another name")]
    Taken {
        /// What has the name.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A document was named with another kind than it has.
    #[error("document {document} is a {found}, not a {expected}")]
    Kind {
        /// The document.
        document: String,
        /// The kind it has.
        found: String,
        /// The kind that was asked for.
        expected: String,
    },
    /// No room left on the disk: nothing was written, and it works again once there is room.
    #[error("the disk of the data folder is full; nothing was written")]
    Full,
    /// The disk failed to read or write.
    #[error("the disk of the data folder fails: {0}")]
    Disk(String),
    /// Another process held the database too long.
    #[error("another process is writing to the database; try again in a moment")]
    Busy,
    /// SQLite failed otherwise.
    #[error("the database refused: {0}")]
    Database(String),
    /// A write ended in a panic; its work was rolled back.
    #[error("a write failed inside the server; its work was rolled back")]
    Panicked,
    /// The store was opened to read only.
    #[error("the database was opened to read only")]
    ReadOnly,
    /// The writer has stopped: the server is shutting down.
    #[error("the server is shutting down")]
    Stopped,
}

impl StoreError {
    /// What is stored of `document` does not read.
    pub fn damaged_document(document: DocumentId, problem: impl Into<String>) -> Self {
        Self::DamagedDocument {
            document: document.to_string(),
            problem: problem.into(),
        }
    }

    /// Why a file or folder could not be read or written, as the system says it.
    pub fn of_file(path: &Path, deed: &'static str, error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                Self::Forbidden {
                    path: path.to_owned(),
                    deed,
                }
            }
            std::io::ErrorKind::StorageFull => Self::Full,
            _ => Self::Unusable {
                path: path.to_owned(),
                problem: error.to_string(),
            },
        }
    }

    /// True when trying again later can help: no room, a failing disk, a busy database, a server that stops.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Full | Self::Disk(_) | Self::Busy | Self::Stopped)
    }
}
