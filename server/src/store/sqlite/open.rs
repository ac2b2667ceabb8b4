use std::io::Read;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::session::{Session, translate};
use crate::store::{Result, StoreError};

/// "FBSV" in the file's header: a Fieldbook server's database.
const APPLICATION_ID: i64 = 0x4642_5356;
/// Older SQLite can damage a WAL database when it is reset (fixed in 3.51.3).
const OLDEST_SQLITE: i32 = 3_051_003;
/// Files up to this size are checked page by page when they are opened; larger ones would delay the start.
const CHECKED_BYTES: u64 = 64 << 20;

/// The steps from one version of the schema to the next; the file's `user_version` counts them.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/001-server.sql"),
    include_str!("migrations/002-past-roles.sql"),
    include_str!("migrations/003-drained.sql"),
];

/// Is there nothing at `path`, or only the empty file of an interrupted start? What may not be looked at is not vacant.
pub(super) fn is_vacant(path: &Path) -> bool {
    match std::fs::metadata(path) {
        Ok(found) => found.is_file() && found.len() == 0,
        Err(error) => error.kind() != std::io::ErrorKind::PermissionDenied,
    }
}

/// Makes the data folder, readable by its owner only: it holds the server's key.
pub(super) fn make_folder(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .map_err(|error| StoreError::of_file(folder, "written", &error))
}

pub(super) fn in_memory() -> Result<Session> {
    recent_enough(rusqlite::version_number())?;
    let session = Session::new(Connection::open_in_memory().map_err(|e| translate(&e, ":memory:".into()))?);
    session.execute("PRAGMA foreign_keys = ON")?;
    migrate(&session, 0)?;
    Ok(session)
}

/// Makes the database at `path`, whole or not at all: it is made beside it and takes its name once it has its schema.
pub(super) fn fresh(path: &Path, durable: bool) -> Result<Session> {
    let unusable = |error: std::io::Error| StoreError::of_file(path, "written", &error);
    let draft = path.with_extension(format!("new-{}", std::process::id()));
    let made = make(&draft, durable).and_then(|()| {
        // What an interrupted start left behind is empty; a database that came meanwhile is not replaced.
        if is_vacant(path) && path.exists() {
            std::fs::remove_file(path).map_err(unusable)?;
        }
        match std::fs::hard_link(&draft, path) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
            linked => linked.map_err(unusable),
        }
    });
    for leftover in ["", "-wal", "-shm"] {
        let mut name = draft.clone().into_os_string();
        name.push(leftover);
        // The draft has its other name by now, or was not made.
        let _ = std::fs::remove_file(name);
    }
    made?;
    existing(path, durable)
}

/// A database with the schema in a file of its own, readable by its owner only: it holds the server's key. The files
/// that SQLite puts beside it inherit that.
fn make(path: &Path, durable: bool) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .map_err(|error| StoreError::of_file(path, "written", &error))?;
    let session = connect(path, OpenFlags::empty())?;
    settle(&session, durable)?;
    migrate(&session, 0)
}

/// Opens a file that must be ours, touching nothing before that is sure.
pub(super) fn existing(path: &Path, durable: bool) -> Result<Session> {
    check_magic(path)?;
    let session = connect(path, OpenFlags::empty())?;
    check_writable(&session, path)?;
    let found = check_ours(&session, path)?;
    check_pages(&session, path)?;
    settle(&session, durable)?;
    migrate(&session, usize::try_from(found).unwrap_or(0))?;
    Ok(session)
}

/// A server that can only read would refuse every phone at its first word: it does not start.
fn check_writable(session: &Session, path: &Path) -> Result<()> {
    let is_readonly = session.connection.is_readonly(rusqlite::MAIN_DB);
    if is_readonly.map_err(|error| session.failed(&error))? {
        return Err(StoreError::Forbidden {
            path: path.to_owned(),
            deed: "written",
        });
    }
    Ok(())
}

/// Is it ours, and of a version that we know? Returns that.
fn check_ours(session: &Session, path: &Path) -> Result<i64> {
    let application = pragma(session, "application_id")?;
    if application != APPLICATION_ID {
        return Err(StoreError::NotOurs {
            path: path.to_owned(),
            found: format!("an SQLite database with application id {application:#010x}"),
        });
    }
    let (found, known) = (pragma(session, "user_version")?, MIGRATIONS.len() as i64);
    if found > known {
        return Err(StoreError::Newer {
            path: path.to_owned(),
            found,
            known,
        });
    }
    Ok(found)
}

/// A connection that only reads a file that must be ours, of any version that we know, and changes nothing about it.
pub(super) fn source(path: &Path) -> Result<Session> {
    check_magic(path)?;
    let session = connect(path, OpenFlags::empty())?;
    check_ours(&session, path)?;
    Ok(session)
}

/// A connection that only reads.
pub(super) fn reader(path: &Path) -> Result<Session> {
    let session = connect(path, OpenFlags::empty())?;
    session.execute("PRAGMA cache_size = -2000; PRAGMA query_only = ON")?;
    Ok(session)
}

