//! Closures own the transaction.

use std::sync::mpsc;

use crate::replica::store::{Options, Store, StoreError, settings};

fn get(store: &Store) -> Option<Vec<u8>> {
    store.read(|conn| settings::get(conn, "a")).unwrap()
}

#[test]
fn an_error_takes_everything_back() {
    let store = Store::open_in_memory().unwrap();
    store.write(|tx| settings::put(tx, "a", b"1")).unwrap();
    let failed = store.write(|tx| -> Result<(), StoreError> {
        settings::put(tx, "a", b"2")?;
        Err(StoreError::OldSqlite {
            found: "a test".to_owned(),
        })
    });
    assert!(failed.is_err());
    assert_eq!(get(&store), Some(b"1".to_vec()));
    store.write(|tx| settings::remove(tx, "a")).unwrap();
    assert_eq!(get(&store), None);
}

#[test]
fn a_panic_takes_everything_back_and_the_store_goes_on() {
    let store = Store::open_in_memory().unwrap();
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        store.write(|tx| -> Result<(), StoreError> {
            settings::put(tx, "a", b"1")?;
            panic!("a test")
        })
    }));
    assert!(panicked.is_err());
    assert_eq!(get(&store), None);
    store.write(|tx| settings::put(tx, "a", b"2")).unwrap();
    assert_eq!(get(&store), Some(b"2".to_vec()));
}

#[test]
fn a_full_disk_takes_nothing_away() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("replica.db"), Options::default()).unwrap();
    store.write(|tx| settings::put(tx, "a", b"1")).unwrap();
    store
        .write(|tx| -> Result<(), StoreError> {
            let pages: i64 = tx.pragma_query_value(None, "page_count", |row| row.get(0))?;
            Ok(tx.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?)
        })
        .unwrap();
    let full = store
        .write(|tx| settings::put(tx, "a", &vec![2; 100_000]))
        .unwrap_err();
    assert!(full.is_disk_full() && !full.is_corruption(), "{full}");
    assert_eq!(
        get(&store),
        Some(b"1".to_vec()),
        "what is stored can still be read"
    );
}

#[test]
fn readers_see_one_picture_while_the_writer_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("replica.db"), Options::default()).unwrap();
    store.write(|tx| settings::put(tx, "a", b"1")).unwrap();
    let (began, wait_began) = mpsc::channel();
    let (wrote, wait_wrote) = mpsc::channel();
    let shared = &store;
    std::thread::scope(|scope| {
        let reader = scope.spawn(move || {
            shared.read(|conn| -> Result<_, StoreError> {
                let before = settings::get(conn, "a")?;
                began.send(()).unwrap();
                wait_wrote.recv().unwrap();
                Ok((before, settings::get(conn, "a")?))
            })
        });
        wait_began.recv().unwrap();
        store.write(|tx| settings::put(tx, "a", b"2")).unwrap();
        assert_eq!(
            get(&store),
            Some(b"2".to_vec()),
            "a second reader sees the commit at once"
        );
        wrote.send(()).unwrap();
        let (before, after) = reader.join().unwrap().unwrap();
        assert_eq!(
            (before.as_deref(), after.as_deref()),
            (Some(&b"1"[..]), Some(&b"1"[..]))
        );
    });
}

#[test]
fn readers_cannot_write() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("replica.db"), Options::default()).unwrap();
    assert!(store.read(|conn| settings::put(conn, "a", b"1")).is_err());
}

#[test]
fn a_long_read_can_be_interrupted() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("replica.db"), Options::default()).unwrap();
    let (began, wait_began) = mpsc::channel();
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            store.read(|conn| -> Result<i64, StoreError> {
                began.send(()).unwrap();
                let endless =
                    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
                Ok(conn.query_row(endless, [], |row| row.get(0))?)
            })
        });
        wait_began.recv().unwrap();
        while !reader.is_finished() {
            store.interrupt_reads();
            std::thread::yield_now();
        }
        assert!(reader.join().unwrap().is_err());
    });
}
