//! The embedded store: one SQLite file in WAL mode, one writer with group commit, separate readers.
//!
//! Several processes may write (the operator's commands while a server runs): SQLite's own lock orders them.
//! Nothing of the server may therefore trust a memory of its own over what a transaction reads.

mod append;
mod approvals;
mod audit;
pub mod backup;
mod ends;
mod equivocations;
mod future;
mod group;
mod identity;
mod lock;
mod log;
mod members;
mod open;
mod organisation;
#[cfg(test)]
mod plans;
mod proofs;
mod quarantine;
mod refusals;
mod restore;
mod rights;
mod rows;
mod session;
mod snapshots;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use lock::FolderLock;

use super::{Reader, Result, Store, StoreError, Writer};
use group::Group;
use session::Session;

/// The database's name in the data folder.
pub const FILE: &str = "server.db";
/// Readers kept open between uses.
const IDLE_READERS: usize = 8;

/// How a store is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Commits survive loss of power. Simulations turn it off.
    pub durable: bool,
    /// Writes run on the calling thread, one after another, instead of in groups on a thread of their own: for
    /// programs that must be deterministic.
    pub inline: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            durable: true,
            inline: false,
        }
    }
}

/// A store on SQLite. Clones share it; the file is closed when the last one goes.
#[derive(Clone)]
pub struct SqliteStore(Arc<Inner>);

struct Inner {
    writer: Backend,
    /// Absent in memory: there the writer's connection is the only one.
    readers: Option<Readers>,
}

enum Backend {
    ReadOnly,
    Inline(Box<Mutex<Session>>),
    Grouped(Group),
}

struct Readers {
    path: PathBuf,
    /// How another one is opened.
    open: fn(&Path) -> Result<Session>,
    idle: Mutex<Vec<Session>>,
}

impl std::fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let path = self.0.readers.as_ref().map(|readers| readers.path.as_path());
        f.debug_struct("SqliteStore")
            .field("path", &path)
            .finish_non_exhaustive()
    }
}

impl SqliteStore {
    /// Opens the server in `folder`.
    ///
    /// # Errors
    /// No server there, a file of something else, a newer or a damaged one: it is left as it is.
    pub fn open(folder: &Path, options: Options) -> Result<Self> {
        let path = folder.join(FILE);
        if open::is_vacant(&path) {
            return Err(StoreError::Missing(folder.to_owned()));
        }
        let store = Self::over(open::existing(&path, options.durable)?, Some(path), options)?;
        match store.read(|reader| reader.server()) {
            Ok(_) => Ok(store),
            // `init` was interrupted before it wrote who this server is.
            Err(StoreError::Unknown { .. }) => Err(StoreError::Missing(folder.to_owned())),
            Err(error) => Err(error),
        }
    }

    /// Opens a server's database wherever it is, to look into it; it is left as it is.
    ///
    /// # Errors
    /// A file of something else, or of a newer program.
    pub fn open_file(path: &Path) -> Result<Self> {
        let options = Options {
            durable: true,
            inline: true,
        };
        Self::over(open::source(path)?, None, options)
    }

    /// Makes the database in `folder` (and the folder); the caller then writes who the server is.
    ///
    /// # Errors
    /// A server exists there already, or the folder cannot be used.
    pub fn create(folder: &Path, options: Options) -> Result<Self> {
        open::make_folder(folder)?;
        let path = folder.join(FILE);
        let session = if open::is_vacant(&path) {
            open::fresh(&path, options.durable)?
        } else {
            open::existing(&path, options.durable)?
        };
        let store = Self::over(session, Some(path), options)?;
        match store.read(|reader| reader.server()) {
            Err(StoreError::Unknown { .. }) => Ok(store),
            Ok(_) => Err(StoreError::Exists(folder.to_owned())),
            Err(error) => Err(error),
        }
    }

    /// Opens the server in `folder` to read only: nothing in the folder changes, and a server may run on it meanwhile.
    ///
    /// # Errors
    /// No server there, a file of something else, of another version or a damaged one.
    pub fn open_read_only(folder: &Path) -> Result<Self> {
        let path = folder.join(FILE);
        if open::is_vacant(&path) {
            return Err(StoreError::Missing(folder.to_owned()));
        }
        let idle = Mutex::new(vec![open::observer(&path)?]);
        let readers = Some(Readers {
            path,
            open: open::observer,
            idle,
        });
        Ok(Self(Arc::new(Inner {
            writer: Backend::ReadOnly,
            readers,
        })))
    }

    /// An empty store in memory; writes run on the calling thread.
    ///
    /// # Errors
    /// Only when memory is short.
    pub fn open_in_memory() -> Result<Self> {
        Self::over(
            open::in_memory()?,
            None,
            Options {
                durable: false,
                inline: true,
            },
        )
    }

    fn over(session: Session, path: Option<PathBuf>, options: Options) -> Result<Self> {
        let writer = if options.inline {
            Backend::Inline(Box::new(Mutex::new(session)))
        } else {
            Backend::Grouped(Group::start(session)?)
        };
        let readers = path.map(|path| Readers {
            path,
            open: open::reader,
            idle: Mutex::default(),
        });
        Ok(Self(Arc::new(Inner { writer, readers })))
    }
}

impl Readers {
    fn with<T>(&self, f: impl FnOnce(&Session) -> Result<T>) -> Result<T> {
        let idle = lock(&self.idle).pop();
        let session = match idle {
            Some(session) => session,
            None => (self.open)(&self.path)?,
        };
        let result = session.snapshot(f);
        let mut idle = lock(&self.idle);
        if idle.len() < IDLE_READERS {
            idle.push(session);
        }
        result
    }
}

impl Store for SqliteStore {
    fn read<T>(&self, f: impl FnOnce(&dyn Reader) -> Result<T>) -> Result<T> {
        match (&self.0.readers, &self.0.writer) {
            (Some(readers), _) => readers.with(|session| f(session)),
            (None, Backend::Inline(session)) => lock(session).snapshot(|session| f(session)),
            (None, Backend::Grouped(_) | Backend::ReadOnly) => Err(StoreError::Stopped),
        }
    }

    fn transact<T, E>(
        &self,
        f: impl FnOnce(&mut dyn Writer) -> std::result::Result<T, E> + Send + 'static,
    ) -> std::result::Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match &self.0.writer {
            Backend::Inline(session) => group::inline(&mut lock(session), f),
            Backend::Grouped(group) => group.submit(f),
            Backend::ReadOnly => Err(E::from(StoreError::ReadOnly)),
        }
    }
}

/// A panic elsewhere does not make a connection unusable: its transaction was rolled back.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
