use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// A folder for one story's files, in memory where the system has a place for that.
///
/// # Errors
/// When no folder can be made.
pub(crate) fn ground() -> io::Result<TempDir> {
    let memory = Path::new("/dev/shm");
    let builder = || {
        let mut builder = tempfile::Builder::new();
        builder.prefix("fieldbook-simulate-");
        builder
    };
    if memory.is_dir()
        && let Ok(folder) = builder().tempdir_in(memory)
    {
        return Ok(folder);
    }
    builder().tempdir()
}

/// Copies a database as a killed process would leave it: the file and its write-ahead log, while they are open. The
/// index of the log (`-shm`) is rebuilt from it.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn copy_as_killed(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::copy(from, to)?;
    let log = beside(from, "-wal");
    if log.exists() {
        std::fs::copy(log, beside(to, "-wal"))?;
    }
    Ok(())
}

/// Removes a database that nobody has open any more.
pub(crate) fn remove(path: &Path) {
    for name in [path.to_owned(), beside(path, "-wal"), beside(path, "-shm")] {
        // What is not there needs no removing.
        let _ = std::fs::remove_file(name);
    }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
