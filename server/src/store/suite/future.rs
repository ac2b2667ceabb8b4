use fieldbook_core::model::DeviceId;
use uuid::Uuid;

use super::fixture::{document, fixture};
use crate::store::{FutureRow, Store};

pub(crate) fn of_what_is_dated_ahead_the_latest_date_stays<S: Store>(store: &S) {
    let tenant = fixture(store).tenant;
    let row = |number, written_ms, received_ms| FutureRow {
        document: document(number),
        device: DeviceId(Uuid::from_u128(5)),
        written_ms,
        received_ms,
    };
    for row in [
        row(100, 9_000, 40),
        row(101, 7_000, 30),
        row(100, 8_000, 50),
        row(101, 7_500, 60),
    ] {
        store.write(move |w| w.note_future(tenant, &row)).unwrap();
    }
    let all = store.read(|r| r.future_dated(tenant, 10)).unwrap();
    assert_eq!(all, [row(100, 9_000, 40), row(101, 7_500, 60)]);
    assert_eq!(store.read(|r| r.future_dated(tenant, 1)).unwrap(), all[..1]);
}
