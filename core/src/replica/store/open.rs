use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::error::is_corruption;
use super::key::unlock;
use super::migrations::{APPLICATION_ID, migrate, supported};
use super::{StoreError, StoreKey};

/// Bytes of a page. A command changes about five pages wherever they are, and each goes whole into the write-ahead
/// log: half of SQLite's default costs a tenth less processor time for a command and reads as fast.
pub(super) const PAGE_SIZE: u32 = 2048;

/// Pages after which the write-ahead log is folded in and written from its start again. A log that grows changes
/// the file's length, which each commit then has to sync too; one folded in more often costs more than that.
const CHECKPOINT_PAGES: u32 = 250;

/// What the first bytes of a database file say.
struct Header {
    page_size: u64,
    pages: u64,
    version: i64,
    application_id: i64,
}

/// Opens the writer: refuses what is not ours before SQLite touches it, then brings the schema up to date.
pub(super) fn open_writer(
    path: &Path,
    synchronous: &str,
    key: Option<&StoreKey>,
) -> Result<Connection, StoreError> {
    if key.is_none() {
        // An encrypted file has no header that could be read.
        refuse_by_header(path)?;
    }
    let unopenable = |source| StoreError::Unopenable {
        path: path.to_owned(),
        source,
    };
    let mut conn = Connection::open(path).map_err(unopenable)?;
    unlock(&conn, key).map_err(|error| name_file(error, path))?;
    prepare(&mut conn, path, synchronous).map_err(|error| name_file(error, path))?;
    Ok(conn)
}

/// Opens a connection that only reads.
pub(super) fn open_reader(path: &Path, key: Option<&StoreKey>) -> Result<Connection, StoreError> {
    use rusqlite::OpenFlags;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let unopenable = |source| StoreError::Unopenable {
        path: path.to_owned(),
        source,
    };
    let conn = Connection::open_with_flags(path, flags).map_err(unopenable)?;
    unlock(&conn, key).map_err(|error| name_file(error, path))?;
    tune(&conn).map_err(|error| name_file(error.into(), path))?;
    Ok(conn)
}

/// Checks what the database says of itself, migrates it and sets how it writes.
pub(super) fn prepare(conn: &mut Connection, path: &Path, synchronous: &str) -> Result<(), StoreError> {
    tune(conn)?;
    let number = |name: &str| conn.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (application_id, found, tables) = (
        number("application_id")?,
        number("user_version")?,
        number("schema_version")?,
    );
    let fresh = application_id == 0 && found == 0 && tables == 0;
    if !fresh && application_id != APPLICATION_ID {
        return Err(StoreError::NotAReplica {
            path: path.to_owned(),
        });
    }
    if found > supported() {
        return Err(newer(path, found));
    }
    if fresh {
        conn.pragma_update(None, "page_size", PAGE_SIZE)?;
    }
    conn.pragma_update(None, "synchronous", synchronous)?;
    // On Apple's systems a plain fsync ends in the drive's own memory; elsewhere these change nothing.
    conn.pragma_update(None, "fullfsync", true)?;
    conn.pragma_update(None, "checkpoint_fullfsync", true)?;
    // The first migration goes in before the WAL exists, so that even a file whose WAL was lost says whose it
    // is.
    migrate(conn, found)?;
    conn.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
    conn.pragma_update_and_check(None, "wal_autocheckpoint", CHECKPOINT_PAGES, |_| Ok(()))?;
    Ok(())
}

/// Settings of every connection.
fn tune(conn: &Connection) -> rusqlite::Result<()> {
    conn.set_prepared_statement_cache_capacity(128);
    conn.busy_timeout(std::time::Duration::from_secs(5))?;
    conn.pragma_update(None, "foreign_keys", true)?;
    // A plan that depends on bound values would be made anew each time a prepared statement is used again.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // Sorting never writes to a disk that may be full.
    conn.pragma_update(None, "temp_store", "memory")
}

/// Looks at the file without SQLite, which would roll back or checkpoint what may be somebody else's.
fn refuse_by_header(path: &Path) -> Result<(), StoreError> {
    let not_ours = || StoreError::NotAReplica {
        path: path.to_owned(),
    };
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(source) => {
            return Err(StoreError::File {
                action: "open",
                path: path.to_owned(),
                source,
            });
        }
    };
    let read = |source| StoreError::File {
        action: "read",
        path: path.to_owned(),
        source,
    };
    let length = file.metadata().map_err(read)?.len();
    if length == 0 {
        return Ok(());
    }
    let mut bytes = [0u8; 100];
    match file.read_exact(&mut bytes) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Err(not_ours()),
        Err(source) => return Err(read(source)),
        Ok(()) => {}
    }
    let Some(header) = Header::parse(&bytes) else {
        return Err(not_ours());
    };
    if header.application_id != APPLICATION_ID {
        // A first start that was cut short leaves a rollback journal; SQLite takes it back to an empty file.
        return if beside(path, "-journal").exists() {
            Ok(())
        } else {
            Err(not_ours())
        };
    }
    if header.version > supported() {
        return Err(newer(path, header.version));
    }
    let expected = header.page_size * header.pages;
    if length < expected && !beside(path, "-wal").exists() && !beside(path, "-journal").exists() {
        let detail = format!("{length} of {expected} bytes are there");
        return Err(StoreError::Corrupt {
            path: path.to_owned(),
            detail,
        });
    }
    Ok(())
}

impl Header {
    /// Reads the database header (sqlite.org/fileformat2.html §1.3); `None` when it is none.
    fn parse(bytes: &[u8; 100]) -> Option<Self> {
        if !bytes.starts_with(b"SQLite format 3\0") {
            return None;
        }
        let number = |at: usize| {
            bytes[at..]
                .iter()
                .take(4)
                .fold(0_i64, |sum, byte| sum << 8 | i64::from(*byte))
        };
        let page_size = match u64::from(bytes[16]) << 8 | u64::from(bytes[17]) {
            1 => 65_536,
            size => size,
        };
        Some(Self {
            page_size,
            pages: u64::try_from(number(28)).ok()?,
            version: number(60),
            application_id: number(68),
        })
    }
}

fn newer(path: &Path, found: i64) -> StoreError {
    StoreError::NewerVersion {
        path: path.to_owned(),
        found,
        supported: supported(),
    }
}

/// The file that SQLite keeps beside the database under this suffix.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Says which file it was when SQLite found damage.
pub(super) fn name_file(error: StoreError, path: &Path) -> StoreError {
    match error {
        StoreError::Sqlite(source) if is_corruption(&source) => StoreError::Corrupt {
            path: path.to_owned(),
            detail: source.to_string(),
        },
        other => other,
    }
}
