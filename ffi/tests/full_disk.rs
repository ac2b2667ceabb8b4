//! A full disk: what was saved stays, the app is told in words that help, and goes on when there is room again.

#![expect(clippy::unwrap_used, reason = "helpers of tests are not seen as tests")]

use std::path::Path;

use chrono::DateTime;
use fieldbook_core::model::{BootId, DeviceId, PersonId, ServerId, TenantId};
use fieldbook_core::replica::{Identity, NewCustomer, Now, Options, Replica, ReplicaError, StoreError};
use fieldbook_ffi::FieldbookError;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use uuid::Uuid;

fn open(path: &Path) -> Replica {
    let replica = Replica::open(path, Options::default()).unwrap();
    let id = Uuid::from_u128;
    replica
        .enrol(&Identity {
            server: ServerId(id(1)),
            tenant: TenantId(id(2)),
            person: PersonId(id(3)),
            device: DeviceId(id(4)),
            secret: [7; 32],
            epoch: 0,
            server_key: [0; 32],
        })
        .unwrap();
    replica
}

fn add(replica: &Replica, rng: &mut ChaCha20Rng) -> Result<(), ReplicaError> {
    let now = Now {
        at: DateTime::parse_from_rfc3339("2026-11-24T09:00:00+08:00").unwrap(),
        mono_ms: 0,
        boot: BootId(Uuid::nil()),
    };
    let shop = NewCustomer {
        name: "Sunrise Market".to_owned(),
        address: "12 Harbour Road".to_owned(),
        ..NewCustomer::default()
    };
    replica.add_customer(&now, rng, shop).map(|_| ())
}

/// The disk has room for so many pages more than there are.
fn leave_room(replica: &Replica, pages: i64) {
    let limited = replica.store().write(|conn| -> Result<(), StoreError> {
        let there: i64 = conn.pragma_query_value(None, "page_count", |row| row.get(0))?;
        Ok(conn.pragma_update_and_check(None, "max_page_count", there + pages, |_| Ok(()))?)
    });
    limited.unwrap();
}

#[test]
fn what_was_saved_before_the_disk_was_full_stays_and_work_goes_on_after() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("replica.db");
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let replica = open(&path);
    leave_room(&replica, 8);
    let mut saved = 0;
    let full = loop {
        match add(&replica, &mut rng) {
            Ok(()) => saved += 1,
            Err(error) => break error,
        }
    };
    assert!(saved > 0 && saved < 1_000, "{saved}");
    let FieldbookError::Storage { full, words, .. } = FieldbookError::from(full) else {
        panic!("a full disk is an error of storage")
    };
    assert!(full && words.en.contains("storage is full") && words.zh.contains("存储空间已满"));
    // Asked again it is the same, and nothing of it is half there.
    assert!(add(&replica, &mut rng).is_err());
    assert_eq!(replica.totals().unwrap().on_phone, saved);
    assert_eq!(replica.customers(0, 2_000).unwrap().len() as u64, saved);
    drop(replica);

    let replica = open(&path);
    assert_eq!(replica.totals().unwrap().on_phone, saved, "after a restart too");
    add(&replica, &mut rng).unwrap();
    assert_eq!(replica.totals().unwrap().on_phone, saved + 1);
}
