//! A phone whose backup went onto another one: both go on, each as a device of its own.

use super::*;

fn copied(house: &House, own: u8, signers: (u8, u8)) -> Result<Enrolled, IdentityError> {
    copied_from(house, 1, own, signers, START + 5)
}

fn copied_from(
    house: &House,
    former: u8,
    own: u8,
    signers: (u8, u8),
    now_ms: u64,
) -> Result<Enrolled, IdentityError> {
    let server = house.store.read(|r| r.server()).unwrap().id;
    let message = trust::copy_message(server, &key(former), &key(own));
    let request = Copied {
        former: key(former),
        public_key: key(own),
        former_signature: trust::sign(&[signers.0; 32], &message),
        signature: trust::sign(&[signers.1; 32], &message),
    };
    house
        .store
        .transact(move |w| register_copy(w, &request, now_ms, &mut rng(u64::from(own))))
}

#[test]
fn a_phone_and_its_copies_are_copied_five_times_a_day() {
    let house = house();
    house.enrolled();
    let code = house.code(house.people[1], 9).to_string();
    house.enrol(&code, key(4), 0, START).unwrap();
    // Copies of copies count as well.
    for (former, own) in [(1, 11), (11, 12), (12, 13), (1, 14), (13, 15)] {
        copied_from(&house, former, own, (former, own), START + 5).unwrap();
    }
    for former in [1, 12, 15] {
        let refused = copied_from(&house, former, 16, (former, 16), START + 6);
        assert!(
            matches!(refused, Err(IdentityError::TooManyCopies(_))),
            "{refused:?}"
        );
    }
    // Asked for again, a copy is what it is; a colleague's phone has its own day.
    copied_from(&house, 13, 15, (13, 15), START + 6).unwrap();
    copied_from(&house, 4, 5, (4, 5), START + 6).unwrap();
    copied_from(&house, 15, 16, (15, 16), START + 5 + DAY).unwrap();
}

#[test]
fn copies_of_copies_come_to_an_end() {
    let house = house();
    house.enrolled();
    for own in 2..=17 {
        let day = START + u64::from(own) * DAY;
        copied_from(&house, own - 1, own, (own - 1, own), day).unwrap();
    }
    let refused = copied_from(&house, 17, 18, (17, 18), START + 30 * DAY);
    assert!(
        matches!(refused, Err(IdentityError::TooManyCopies(_))),
        "{refused:?}"
    );
}

#[test]
fn a_copy_becomes_a_device_of_its_own_once() {
    let house = house();
    assert_eq!(copied(&house, 2, (1, 2)).unwrap_err(), IdentityError::UnknownKey);
    let first = house.enrolled();
    let before = house.sign_in(&first.tokens.access, START + 2).unwrap();
    before.note_contact(&house.store, 0, 0, START + 3).unwrap();
    for signers in [(1, 1), (2, 2), (2, 1), (3, 2)] {
        assert_eq!(
            copied(&house, 2, signers).unwrap_err(),
            IdentityError::WrongSignature
        );
    }
    let copy = copied(&house, 2, (1, 2)).unwrap();
    assert_ne!(copy.device, first.device);
    let caller = house.sign_in(&copy.tokens.access, START + 6).unwrap().caller;
    assert_eq!(caller.principal.person, house.people[0]);
    assert_eq!(caller.former.map(|former| former.public_key), Some(key(1)));
    assert_eq!(
        caller.drained_ms,
        START + 3,
        "a copy is not older than its phone was"
    );
    // The answer was lost: it is the same device. The phone that it was copied from is as it was.
    assert_eq!(copied(&house, 2, (1, 2)).unwrap().device, copy.device);
    house.uses(&first.tokens.access, START + 7);
    // A key that is somebody's already is not a copy's.
    let code = house.code(house.people[1], 9).to_string();
    house.enrol(&code, key(4), 0, START).unwrap();
    assert_eq!(copied(&house, 4, (1, 4)).unwrap_err(), IdentityError::KeyTaken);
    // Revoked, the former one vouches for nobody.
    let (tenant, device) = (house.tenant.id, first.device);
    house
        .store
        .write(move |w| w.revoke_device(tenant, device, START + 8))
        .unwrap();
    assert_eq!(
        copied(&house, 3, (1, 3)).unwrap_err(),
        IdentityError::DeviceRevoked
    );
}
