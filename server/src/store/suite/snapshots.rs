use super::fixture::{document, fixture};
use crate::store::{SetAsideRow, SnapshotRow, Store};

pub(crate) fn the_log_is_materialised_once<S: Store>(store: &S) {
    let f = fixture(store);
    let tenant = f.tenant;
    let backlog = |rows| store.read(|r| r.backlog(tenant, rows)).unwrap();
    assert_eq!((backlog(10).documents.len(), backlog(10).until), (0, 0));
    for number in [100, 101, 100, 102] {
        f.append(store, number, f.reps[0], b"x");
    }
    let first = backlog(3);
    assert_eq!(
        (first.documents, first.until),
        (vec![document(100), document(101)], 3)
    );
    store.write(move |w| w.materialised(tenant, 3)).unwrap();
    let rest = backlog(3);
    assert_eq!((rest.documents, rest.until), (vec![document(102)], 4));
    store.write(move |w| w.materialised(tenant, 4)).unwrap();
    assert_eq!((backlog(3).documents.len(), backlog(3).until), (0, 4));

    let snapshot = |as_of, json: &str| SnapshotRow {
        document: document(100),
        as_of,
        json: json.to_owned(),
    };
    for row in [snapshot(1, "{}"), snapshot(3, "[]")] {
        store.write(move |w| w.put_snapshot(tenant, &row)).unwrap();
    }
    let found = |number| store.read(|r| r.snapshot(tenant, document(number))).unwrap();
    assert_eq!((found(100), found(101)), (Some(snapshot(3, "[]")), None));
}

pub(crate) fn what_is_set_aside_waits_until_it_is_released<S: Store>(store: &S) {
    let f = fixture(store);
    let tenant = f.tenant;
    f.append(store, 100, f.reps[0], b"x");
    let aside = SetAsideRow {
        document: document(100),
        as_of: 1,
        at_ms: 5,
        reason: "the worker died".to_owned(),
        is_released: false,
    };
    let row = aside.clone();
    store.write(move |w| w.put_aside(tenant, &row)).unwrap();
    let backlog = || store.read(|r| r.backlog(tenant, 10)).unwrap().documents;
    assert!(backlog().is_empty(), "it is not tried again by itself");
    assert_eq!(store.read(|r| r.set_aside(tenant)).unwrap(), [aside]);
    assert!(store.write(move |w| w.try_again(tenant, document(100))).unwrap());
    assert!(!store.write(move |w| w.try_again(tenant, document(101))).unwrap());
    store.write(move |w| w.materialised(tenant, 1)).unwrap();
    assert_eq!(backlog(), [document(100)], "released, wherever the log is");
    let snapshot = SnapshotRow {
        document: document(100),
        as_of: 1,
        json: "{}".to_owned(),
    };
    store.write(move |w| w.put_snapshot(tenant, &snapshot)).unwrap();
    assert!(store.read(|r| r.set_aside(tenant)).unwrap().is_empty() && backlog().is_empty());
}
