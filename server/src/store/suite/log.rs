use fieldbook_core::model::{DeviceId, Kind, PersonId, TenantId};
use fieldbook_core::wire::Origin;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::fixture::{document, fixture, segment};
use crate::store::{LogHead, Store, StoreError, TenantRow};

pub(crate) fn sequences_and_hashes_chain<S: Store>(store: &S) {
    let f = fixture(store);
    assert_eq!(store.read(|r| r.head(f.tenant)).unwrap(), LogHead::default());
    assert_eq!(store.read(|r| r.log_hash(f.tenant, 0)).unwrap(), Some([0; 32]));
    assert_eq!(f.append(store, 100, f.reps[0], b"one"), 1);
    assert_eq!(f.append(store, 101, f.reps[0], b"two"), 2);
    let link = |before: [u8; 32], sequence: u64, number: u128, operations: &[u8]| -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(before);
        hash.update(sequence.to_be_bytes());
        hash.update(document(number).as_bytes());
        hash.update([2]);
        hash.update(DeviceId(Uuid::from_u128(77)).as_bytes());
        hash.update([8; 32]);
        hash.update(2u32.to_be_bytes());
        hash.update(3u32.to_be_bytes());
        hash.update(4u64.to_be_bytes());
        hash.update(5u32.to_be_bytes());
        hash.update(6u64.to_be_bytes());
        hash.update(11u64.to_be_bytes());
        hash.update(1u32.to_be_bytes());
        hash.update(segment(b"").seal.0);
        hash.update(Sha256::digest(operations));
        hash.finalize().into()
    };
    let first = link([0; 32], 1, 100, b"one");
    let second = link(first, 2, 101, b"two");
    assert_eq!(store.read(|r| r.log_hash(f.tenant, 1)).unwrap(), Some(first));
    assert_eq!(
        store.read(|r| r.head(f.tenant)).unwrap(),
        LogHead {
            sequence: 2,
            hash: second
        }
    );
    assert_eq!(store.read(|r| r.log_hash(f.tenant, 3)).unwrap(), None);
}

pub(crate) fn a_document_knows_its_ends<S: Store>(store: &S) {
    let f = fixture(store);
    f.append(store, 100, f.reps[0], b"a");
    f.append(store, 101, f.reps[0], b"b");
    // A later writer does not change the owner.
    f.append(store, 100, f.lead, b"c");
    let row = store
        .read(|r| r.document(f.tenant, document(100)))
        .unwrap()
        .unwrap();
    assert_eq!(
        (row.kind, row.owner, row.first, row.last, row.moved),
        (Kind::Visit, f.reps[0], 1, 3, 0)
    );
    assert!(
        store
            .read(|r| r.document(f.tenant, document(999)))
            .unwrap()
            .is_none()
    );

    let segments = store.read(|r| r.segments(f.tenant, document(100), 0)).unwrap();
    let bytes: Vec<&[u8]> = segments
        .iter()
        .map(|segment| segment.operations.as_slice())
        .collect();
    assert_eq!(bytes, [b"a", b"c"]);
    let first = &segments[0];
    assert_eq!(first.device, Some(DeviceId(Uuid::from_u128(77))));
    assert_eq!(
        first.origin,
        Origin {
            public_key: [8; 32],
            epoch: 2
        }
    );
    assert_eq!((first.rebase, first.base, first.count), (3, 4, 5));
    assert_eq!(
        store
            .read(|r| r.segments(f.tenant, document(100), 1))
            .unwrap()
            .len(),
        1
    );

    let (tenant, rep) = (f.tenant, f.reps[0]);
    let other = store.write(move |w| w.append(tenant, document(100), Kind::Approval, rep, &segment(b"x")));
    assert!(matches!(other, Err(StoreError::Kind { .. })), "{other:?}");
    assert_eq!(
        store.read(|r| r.head(f.tenant)).unwrap().sequence,
        3,
        "nothing of it is kept"
    );
}

pub(crate) fn the_audience_of_documents_is_their_owners_and_who_shares_them<S: Store>(store: &S) {
    let f = fixture(store);
    f.append(store, 100, f.reps[0], b"a");
    f.append(store, 101, f.reps[1], b"b");
    let (tenant, lead) = (f.tenant, f.lead);
    store
        .write(move |writer| writer.share(tenant, document(101), &[lead].into()))
        .unwrap();
    let audience = |documents: &[u128]| {
        let documents: Vec<_> = documents.iter().map(|number| document(*number)).collect();
        store.read(|r| r.audience(f.tenant, &documents)).unwrap()
    };
    assert_eq!(audience(&[100]), [f.reps[0]].into());
    assert_eq!(audience(&[100, 101]), [f.reps[0], f.reps[1], f.lead].into());
    assert_eq!(audience(&[999]), [].into());
    assert_eq!(audience(&[]), [].into());
}

