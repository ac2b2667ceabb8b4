use fieldbook_core::model::DeviceId;
use uuid::Uuid;

use super::fixture::{Fixture, fixture, phone};
use crate::store::{CodeRow, DeviceRow, Store, StoreError};

fn device<S: Store>(store: &S, f: &Fixture) -> DeviceRow {
    let row = DeviceRow {
        epoch: 1,
        ..phone(f, 3)
    };
    let stored = row.clone();
    store.write(move |w| w.put_device(&stored)).unwrap();
    row
}

pub(crate) fn devices_come_back<S: Store>(store: &S) {
    let f = fixture(store);
    let row = device(store, &f);
    assert_eq!(
        store.read(|r| r.device(f.tenant, row.id)).unwrap(),
        Some(row.clone())
    );
    assert_eq!(
        store.read(|r| r.device_with_key(&[3; 32])).unwrap(),
        Some(row.clone())
    );
    assert_eq!(store.read(|r| r.device_with_key(&[4; 32])).unwrap(), None);
    let (tenant, id) = (f.tenant, row.id);
    store
        .write(move |w| w.touch_device(tenant, id, 99, 7, 12))
        .unwrap();
    let renamed = DeviceRow {
        name: "New".to_owned(),
        epoch: 2,
        ..row.clone()
    };
    let stored = renamed.clone();
    store.write(move |w| w.put_device(&stored)).unwrap();
    let expected = DeviceRow {
        seen_ms: 99,
        waiting: 7,
        number: 12,
        ..renamed
    };
    assert_eq!(store.read(|r| r.devices(tenant)).unwrap(), [expected]);
    // Only a contact at which nothing waits says that the phone has handed in everything, and none says that it had not.
    for (at_ms, waiting, drained_ms) in [(100, 0, 100), (110, 3, 100), (90, 0, 100), (120, 0, 120)] {
        store
            .write(move |w| w.touch_device(tenant, id, at_ms, waiting, 12))
            .unwrap();
        let row = store.read(|r| r.device(tenant, id)).unwrap().unwrap();
        assert_eq!((row.seen_ms, row.drained_ms), (at_ms, drained_ms));
    }
    // A key speaks for one device only.
    let twin = DeviceRow {
        id: DeviceId(Uuid::from_u128(51)),
        ..row
    };
    let taken = store.write(move |w| w.put_device(&twin));
    assert!(matches!(taken, Err(StoreError::Taken { .. })), "{taken:?}");
}

pub(crate) fn a_revoked_device_is_closed_later<S: Store>(store: &S) {
    let f = fixture(store);
    let id = device(store, &f).id;
    let tenant = f.tenant;
    store
        .write(move |w| {
            let family = w.open_family(tenant, id, 10)?;
            w.add_access(tenant, &[1; 32], family, 10, 20)?;
            w.add_refresh(tenant, &[2; 32], family, 10, 30)
        })
        .unwrap();
    store.write(move |w| w.revoke_device(tenant, id, 15)).unwrap();
    store.write(move |w| w.revoke_device(tenant, id, 16)).unwrap();
    let row = store.read(|r| r.device(tenant, id)).unwrap().unwrap();
    assert_eq!(
        (row.revoked_ms, row.closed_ms),
        (Some(15), None),
        "the first time counts"
    );
    let access = store.read(|r| r.access(tenant, &[1; 32])).unwrap().unwrap();
    assert_eq!(access.family.revoked_ms, None, "it may hand in what it has");
    store.write(move |w| w.close_device(tenant, id, 18)).unwrap();
    store.write(move |w| w.close_device(tenant, id, 19)).unwrap();
    let row = store.read(|r| r.device(tenant, id)).unwrap().unwrap();
    assert_eq!(row.closed_ms, Some(18));
    let access = store.read(|r| r.access(tenant, &[1; 32])).unwrap().unwrap();
    assert_eq!(access.family.revoked_ms, Some(18));
    let nobody = DeviceId(Uuid::nil());
    let unknown = store.write(move |w| w.revoke_device(tenant, nobody, 1));
    assert!(matches!(unknown, Err(StoreError::Unknown { what: "device", .. })));
}

pub(crate) fn tokens_come_back_with_their_sign_in<S: Store>(store: &S) {
    let f = fixture(store);
    let id = device(store, &f).id;
    let (tenant, person) = (f.tenant, f.reps[0]);
    let code = CodeRow {
        tenant,
        person,
        expires_ms: 100,
        used_ms: None,
        used_by: None,
    };
    let stored = code.clone();
    store.write(move |w| w.add_code(&[9; 32], &stored)).unwrap();
    assert_eq!(store.read(|r| r.code(&[9; 32])).unwrap(), Some(code));
    store.write(move |w| w.use_code(&[9; 32], 50, &[3; 32])).unwrap();
    let used = store.read(|r| r.code(&[9; 32])).unwrap().unwrap();
    assert_eq!((used.used_ms, used.used_by), (Some(50), Some([3; 32])));
    assert!(
        store.write(move |w| w.use_code(&[9; 32], 51, &[4; 32])).is_err(),
        "a code is used once"
    );

    let family = store
        .write(move |w| {
            let family = w.open_family(tenant, id, 10)?;
            w.add_access(tenant, &[1; 32], family, 10, 20)?;
            w.add_refresh(tenant, &[2; 32], family, 11, 300)?;
            w.add_refresh(tenant, &[3; 32], family, 12, 300)?;
            w.prove(tenant, family, 12)?;
            w.prove(tenant, family, 11)?;
            w.rotate(tenant, family, 40)?;
            w.add_refresh(tenant, &[4; 32], family, 40, 300)?;
            w.rotate(tenant, family, 60)?;
            Ok(family)
        })
        .unwrap();
    let refresh = |hash: u8| store.read(|r| r.refresh(tenant, &[hash; 32])).unwrap().unwrap();
    assert_eq!(
        (refresh(2).issued_ms, refresh(2).expires_ms, refresh(2).rotated_ms),
        (11, 300, Some(40))
    );
    assert_eq!(
        (refresh(3).rotated_ms, refresh(4).rotated_ms),
        (Some(40), Some(60))
    );
    let access = store.read(|r| r.access(tenant, &[1; 32])).unwrap().unwrap();
    assert_eq!(
        (access.issued_ms, access.expires_ms, access.family.id),
        (10, 20, family)
    );
    assert_eq!(
        (
            access.family.device,
            access.family.proven_ms,
            access.family.revoked_ms
        ),
        (id, 12, None)
    );
    assert_eq!(store.read(|r| r.access(tenant, &[2; 32])).unwrap(), None);

    // A new sign-in ends the earlier one, and old access tokens of a sign-in go away a day later.
    store.write(move |w| w.open_family(tenant, id, 70)).unwrap();
    assert_eq!(refresh(4).family.revoked_ms, Some(70));
    let day = 24 * 3600 * 1000;
    store
        .write(move |w| w.add_access(tenant, &[5; 32], family, 21 + day, 30 + day))
        .unwrap();
    assert_eq!(store.read(|r| r.access(tenant, &[1; 32])).unwrap(), None);
}
