use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use crate::store::{Result, StoreError};

/// The lock's name in the data folder.
const FILE: &str = "server.lock";

/// Only one `serve` at a time on a data folder. The system releases it when the process ends, however it ends.
///
/// The operator's short commands do not take it: they are single transactions that SQLite orders.
#[derive(Debug)]
pub struct FolderLock {
    _file: File,
}

impl FolderLock {
    /// Takes the lock and writes down our process id.
    ///
    /// # Errors
    /// [`StoreError::Held`] with the holder's process id, or why the file cannot be used.
    pub fn acquire(folder: &Path) -> Result<Self> {
        let path = folder.join(FILE);
        let unusable = |error: std::io::Error| StoreError::of_file(&path, "written", &error);
        let mut file = OpenOptions::new()
            .create(true)
            .read(true)
            .write(true)
            .truncate(false)
            .open(&path)
            .map_err(unusable)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(StoreError::Held {
                    folder: folder.to_owned(),
                    pid: holder(&mut file),
                });
            }
            Err(TryLockError::Error(error)) => return Err(unusable(error)),
        }
        file.set_len(0).map_err(unusable)?;
        file.write_all(std::process::id().to_string().as_bytes())
            .map_err(unusable)?;
        Ok(Self { _file: file })
    }
}

fn holder(file: &mut File) -> String {
    let mut text = String::new();
    let read = file
        .rewind()
        .and_then(|()| file.take(20).read_to_string(&mut text));
    let pid = text.trim();
    if read.is_ok() && !pid.is_empty() {
        pid.to_owned()
    } else {
        "unknown".to_owned()
    }
}