pub(crate) fn the_log_is_paged_by_bytes_in_order<S: Store>(store: &S) {
    let f = fixture(store);
    for at in 0..10u128 {
        // Two documents of rep A, one of B, one of C, in turn.
        let owner = [f.reps[0], f.reps[0], f.reps[1], f.reps[2]][(at % 4) as usize];
        f.append(store, 100 + at % 4, owner, &[at as u8; 10]);
    }
    let page = |people: &[PersonId], after, bytes| -> Vec<u64> {
        let rows = store
            .read(|r| r.log_after(f.tenant, people, after, 10, bytes))
            .unwrap();
        rows.iter().map(|row| row.segment.sequence).collect()
    };
    assert_eq!(page(&[f.reps[0]], 0, 1000), [1, 2, 5, 6, 9, 10]);
    assert_eq!(page(&[f.reps[1], f.reps[2]], 0, 1000), [3, 4, 7, 8]);
    assert_eq!(
        page(&[f.reps[0]], 0, 25),
        [1, 2, 5],
        "until the bytes are reached"
    );
    assert_eq!(page(&[f.reps[0]], 5, 1), [6], "at least one row");
    assert_eq!(page(&[f.reps[0]], 10, 1000), [0; 0]);
    assert_eq!(page(&[f.boss], 0, 1000), [0; 0]);
    assert_eq!(page(&[], 0, 1000), [0; 0]);
    let rows = store
        .read(|r| r.log_after(f.tenant, &[f.reps[1]], 0, 10, 1000))
        .unwrap();
    assert!(
        rows.iter()
            .all(|row| row.document == document(102) && row.kind == Kind::Visit && !row.moved)
    );
    let mut all = store
        .read(|r| r.documents_of(f.tenant, &[f.reps[0], f.reps[1]]))
        .unwrap();
    assert!(all.is_sorted());
    all.dedup();
    assert_eq!(all, [document(100), document(101), document(102)]);
}

pub(crate) fn a_lane_up_to_a_sequence_is_not_disturbed<S: Store>(store: &S) {
    let f = fixture(store);
    f.append(store, 100, f.reps[0], b"a");
    f.append(store, 101, f.reps[0], b"b");
    f.append(store, 100, f.reps[0], b"later");
    let rows = store
        .read(|r| r.log_after(f.tenant, &[f.reps[0]], 0, 2, 1000))
        .unwrap();
    assert_eq!(
        rows.iter().map(|row| row.segment.sequence).collect::<Vec<_>>(),
        [1, 2]
    );
}

pub(crate) fn a_move_is_marked_and_remembered<S: Store>(store: &S) {
    let f = fixture(store);
    f.append(store, 100, f.reps[0], b"a");
    f.append(store, 101, f.reps[0], b"b");
    let (tenant, rep_a, rep_b, rep_c) = (f.tenant, f.reps[0], f.reps[1], f.reps[2]);
    store
        .write(move |w| {
            w.append(tenant, document(100), Kind::Visit, rep_a, &segment(b"given to C"))?;
            w.set_owner(tenant, document(100), rep_c)
        })
        .unwrap();
    let row = store
        .read(|r| r.document(tenant, document(100)))
        .unwrap()
        .unwrap();
    assert_eq!((row.owner, row.moved, row.last), (rep_c, 3, 3));
    let rows = store.read(|r| r.log_after(tenant, &[rep_c], 2, 3, 1000)).unwrap();
    assert_eq!(
        rows.iter()
            .map(|row| (row.segment.sequence, row.moved))
            .collect::<Vec<_>>(),
        [(3, true)]
    );
    // Whoever begins before does not get its history twice.
    let rows = store.read(|r| r.log_after(tenant, &[rep_c], 0, 3, 1)).unwrap();
    assert_eq!(
        (rows.len(), rows[0].segment.sequence, rows[0].moved),
        (1, 3, true)
    );
    let left = |people: &[PersonId], after| store.read(|r| r.moved_away(tenant, people, after)).unwrap();
    assert_eq!(left(&[rep_a, rep_b], 2), [document(100)]);
    assert_eq!(left(&[rep_a], 3), [], "before the cursor");
    assert_eq!(left(&[rep_a, rep_c], 0), [], "it stayed in this scope");
    assert_eq!(left(&[rep_b], 0), []);
    let had = |people: &[PersonId], id| store.read(|r| r.belonged(tenant, document(id), people)).unwrap();
    assert!(had(&[rep_b, rep_a], 100) && !had(&[rep_b, rep_c], 100) && !had(&[rep_a], 101));
    let count = |kind, owner| store.read(|r| r.count_owned(tenant, kind, owner)).unwrap();
    assert_eq!((count(Kind::Visit, rep_a), count(Kind::Visit, rep_c)), (1, 1));
    assert_eq!((count(Kind::Customer, rep_a), count(Kind::Visit, rep_b)), (0, 0));

    // Two claims on one day, one of them of somebody else.
    store
        .write(move |w| {
            w.add_claim(tenant, rep_a, 1_000, document(100))?;
            w.add_claim(tenant, rep_a, 2_000, document(101))?;
            w.add_claim(tenant, rep_b, 2_000, document(102))
        })
        .unwrap();
    let claims = |person, since| store.read(|r| r.claims_since(tenant, person, since)).unwrap();
    assert_eq!(
        (claims(rep_a, 1_000), claims(rep_a, 1_001), claims(rep_a, 2_001)),
        (2, 1, 0)
    );
    assert_eq!((claims(rep_b, 0), claims(rep_c, 0)), (1, 0));

    // It comes back: it is away for nobody but C.
    store
        .write(move |w| {
            w.append(tenant, document(100), Kind::Visit, rep_a, &segment(b"given back"))?;
            w.set_owner(tenant, document(100), rep_a)
        })
        .unwrap();
    assert_eq!(left(&[rep_a], 0), []);
    assert_eq!(left(&[rep_c], 0), [document(100)]);
    let unknown = store.write(move |w| w.set_owner(tenant, document(999), rep_a));
    assert!(matches!(
        unknown,
        Err(StoreError::Unknown { what: "document", .. })
    ));
}

