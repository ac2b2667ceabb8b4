use fieldbook_core::model::Kind;

use super::fixture::{document, fixture, segment};
use crate::store::{Store, StoreError};

pub(crate) fn an_error_undoes_its_own_work_only<S: Store>(store: &S) {
    let f = fixture(store);
    let (tenant, rep) = (f.tenant, f.reps[0]);
    f.append(store, 100, rep, b"kept");
    let failed: Result<(), StoreError> = store.write(move |w| {
        w.append(tenant, document(100), Kind::Visit, rep, &segment(b"undone"))?;
        w.append(tenant, document(101), Kind::Visit, rep, &segment(b"undone"))?;
        Err(StoreError::Busy)
    });
    assert_eq!(failed, Err(StoreError::Busy));
    assert_eq!(store.read(|r| r.head(tenant)).unwrap().sequence, 1);
    assert!(
        store
            .read(|r| r.document(tenant, document(101)))
            .unwrap()
            .is_none()
    );
    assert_eq!(f.append(store, 100, rep, b"next"), 2);
}

pub(crate) fn a_panic_undoes_its_own_work_only<S: Store>(store: &S) {
    let f = fixture(store);
    let (tenant, rep) = (f.tenant, f.reps[0]);
    let failed: Result<(), StoreError> = store.write(move |w| {
        w.append(tenant, document(100), Kind::Visit, rep, &segment(b"undone"))?;
        panic!("a fault in a rule");
    });
    assert_eq!(failed, Err(StoreError::Panicked));
    assert_eq!(f.append(store, 100, rep, b"the writer goes on"), 1);
}

pub(crate) fn many_writers_lose_nothing<S: Store>(store: &S) {
    let f = fixture(store);
    let (tenant, rep) = (f.tenant, f.reps[0]);
    std::thread::scope(|scope| {
        for writer in 0..8u128 {
            let store = store.clone();
            scope.spawn(move || {
                for at in 0..25u128 {
                    let result = store.write(move |w| {
                        let number = 1000 + writer * 100 + at;
                        w.append(tenant, document(number), Kind::Visit, rep, &segment(b"x"))?;
                        // Every fifth one changes its mind, in the middle of a group.
                        if at % 5 == 0 {
                            Err(StoreError::Busy)
                        } else {
                            Ok(())
                        }
                    });
                    assert_eq!(result.is_err(), at % 5 == 0);
                }
            });
        }
    });
    let head = store.read(|r| r.head(tenant)).unwrap();
    assert_eq!(head.sequence, 8 * 20);
    assert_eq!(store.read(|r| r.log_hash(tenant, 160)).unwrap(), Some(head.hash));
    let rows = store
        .read(|r| r.log_after(tenant, &[rep], 0, 160, usize::MAX))
        .unwrap();
    assert!(rows.iter().map(|row| row.segment.sequence).eq(1..=160), "no gap");
}

pub(crate) fn reads_see_what_was_written<S: Store>(store: &S) {
    let f = fixture(store);
    let (tenant, rep) = (f.tenant, f.reps[0]);
    let inside = store
        .write(move |w| {
            w.append(tenant, document(100), Kind::Visit, rep, &segment(b"x"))?;
            w.head(tenant)
        })
        .unwrap();
    assert_eq!(inside.sequence, 1, "a write reads its own work");
    assert_eq!(store.read(|r| r.head(tenant)).unwrap(), inside);
}
