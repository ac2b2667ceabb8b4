use fieldbook_core::wire::Origin;

use super::fixture::fixture;
use crate::store::{KeptSection, Store, StoreError, UploadRow};

pub(crate) fn proofs_come_back_in_order<S: Store>(store: &S) {
    let f = fixture(store);
    let tenant = f.tenant;
    assert_eq!(store.read(|r| r.next_upload(tenant)).unwrap(), 1);
    let row = |number| UploadRow {
        number,
        origin: Origin {
            public_key: [8; 32],
            epoch: 2,
        },
        head: [1; 32],
        sections: vec![
            KeptSection::Whole,
            KeptSection::Digest([2; 32].into()),
            KeptSection::Part {
                base: 3,
                count: 4,
                operations: b"sent".to_vec().into(),
            },
        ],
        signature: [9; 64],
    };
    for number in [1, 2] {
        store.write(move |w| w.add_upload(tenant, &row(number))).unwrap();
    }
    assert_eq!(store.read(|r| r.next_upload(tenant)).unwrap(), 3);
    assert_eq!(store.read(|r| r.uploads(tenant, 0, 9)).unwrap(), [row(1), row(2)]);
    assert_eq!(store.read(|r| r.uploads(tenant, 1, 9)).unwrap(), [row(2)]);
    assert_eq!(store.read(|r| r.uploads(tenant, 0, 1)).unwrap(), [row(1)]);
    let again = store.write(move |w| w.add_upload(tenant, &row(2)));
    assert!(matches!(again, Err(StoreError::Taken { .. })), "{again:?}");
}

pub(crate) fn stored_operations_are_counted<S: Store>(store: &S) {
    let f = fixture(store);
    let of = |epoch| Origin {
        public_key: [8; 32],
        epoch,
    };
    assert_eq!(store.read(|r| r.stored(&of(2))).unwrap(), 0);
    f.append(store, 100, f.reps[0], b"five");
    f.append(store, 101, f.reps[0], b"five");
    assert_eq!(store.read(|r| r.stored(&of(2))).unwrap(), 10);
    assert_eq!(store.read(|r| r.stored(&of(1))).unwrap(), 0);
}
