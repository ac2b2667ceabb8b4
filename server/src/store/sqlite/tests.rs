use std::path::Path;

use tempfile::TempDir;

use super::{FILE, FolderLock, Options, SqliteStore};
use crate::store::suite::{fixture, store_suite};
use crate::store::{Store, StoreError};

const INLINE: Options = Options {
    durable: true,
    inline: true,
};

fn in_memory_store() -> (SqliteStore, ()) {
    (SqliteStore::open_in_memory().unwrap(), ())
}

fn grouped_store() -> (SqliteStore, TempDir) {
    let folder = TempDir::new().unwrap();
    (
        SqliteStore::create(folder.path(), Options::default()).unwrap(),
        folder,
    )
}

fn inline_store() -> (SqliteStore, TempDir) {
    let folder = TempDir::new().unwrap();
    (
        SqliteStore::create(
            folder.path(),
            Options {
                durable: false,
                inline: true,
            },
        )
        .unwrap(),
        folder,
    )
}

mod in_memory {
    use super::*;
    store_suite!(crate::store::sqlite::tests::in_memory_store);
}

mod grouped {
    use super::*;
    store_suite!(crate::store::sqlite::tests::grouped_store);
}

mod inline {
    use super::*;
    store_suite!(crate::store::sqlite::tests::inline_store);
}

/// A server in a folder, closed again.
fn founded() -> TempDir {
    let (store, folder) = grouped_store();
    fixture(&store);
    folder
}

fn open(folder: &Path) -> Result<SqliteStore, StoreError> {
    SqliteStore::open(folder, Options::default())
}

#[test]
fn what_was_written_is_there_after_a_reopen() {
    let (store, folder) = grouped_store();
    let f = fixture(&store);
    f.append(&store, 100, f.reps[0], b"kept");
    drop(store);
    let again = open(folder.path()).unwrap();
    assert_eq!(again.read(|r| r.head(f.tenant)).unwrap().sequence, 1);
}

#[test]
fn a_folder_without_a_server_says_so() {
    let folder = TempDir::new().unwrap();
    assert_eq!(
        open(folder.path()).unwrap_err(),
        StoreError::Missing(folder.path().to_owned())
    );
    // An interrupted `init` leaves an empty database: no server yet, and `init` goes on with it.
    drop(SqliteStore::create(folder.path(), INLINE).unwrap());
    assert_eq!(
        open(folder.path()).unwrap_err(),
        StoreError::Missing(folder.path().to_owned())
    );
    let store = SqliteStore::create(folder.path(), INLINE).unwrap();
    fixture(&store);
    drop(store);
    assert_eq!(
        SqliteStore::create(folder.path(), INLINE).unwrap_err(),
        StoreError::Exists(folder.path().to_owned())
    );
}

#[test]
fn a_file_of_something_else_is_refused_and_left_alone() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(FILE);
    for content in [&b"hello"[..], &[7u8; 9000]] {
        std::fs::write(&path, content).unwrap();
        assert!(matches!(open(folder.path()), Err(StoreError::NotOurs { .. })));
        assert_eq!(std::fs::read(&path).unwrap(), content);
    }
    std::fs::remove_file(&path).unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other
        .execute_batch("CREATE TABLE recipe (name TEXT); PRAGMA application_id = 42")
        .unwrap();
    drop(other);
    let before = std::fs::read(&path).unwrap();
    let error = open(folder.path()).unwrap_err();
    assert!(matches!(&error, StoreError::NotOurs { .. }), "{error}");
    assert!(error.to_string().contains("server.db"), "{error}");
    assert_eq!(std::fs::read(&path).unwrap(), before, "untouched");
}

#[test]
fn a_newer_file_is_refused_and_left_alone() {
    let folder = founded();
    let path = folder.path().join(FILE);
    let newer = rusqlite::Connection::open(&path).unwrap();
    newer
        .execute_batch("PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)")
        .unwrap();
    drop(newer);
    let before = std::fs::read(&path).unwrap();
    let error = open(folder.path()).unwrap_err();
    assert!(
        matches!(
            error,
            StoreError::Newer {
                found: 99,
                known: 3,
                ..
            }
        ),
        "{error}"
    );
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn a_damaged_file_is_refused_and_left_alone() {
    for page in [1usize, 3, 6] {
        let folder = founded();
        let path = folder.path().join(FILE);
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[page * 4096..page * 4096 + 4096].fill(0xa5);
        std::fs::write(&path, &bytes).unwrap();
        let error = open(folder.path()).unwrap_err();
        assert!(
            matches!(error, StoreError::Corrupt { .. }),
            "page {page}: {error}"
        );
        assert_eq!(std::fs::read(&path).unwrap(), bytes, "page {page}");
    }
    let folder = founded();
    let path = folder.path().join(FILE);
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    assert!(matches!(open(folder.path()), Err(StoreError::Corrupt { .. })));
}

#[test]
fn a_folder_is_served_by_one_server() {
    let folder = founded();
    let first = FolderLock::acquire(folder.path()).unwrap();
    let error = FolderLock::acquire(folder.path()).unwrap_err();
    let pid = std::process::id().to_string();
    assert_eq!(
        error,
        StoreError::Held {
            folder: folder.path().to_owned(),
            pid: pid.clone()
        }
    );
    let text = error.to_string();
    assert!(
        text.contains(&pid) && text.contains(&folder.path().display().to_string()),
        "{text}"
    );
    drop(first);
    FolderLock::acquire(folder.path()).unwrap();
}

#[test]
fn two_processes_may_write() {
    let (server, folder) = grouped_store();
    let f = fixture(&server);
    let operator = SqliteStore::open(folder.path(), INLINE).unwrap();
    f.append(&server, 100, f.reps[0], b"server");
    f.append(&operator, 101, f.reps[0], b"operator");
    assert_eq!(f.append(&server, 102, f.reps[0], b"server"), 3);
    assert_eq!(
        operator.read(|r| r.head(f.tenant)).unwrap(),
        server.read(|r| r.head(f.tenant)).unwrap()
    );
}

#[test]
fn a_full_disk_loses_only_what_was_not_acknowledged() {
    let (store, folder) = grouped_store();
    let f = fixture(&store);
    f.append(&store, 100, f.reps[0], b"kept");
    drop(store);
    // A limit on pages fails the way a full disk does.
    let session = super::open::existing(&folder.path().join(FILE), true).unwrap();
    session.execute("PRAGMA max_page_count = 1").unwrap();
    let store = SqliteStore::over(session, Some(folder.path().join(FILE)), Options::default()).unwrap();
    let (tenant, rep) = (f.tenant, f.reps[0]);
    let big = vec![7u8; 1 << 20];
    let full = store.write(move |w| {
        let segment = crate::store::suite::segment(&big);
        w.append(
            tenant,
            crate::store::suite::document(101),
            fieldbook_core::model::Kind::Visit,
            rep,
            &segment,
        )
    });
    assert_eq!(full, Err(StoreError::Full));
    assert_eq!(store.read(|r| r.head(tenant)).unwrap().sequence, 1);
    drop(store);
    let again = open(folder.path()).unwrap();
    assert_eq!(f.append(&again, 101, rep, b"works again with room"), 2);
}
