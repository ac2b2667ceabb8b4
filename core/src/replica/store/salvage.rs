//! What can be saved of a damaged file. It may hold unsent work, so it is never deleted: it is moved aside,
//! and every recorded command that still reads is taken out of it.

use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::documents::DocumentState;
use super::key::unlock;
use super::open::beside;
use super::{StoreError, StoreKey};
use crate::document::Command;

/// Named bytes.
pub type Settings = Vec<(String, Vec<u8>)>;

/// A file that was moved aside, and what it held.
#[derive(Clone, Debug, PartialEq)]
pub struct Quarantined {
    /// Where the damaged file is now.
    pub path: PathBuf,
    /// The commands that the server may not have, each once: those with a known state in the order they were
    /// written, then those found in the raw bytes.
    pub commands: Vec<Salvaged>,
    /// Its settings, as far as they read.
    pub settings: Settings,
    /// How many rebases of every document it had skipped itself.
    pub rebases: u32,
}

/// A command taken out of a damaged file.
#[derive(Clone, Debug, PartialEq)]
pub struct Salvaged {
    /// What the person did.
    pub command: Command,
    /// How far it had got; [`DocumentState::Attention`] when it was parked, and `None` when it was found in
    /// raw bytes: it may have been sent, accepted or discarded long ago, so a person has to look at it.
    pub state: Option<DocumentState>,
}

/// The files that SQLite keeps together.
const SUFFIXES: [&str; 4] = ["", "-wal", "-shm", "-journal"];

/// Moves a damaged replica aside, as `path.suffix`, and takes the recorded commands out of it as far as they
/// read. No connection to it may be open. An encrypted one is only read with its key.
///
/// # Errors When a file of that name is there already, or a file cannot be moved or read. What has been moved
/// stays moved.
pub fn quarantine(path: &Path, suffix: &str, key: Option<&StoreKey>) -> Result<Quarantined, StoreError> {
    let aside = move_aside(path, suffix)?;
    let commands = salvage(&aside, key)?;
    let (settings, rebases) = settings(&aside, key).unwrap_or_default();
    Ok(Quarantined {
        path: aside,
        commands,
        settings,
        rebases,
    })
}

/// Moves a replica aside, as `path.suffix`, and leaves it as it is; says where it is now.
///
/// # Errors As [`quarantine`].
pub fn move_aside(path: &Path, suffix: &str) -> Result<PathBuf, StoreError> {
    let aside = beside(path, &format!(".{suffix}"));
    if aside.exists() {
        let source = std::io::Error::from(std::io::ErrorKind::AlreadyExists);
        return Err(StoreError::File {
            action: "move a damaged replica to",
            path: aside,
            source,
        });
    }
    for extra in SUFFIXES {
        let from = beside(path, extra);
        // The WAL must keep its name beside the database, or what is only in it is lost.
        let moved = std::fs::rename(&from, beside(&aside, extra));
        match moved {
            Err(source) if extra.is_empty() || source.kind() != std::io::ErrorKind::NotFound => {
                return Err(StoreError::File {
                    action: "move aside",
                    path: from,
                    source,
                });
            }
            _ => {}
        }
    }
    Ok(aside)
}

/// Reads all recorded commands that are left in a damaged file, which stays as it is.
fn salvage(path: &Path, key: Option<&StoreKey>) -> Result<Vec<Salvaged>, StoreError> {
    let mut found = Vec::new();
    // A file that SQLite refuses altogether still has its bytes.
    let complete = rows(path, key, &mut found).unwrap_or(false);
    if !complete {
        for extra in ["", "-wal"] {
            match std::fs::read(beside(path, extra)) {
                Ok(bytes) => carve(&bytes, &mut found),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(source) => {
                    return Err(StoreError::File {
                        action: "read",
                        path: beside(path, extra),
                        source,
                    });
                }
            }
        }
    }
    Ok(found)
}

/// Reads the settings that still read, and how many rebases were skipped.
fn settings(path: &Path, key: Option<&StoreKey>) -> Result<(Settings, u32), StoreError> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    unlock(&conn, key)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let mut found = Vec::new();
    let mut statement = conn.prepare("SELECT key, value FROM setting ORDER BY key")?;
    let mut rows = statement.query([])?;
    // Damage ends the walk; what came before it is good.
    while let Ok(Some(row)) = rows.next() {
        found.push((row.get(0)?, row.get(1)?));
    }
    let rebases = conn
        .query_row("SELECT count FROM rebase WHERE document = x''", [], |row| {
            row.get(0)
        })
        .unwrap_or(0);
    Ok((found, rebases))
}

/// Reads the unsettled outbox and what is parked. True when all of it was read.
fn rows(path: &Path, key: Option<&StoreKey>, found: &mut Vec<Salvaged>) -> Result<bool, StoreError> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    unlock(&conn, key)?;
    // Without this the last connection would write the WAL into the file, which is evidence now.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let outbox = ["ASC", "DESC"].map(|order| {
        // Damage ends a walk through a table, so the second walk comes from the other side.
        let sql = format!("SELECT command, state FROM segment WHERE +state > 0 ORDER BY position {order}");
        walk(&conn, &sql, found)
    });
    let parked = walk(&conn, "SELECT command, 3 FROM parked ORDER BY id", found);
    Ok(outbox.iter().all(|complete| *complete) && parked)
}

/// Takes what a statement yields until it ends or meets damage; true when it ended.
fn walk(conn: &Connection, sql: &str, found: &mut Vec<Salvaged>) -> bool {
    let Ok(mut statement) = conn.prepare(sql) else {
        return false;
    };
    let Ok(mut rows) = statement.query([]) else {
        return false;
    };
    loop {
        match rows.next() {
            Ok(None) => return true,
            Err(_) => return false,
            Ok(Some(row)) => {
                let (Ok(text), Ok(state)) = (row.get::<_, String>(0), row.get(1)) else {
                    return false;
                };
                let Ok(command) = serde_json::from_str(&text) else {
                    return false;
                };
                keep(
                    found,
                    Salvaged {
                        command,
                        state: Some(state),
                    },
                );
            }
        }
    }
}

/// Looks for commands in raw bytes: each is JSON that begins with its own name.
fn carve(bytes: &[u8], found: &mut Vec<Salvaged>) {
    const BEGINNING: &[u8] = b"{\"command\":\"";
    let mut rest = bytes;
    while let Some(at) = rest
        .windows(BEGINNING.len())
        .position(|window| window == BEGINNING)
    {
        rest = &rest[at..];
        let mut values = serde_json::Deserializer::from_slice(rest).into_iter::<Command>();
        if let Some(Ok(command)) = values.next() {
            keep(found, Salvaged { command, state: None });
        }
        rest = &rest[BEGINNING.len()..];
    }
}

fn keep(found: &mut Vec<Salvaged>, salvaged: Salvaged) {
    if found.iter().all(|known| known.command != salvaged.command) {
        found.push(salvaged);
    }
}
