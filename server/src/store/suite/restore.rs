use super::fixture::{fixture, phone};
use crate::store::{DeviceRow, RestoreRow, Store};

const SINCE: u64 = 1_000;
const RESTORE: RestoreRow = RestoreRow {
    epoch: 7,
    at_ms: 2_000,
    hold_until_ms: 3_000,
};

pub(crate) fn phones_that_may_have_worked_on_the_lost_day_are_behind<S: Store>(store: &S) {
    let f = fixture(store);
    let tenant = f.tenant;
    let behind = || store.read(|r| r.behind(&RESTORE, SINCE)).unwrap();
    let made = |number: u8, created_ms: u64, seen_ms: u64| {
        let row = DeviceRow {
            created_ms,
            ..phone(&f, number)
        };
        let id = row.id;
        store.write(move |w| w.put_device(&row)).unwrap();
        store
            .write(move |w| w.touch_device(tenant, id, seen_ms, 0, 0))
            .unwrap();
        (id, behind())
    };
    assert_eq!(made(1, 10, 999).1, 0, "not seen for long");
    let (seen, count) = made(2, 10, 1_000);
    assert_eq!(count, 1);
    let (signed_in, count) = made(3, 1_900, 0);
    assert_eq!(
        count, 2,
        "signed in, and the backup was made before its first contact"
    );
    assert_eq!(made(4, 10, 0).1, 2, "signed in long ago and never seen");
    assert_eq!(
        made(5, 2_001, 0).1,
        2,
        "signed in after the restore: it has nothing to hand back"
    );
    let (copy, count) = made(6, 2_001, 2_002);
    assert_eq!(count, 3, "a copy of a phone that was there has");

    store
        .write(move |w| w.caught_up(tenant, seen, RESTORE.epoch))
        .unwrap();
    assert_eq!(behind(), 2);
    store
        .write(move |w| w.revoke_device(tenant, signed_in, 2_000))
        .unwrap();
    assert_eq!(behind(), 1);
    store
        .write(move |w| {
            w.revoke_device(tenant, copy, 2_000)?;
            w.close_device(tenant, copy, 2_001)
        })
        .unwrap();
    assert_eq!(behind(), 0);
}
