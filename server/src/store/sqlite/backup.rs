//! Copies of the database that can be taken away, while a server writes to it.

use std::fs::File;
use std::path::Path;

use super::{FILE, open};
use crate::store::{Result, StoreError};

/// Writes a copy of the database in `folder`, as of one moment, to the new file `to`, readable by its owner only: it
/// holds the server's key. The copy is on the disk and was read through when this returns.
///
/// # Errors
/// No server there, a file that exists already or cannot be written, or a damaged database.
pub fn copy(folder: &Path, to: &Path) -> Result<()> {
    let path = folder.join(FILE);
    if open::is_vacant(&path) {
        return Err(StoreError::Missing(folder.to_owned()));
    }
    let unusable = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::StorageFull => StoreError::Full,
        _ => StoreError::Unusable {
            path: to.to_owned(),
            problem: error.to_string(),
        },
    };
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(to).map_err(unusable)?;
    let name = to.to_str().ok_or_else(|| StoreError::Unusable {
        path: to.to_owned(),
        problem: "its name is not UTF-8; choose another one".to_owned(),
    })?;
    let session = open::source(&path)?;
    // One read transaction from beginning to end: writers go on beside it.
    session.change("VACUUM INTO ?1", [name])?;
    drop(session);
    check(to)?;
    let file = File::options().write(true).open(to).map_err(unusable)?;
    file.sync_all().map_err(unusable)
}

/// Reads a database through: every page, every index, and that it is ours.
///
/// # Errors
/// [`StoreError::Corrupt`] with the first finding; a file of something else or of a newer program.
pub fn check(path: &Path) -> Result<()> {
    let session = open::source(path)?;
    let finding: Option<String> = session.one("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    match finding.as_deref() {
        Some("ok") => Ok(()),
        other => Err(StoreError::Corrupt {
            path: path.to_owned(),
            problem: other.unwrap_or("it cannot be checked").replace('\n', " "),
        }),
    }
}

/// Copies a backup to where a server will be, readable by its owner only and on the disk when this returns.
///
/// # Errors
/// A file that cannot be read or written.
pub fn copy_file(from: &Path, to: &Path) -> Result<()> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::StorageFull => StoreError::Full,
            _ => StoreError::Unusable {
                path,
                problem: error.to_string(),
            },
        }
    };
    let mut source = File::open(from).map_err(failed(from))?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut target = options.open(to).map_err(failed(to))?;
    std::io::copy(&mut source, &mut target).map_err(failed(to))?;
    target.sync_all().map_err(failed(to))
}