pub(crate) fn scopes_are_remembered<S: Store>(store: &S) {
    let f = fixture(store);
    let (tenant, people) = (f.tenant, vec![f.reps[2], f.reps[0], f.boss]);
    assert_eq!(store.read(|r| r.scope(tenant, [1; 8])).unwrap(), None);
    for _ in 0..2 {
        let people = people.clone();
        store
            .write(move |w| w.remember_scope(tenant, [1; 8], &people))
            .unwrap();
    }
    assert_eq!(
        store.read(|r| r.scope(tenant, [1; 8])).unwrap(),
        Some(vec![f.boss, f.reps[0], f.reps[2]])
    );
    assert_eq!(store.read(|r| r.scope(tenant, [2; 8])).unwrap(), None);
}

pub(crate) fn rulings_are_numbered_and_chained<S: Store>(store: &S) {
    let f = fixture(store);
    let tenant = f.tenant;
    assert_eq!(store.read(|r| r.next_ruling(tenant)).unwrap(), 1);
    for text in ["{\"a\":1}", "{\"b\":2}"] {
        store
            .write(move |w| w.append_ruling(tenant, document(100), 7, text))
            .unwrap();
    }
    assert_eq!(store.read(|r| r.next_ruling(tenant)).unwrap(), 3);
    let rows = store.read(|r| r.rulings(tenant, 0, 10)).unwrap();
    assert_eq!(
        rows.iter().map(|row| (row.number, row.at_ms)).collect::<Vec<_>>(),
        [(1, 7), (2, 7)]
    );
    let mut hash = Sha256::new();
    hash.update(rows[0].hash);
    hash.update(2u64.to_be_bytes());
    hash.update(document(100).as_bytes());
    hash.update(7u64.to_be_bytes());
    hash.update("{\"b\":2}");
    let last = <[u8; 32]>::from(hash.finalize());
    assert_eq!(rows[1].hash, last);
    let head = store.read(|r| r.ruling_head(tenant)).unwrap();
    assert_eq!((head.sequence, head.hash), (2, last));
    assert_eq!(store.read(|r| r.rulings(tenant, 1, 10)).unwrap().len(), 1);
    assert_eq!(store.read(|r| r.rulings(tenant, 0, 1)).unwrap().len(), 1);
}

pub(crate) fn tenants_do_not_meet<S: Store>(store: &S) {
    let f = fixture(store);
    let other = TenantId(Uuid::from_u128(2));
    store
        .write(move |w| {
            w.add_tenant(&TenantRow {
                id: other,
                name: "Other".to_owned(),
            })
        })
        .unwrap();
    f.append(store, 100, f.reps[0], b"a");
    assert_eq!(store.read(|r| r.head(other)).unwrap().sequence, 0);
    assert!(
        store
            .read(|r| r.document(other, document(100)))
            .unwrap()
            .is_none()
    );
    assert!(
        store
            .read(|r| r.segments(other, document(100), 0))
            .unwrap()
            .is_empty()
    );
    assert!(
        store
            .read(|r| r.log_after(other, &[f.reps[0]], 0, 9, 1000))
            .unwrap()
            .is_empty()
    );
    assert!(store.read(|r| r.person(other, f.reps[0])).unwrap().is_none());
    assert_eq!(store.read(|r| r.log_hash(other, 1)).unwrap(), None);
    let nobody = TenantId(Uuid::from_u128(3));
    let unknown = store.read(|r| r.head(nobody));
    assert!(
        matches!(
            unknown,
            Err(StoreError::Unknown {
                what: "organisation",
                ..
            })
        ),
        "{unknown:?}"
    );
}