/// A connection that cannot write, to a file that must be ours and of this version.
pub(super) fn observer(path: &Path) -> Result<Session> {
    check_magic(path)?;
    let session = connect_with(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let application = pragma(&session, "application_id")?;
    if application != APPLICATION_ID {
        return Err(StoreError::NotOurs {
            path: path.to_owned(),
            found: format!("an SQLite database with application id {application:#010x}"),
        });
    }
    let (found, known) = (pragma(&session, "user_version")?, MIGRATIONS.len() as i64);
    if found == known {
        return Ok(session);
    }
    Err(StoreError::Newer {
        path: path.to_owned(),
        found,
        known,
    })
}

fn connect(path: &Path, extra: OpenFlags) -> Result<Session> {
    connect_with(path, OpenFlags::SQLITE_OPEN_READ_WRITE | extra)
}

fn connect_with(path: &Path, access: OpenFlags) -> Result<Session> {
    recent_enough(rusqlite::version_number())?;
    let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX | access;
    let connection =
        Connection::open_with_flags(path, flags).map_err(|error| translate(&error, path.to_owned()))?;
    connection.set_prepared_statement_cache_capacity(256);
    // Otherwise SQLite looks at the values of parameters (a LIMIT, say) and prepares a statement anew when they change.
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .map_err(|error| translate(&error, path.to_owned()))?;
    connection
        .busy_timeout(Duration::from_secs(10))
        .map_err(|error| translate(&error, path.to_owned()))?;
    Ok(Session::new(connection))
}

fn settle(session: &Session, durable: bool) -> Result<()> {
    let synchronous = if durable { "FULL" } else { "OFF" };
    session.execute(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; PRAGMA foreign_keys = ON;
         PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864"
    ))
}

/// Takes the missing steps, all or none.
fn migrate(session: &Session, done: usize) -> Result<()> {
    let Some(missing) = MIGRATIONS.get(done..).filter(|missing| !missing.is_empty()) else {
        return Ok(());
    };
    session.execute(&format!(
        "BEGIN IMMEDIATE; {} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {}; COMMIT",
        missing.concat(),
        MIGRATIONS.len()
    ))
}

fn pragma(session: &Session, name: &str) -> Result<i64> {
    let read = session
        .connection
        .pragma_query_value(None, name, |row| row.get(0));
    read.map_err(|error| session.failed(&error))
}

/// Every SQLite file starts with the same 16 bytes.
fn check_magic(path: &Path) -> Result<()> {
    let mut start = [0u8; 16];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut start));
    match read {
        Ok(()) if &start == b"SQLite format 3\0" => Ok(()),
        Ok(()) => Err(StoreError::NotOurs {
            path: path.to_owned(),
            found: "not an SQLite database".to_owned(),
        }),
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Err(StoreError::NotOurs {
            path: path.to_owned(),
            found: "a file of a few bytes".to_owned(),
        }),
        Err(error) => Err(StoreError::of_file(path, "read", &error)),
    }
}

fn check_pages(session: &Session, path: &Path) -> Result<()> {
    if std::fs::metadata(path).map_or(0, |found| found.len()) > CHECKED_BYTES {
        return Ok(());
    }
    let corrupt = |problem: String| StoreError::Corrupt {
        path: path.to_owned(),
        problem,
    };
    let check = session
        .connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0));
    match check {
        Ok(answer) if answer == "ok" => Ok(()),
        Ok(problem) => Err(corrupt(problem.replace('\n', " "))),
        Err(error) => Err(match session.failed(&error) {
            StoreError::Database(problem) => corrupt(problem),
            other => other,
        }),
    }
}

fn recent_enough(version: i32) -> Result<()> {
    if version >= OLDEST_SQLITE {
        return Ok(());
    }
    Err(StoreError::Database(format!(
        "SQLite {}.{}.{} can damage databases; 3.51.3 or newer is needed",
        version / 1_000_000,
        version / 1000 % 1000,
        version % 1000
    )))
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn an_sqlite_that_can_damage_files_is_refused() {
        assert!(recent_enough(3_051_002).is_err());
        assert!(recent_enough(3_051_003).is_ok());
        assert!(recent_enough(rusqlite::version_number()).is_ok());
    }

    #[test]
    fn another_limit_does_not_prepare_a_statement_anew() {
        let folder = TempDir::new().unwrap();
        let session = connect(&folder.path().join("any.db"), OpenFlags::SQLITE_OPEN_CREATE).unwrap();
        session
            .execute("CREATE TABLE row (id INTEGER PRIMARY KEY); INSERT INTO row VALUES (1), (2), (3)")
            .unwrap();
        let sql = "SELECT id FROM row ORDER BY id LIMIT ?1";
        let mut statement = session.connection.prepare(sql).unwrap();
        for limit in 1..=3_usize {
            let rows = statement
                .query_map([i64::try_from(limit).unwrap()], |row| row.get::<_, i64>(0))
                .unwrap();
            assert_eq!(rows.count(), limit);
        }
        assert_eq!(statement.get_status(StatementStatus::RePrepare), 0);
    }
}
