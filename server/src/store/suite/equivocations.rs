use fieldbook_core::model::DeviceId;
use fieldbook_core::wire::Origin;
use uuid::Uuid;

use super::fixture::{document, fixture};
use crate::store::{ActorRow, EquivocationRow, Store};

pub(crate) fn evidence_is_recorded_once<S: Store>(store: &S) {
    let tenant = fixture(store).tenant;
    let origin = |key| Origin {
        public_key: [key; 32],
        epoch: 2,
    };
    let row = |key, claimed, at| EquivocationRow {
        actor: ActorRow {
            document: document(100),
            origin: origin(key),
            rebase: 1,
        },
        sequence: 7,
        stored: [1; 32],
        claimed: [claimed; 32],
        device: DeviceId(Uuid::from_u128(5)),
        received_ms: at,
        operations: vec![1, 2, 3],
    };
    let record = |row: EquivocationRow| store.write(move |w| w.record_equivocation(tenant, &row)).unwrap();
    assert!(record(row(1, 2, 30)));
    assert!(!record(row(1, 2, 40)), "the same again is no news");
    assert!(record(row(1, 3, 20)));
    assert!(record(row(9, 2, 50)));
    let all = store.read(|r| r.equivocations(tenant, 10)).unwrap();
    assert_eq!(all, [row(1, 3, 20), row(1, 2, 30), row(9, 2, 50)]);
    assert_eq!(store.read(|r| r.equivocations(tenant, 1)).unwrap().len(), 1);
    let count = |key| store.read(|r| r.equivocations_of(tenant, &origin(key))).unwrap();
    assert_eq!([count(1), count(9), count(4)], [2, 1, 0]);
}
