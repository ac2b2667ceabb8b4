//! Which files are refused, with which words, and that they stay as they are.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::replica::store::{Options, Store, StoreError, settings};

fn open(path: &Path) -> Result<Store, StoreError> {
    Store::open(path, Options::default())
}

/// A closed replica with something in it.
fn replica(folder: &Path) -> PathBuf {
    let path = folder.join("replica.db");
    let store = open(&path).unwrap();
    store
        .write(|tx| settings::put(tx, "cursor", &vec![7; 20_000]))
        .unwrap();
    path
}

/// Opening refuses the file, says this, and leaves every file of the folder as it is.
fn refused(path: &Path, says: &str) -> StoreError {
    let files = || {
        let mut files: Vec<_> = fs::read_dir(path.parent().unwrap())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| (path.clone(), fs::read(path).unwrap()))
            .collect();
        files.sort();
        files
    };
    let before = files();
    let error = open(path).unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains(says) && text.contains(&*path.to_string_lossy()),
        "{text}"
    );
    assert_eq!(files(), before, "the file stays as it is");
    error
}

#[test]
fn a_replica_opens_again_with_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = replica(folder.path());
    let store = open(&path).unwrap();
    assert_eq!(
        store.read(|conn| settings::get(conn, "cursor")).unwrap(),
        Some(vec![7; 20_000])
    );
    store.quick_check().unwrap();
    assert_eq!(store.path(), Some(path.as_path()));
}

#[test]
fn a_file_waits_for_the_disk_and_keeps_a_log() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&replica(folder.path())).unwrap();
    let (journal, synchronous, foreign_keys) = store
        .write(|tx| -> Result<_, StoreError> {
            let text = |name| tx.pragma_query_value(None, name, |row| row.get::<_, String>(0));
            let number = |name| tx.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
            Ok((
                text("journal_mode")?,
                number("synchronous")?,
                number("foreign_keys")?,
            ))
        })
        .unwrap();
    assert_eq!((journal.as_str(), synchronous, foreign_keys), ("wal", 2, 1));
    // Heard on Apple's systems only, where a sync is not one without them.
    let drive = |name| {
        store.write(|tx| -> Result<i64, StoreError> {
            Ok(tx.pragma_query_value(None, name, |row| row.get(0))?)
        })
    };
    assert_eq!(
        (
            drive("fullfsync").unwrap(),
            drive("checkpoint_fullfsync").unwrap()
        ),
        (1, 1)
    );
}

#[test]
fn something_else_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    fs::write(&path, "buy milk").unwrap();
    assert!(matches!(
        refused(&path, "is not a Fieldbook replica"),
        StoreError::NotAReplica { .. }
    ));
    fs::write(&path, vec![b'x'; 9_000]).unwrap();
    assert!(matches!(
        refused(&path, "is not a Fieldbook replica"),
        StoreError::NotAReplica { .. }
    ));
}

#[test]
fn another_programs_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.db");
    Connection::open(&path)
        .unwrap()
        .execute_batch("PRAGMA application_id = 7; CREATE TABLE t (a)")
        .unwrap();
    assert!(matches!(
        refused(&path, "choose another file"),
        StoreError::NotAReplica { .. }
    ));
    let plain = folder.path().join("plain.db");
    Connection::open(&plain)
        .unwrap()
        .execute_batch("CREATE TABLE t (a)")
        .unwrap();
    assert!(matches!(
        refused(&plain, "choose another file"),
        StoreError::NotAReplica { .. }
    ));
}

#[test]
fn a_newer_version_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = replica(folder.path());
    Connection::open(&path)
        .unwrap()
        .execute_batch("PRAGMA user_version = 99")
        .unwrap();
    let error = refused(&path, "update the app");
    assert!(
        matches!(
            error,
            StoreError::NewerVersion {
                found: 99,
                supported: 4,
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn a_truncated_file_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let path = replica(folder.path());
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() - 4_096]).unwrap();
    let error = refused(&path, "is damaged");
    assert!(error.is_corruption());
}

#[test]
fn damage_inside_shows_when_it_is_looked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = replica(folder.path());
    let mut bytes = fs::read(&path).unwrap();
    let pages = bytes.len() / 4_096;
    for page in 1..pages {
        bytes[page * 4_096..page * 4_096 + 8].fill(0xFF);
    }
    fs::write(&path, &bytes).unwrap();
    let found = open(&path).and_then(|store| store.quick_check()).unwrap_err();
    assert!(
        found.is_corruption() && found.to_string().contains("replica.db is damaged"),
        "{found}"
    );
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nowhere").join("replica.db");
    let error = open(&path).unwrap_err();
    assert!(
        error.to_string().contains("check that its folder exists"),
        "{error}"
    );
    let error = open(folder.path()).unwrap_err();
    assert!(
        error.to_string().contains(&*folder.path().to_string_lossy()),
        "{error}"
    );
}

#[test]
fn a_start_that_was_cut_short_is_started_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("replica.db");
    fs::write(&path, "").unwrap();
    open(&path).unwrap();
}
