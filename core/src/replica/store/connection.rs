use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, InterruptHandle};

use super::open::{beside, open_reader, open_writer, prepare};
use super::version::check_sqlite_version;
use super::{StoreError, StoreKey};

/// How many connections read beside the writer.
const READERS: usize = 2;

/// How a store writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Wait for the disk at each commit: what was written survives power loss. Only simulations turn it off.
    pub synchronous_full: bool,
    /// What the file is encrypted with; `None` for a plain one. Needs the feature `encrypted`.
    pub key: Option<StoreKey>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            synchronous_full: true,
            key: None,
        }
    }
}

/// The replica's database: one writer, separate readers. Closures own the transaction, so none is left open.
#[derive(Debug)]
pub struct Store {
    path: Option<PathBuf>,
    // Dropped before the writer: whoever closes last folds the log into the file and removes it, and a reader cannot.
    readers: Vec<Reader>,
    writer: Mutex<Connection>,
}

struct Reader {
    connection: Mutex<Connection>,
    interrupt: InterruptHandle,
}

impl Store {
    /// Opens a replica's file or makes a new one.
    ///
    /// # Errors A file that is not ours, is damaged or newer, or a SQLite older than 3.51.3; the file is left
    /// as it is. Opening looks at the header only: damage further inside shows when it is read, or by
    /// [`Store::quick_check`].
    pub fn open(path: impl AsRef<Path>, options: Options) -> Result<Self, StoreError> {
        check_sqlite_version(rusqlite::version_number())?;
        let path = path.as_ref();
        let writer = open_writer(path, synchronous(options), options.key.as_ref())?;
        let readers = (0..READERS)
            .map(|_| {
                let connection = open_reader(path, options.key.as_ref())?;
                let interrupt = connection.get_interrupt_handle();
                Ok(Reader {
                    connection: Mutex::new(connection),
                    interrupt,
                })
            })
            .collect::<Result<_, StoreError>>()?;
        Ok(Self {
            path: Some(path.to_owned()),
            writer: Mutex::new(writer),
            readers,
        })
    }

    /// A store that lives in memory and ends with this value; reads go through its one connection.
    pub fn open_in_memory() -> Result<Self, StoreError> {
        check_sqlite_version(rusqlite::version_number())?;
        let mut writer = Connection::open_in_memory()?;
        prepare(&mut writer, Path::new(":memory:"), "off")?;
        Ok(Self {
            path: None,
            writer: Mutex::new(writer),
            readers: Vec::new(),
        })
    }

    /// The file, absent for a store in memory.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// How many bytes the replica takes on the disk, what SQLite keeps beside it included; 0 in memory.
    ///
    /// # Errors
    /// When the file system does not answer.
    pub fn bytes(&self) -> Result<u64, StoreError> {
        let Some(path) = &self.path else { return Ok(0) };
        let mut sum = 0;
        for file in [path.clone(), beside(path, "-wal"), beside(path, "-shm")] {
            sum += match file.metadata() {
                Ok(about) => about.len(),
                Err(error) if error.kind() == ErrorKind::NotFound => 0,
                Err(source) => {
                    return Err(StoreError::File {
                        action: "look at",
                        path: file,
                        source,
                    });
                }
            };
        }
        Ok(sum)
    }

    /// Runs `work` in the only write transaction and commits it; an error takes everything back.
    ///
    /// # Errors
    /// What `work` returns, or the commit's own; nothing was stored then.
    pub fn write<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let writer = lock(&self.writer);
        let open = Open::begin(&writer, "BEGIN IMMEDIATE")?;
        let done = work(&writer)?;
        open.commit()?;
        Ok(done)
    }

    /// Runs `work` on one unchanging picture of what is committed. Not to be called inside [`Store::write`].
    ///
    /// # Errors What `work` returns; [`StoreError::Sqlite`] with an interrupt when [`Store::interrupt_reads`]
    /// was called.
    pub fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let connection = self.reader();
        let _open = Open::begin(&connection, "BEGIN DEFERRED")?;
        work(&connection)
    }

    /// Ends the reads that are under way, for example because the person left the screen.
    pub fn interrupt_reads(&self) {
        for reader in &self.readers {
            reader.interrupt.interrupt();
        }
    }

    /// Folds the write-ahead log into the file, as far as no reader needs it; for a quiet moment: the log is
    /// written from its start again, which is cheaper for the disk than growing it.
    ///
    /// # Errors
    /// When the disk refuses; nothing is lost then.
    pub fn tidy(&self) -> Result<(), StoreError> {
        let writer = lock(&self.writer);
        Ok(writer.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?)
    }

    /// Reads the whole file and looks for damage; slow, for a diagnosis and after a failed write.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] naming the first finding.
    pub fn quick_check(&self) -> Result<(), StoreError> {
        let finding = self.read(|conn| -> Result<String, StoreError> {
            Ok(conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?)
        });
        let detail = match finding {
            Ok(finding) if finding == "ok" => return Ok(()),
            Ok(finding) => finding,
            Err(error) if error.is_corruption() => error.to_string(),
            Err(error) => return Err(error),
        };
        let path = self.path.clone().unwrap_or_else(|| PathBuf::from(":memory:"));
        Err(StoreError::Corrupt { path, detail })
    }

    /// A free reader, or the first to become free.
    fn reader(&self) -> MutexGuard<'_, Connection> {
        let Some(first) = self.readers.first() else {
            return lock(&self.writer);
        };
        self.readers
            .iter()
            .find_map(|reader| reader.connection.try_lock().ok())
            .unwrap_or_else(|| lock(&first.connection))
    }
}

/// An open transaction; rolled back unless it is committed. Its statements are prepared once for each connection,
/// where rusqlite's own transaction has them parsed anew each time.
struct Open<'a>(Option<&'a Connection>);

impl<'a> Open<'a> {
    fn begin(connection: &'a Connection, how: &str) -> Result<Self, StoreError> {
        connection.prepare_cached(how)?.execute([])?;
        Ok(Self(Some(connection)))
    }

    fn commit(mut self) -> Result<(), StoreError> {
        if let Some(connection) = self.0 {
            connection.prepare_cached("COMMIT")?.execute([])?;
            self.0 = None;
        }
        Ok(())
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        // A full disk or an interrupt may have ended it already.
        if let Some(connection) = self.0.filter(|connection| !connection.is_autocommit()) {
            let _ = connection
                .prepare_cached("ROLLBACK")
                .and_then(|mut rollback| rollback.execute([]));
        }
    }
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").finish_non_exhaustive()
    }
}

fn synchronous(options: Options) -> &'static str {
    if options.synchronous_full { "full" } else { "off" }
}

/// A panic in a closure rolled its transaction back on the way out, so the connection is in order.
fn lock(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}
