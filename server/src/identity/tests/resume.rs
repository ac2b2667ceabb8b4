//! After a restore from a backup that is older than a phone's tokens.

use super::*;
use crate::recovery::begin_epoch;

/// The restore.
const RESTORED: u64 = START + DAY;

impl House {
    fn restore(&self, at: u64) -> u32 {
        self.store.write(move |w| begin_epoch(w, at, 0)).unwrap().epoch
    }

    fn wish(&self, phone: u8, epoch: u32, number: u64) -> Resumption {
        let claim = Claim::Resumption {
            server: self.store.read(|r| r.server()).unwrap().id,
            tenant: self.tenant.id,
            epoch,
            number,
        };
        Resumption {
            public_key: key(phone),
            epoch,
            number,
            signature: trust::sign(&[phone; 32], &claim.message(&key(phone))),
        }
    }

    /// Asks a server that was started a moment ago.
    fn resume(&self, wish: &Resumption) -> Result<Tokens, IdentityError> {
        let (wish, numbers) = (wish.clone(), Numbers::default());
        self.store
            .transact(move |w| resume(w, &numbers, &wish, RESTORED + MINUTE, &mut rng(wish.number + 77)))
    }

    fn device(&self, enrolled: &Enrolled) -> crate::store::DeviceRow {
        let (tenant, device) = (self.tenant.id, enrolled.device);
        self.store
            .read(move |r| r.device(tenant, device))
            .unwrap()
            .unwrap()
    }
}

#[test]
fn a_phone_goes_on_by_its_key_until_it_has_caught_up() {
    let house = house();
    let enrolled = house.enrolled();
    house.uses(&enrolled.tokens.access, START + 1);
    let seen = house.device(&enrolled).seen_ms;
    let epoch = house.restore(RESTORED);
    let tokens = house.resume(&house.wish(1, epoch, 60)).unwrap();
    let now = RESTORED + 2 * MINUTE;
    assert_eq!(
        house.sign_in(&tokens.access, now).unwrap().caller.device,
        enrolled.device
    );
    house.next(&tokens.refresh, now);
    assert_eq!(
        house.refresh(&enrolled.tokens.refresh, now).unwrap_err(),
        IdentityError::Revoked,
        "the sign-in that the backup knew has ended"
    );
    let device = house.device(&enrolled);
    assert_eq!(
        (device.seen_ms, device.number),
        (seen, 60),
        "it brings what is as old as before"
    );
    // The answer was lost: it asks once more.
    let again = house.resume(&house.wish(1, epoch, 61)).unwrap();
    house.sign_in(&again.access, now).unwrap();
    let (tenant, id) = (house.tenant.id, enrolled.device);
    house
        .store
        .write(move |w| w.caught_up(tenant, id, epoch))
        .unwrap();
    assert_eq!(
        house.resume(&house.wish(1, epoch, 62)).unwrap_err(),
        IdentityError::NothingToResume
    );
}

#[test]
fn a_request_that_was_listened_to_works_once_and_in_one_epoch() {
    let house = house();
    house.enrolled();
    let epoch = house.restore(RESTORED);
    let wish = house.wish(1, epoch, 60);
    house.resume(&wish).unwrap();
    // Each time at a server that was started since.
    assert_eq!(house.resume(&wish).unwrap_err(), IdentityError::Copied);
    assert_eq!(
        house.resume(&house.wish(1, epoch, 59)).unwrap_err(),
        IdentityError::Copied
    );
    // Held up on the way, too, while the server remembers what it has seen.
    let (held_up, later, seen) = (
        house.wish(1, epoch, 61),
        house.wish(1, epoch, 62),
        Numbers::default(),
    );
    let resumed = house.store.transact(move |w| {
        resume(w, &seen, &later, RESTORED + MINUTE, &mut rng(5))?;
        resume(w, &seen, &held_up, RESTORED + MINUTE, &mut rng(6))
    });
    assert_eq!(resumed.unwrap_err(), IdentityError::Copied);
    let next = house.restore(RESTORED + DAY);
    assert_eq!(
        house.resume(&house.wish(1, epoch, 70)).unwrap_err(),
        IdentityError::NothingToResume
    );
    house.resume(&house.wish(1, next, 71)).unwrap();
}

#[test]
fn another_key_gets_nothing() {
    let house = house();
    house.enrolled();
    let epoch = house.restore(RESTORED);
    let wish = house.wish(1, epoch, 60);
    let by_another = Resumption {
        signature: house.wish(2, epoch, 60).signature,
        ..wish.clone()
    };
    for wrong in [
        by_another,
        Resumption {
            number: 61,
            ..wish.clone()
        },
        Resumption {
            epoch: epoch + 1,
            ..wish.clone()
        },
    ] {
        assert_eq!(house.resume(&wrong).unwrap_err(), IdentityError::WrongSignature);
    }
    assert_eq!(
        house.resume(&house.wish(2, epoch, 60)).unwrap_err(),
        IdentityError::UnknownKey
    );
    house.resume(&wish).unwrap();
}

#[test]
fn whose_access_has_ended_does_not_come_back_by_a_restore() {
    let house = house();
    let enrolled = house.enrolled();
    let other = house.enrol(&house.code(house.people[1], 3).to_string(), key(2), 0, START);
    let other = other.unwrap();
    let epoch = house.restore(RESTORED);
    let (tenant, revoked, left) = (house.tenant.id, enrolled.device, other.person.id);
    house
        .store
        .write(move |w| {
            w.revoke_device(tenant, revoked, START + 5)?;
            w.set_left(tenant, left, START + 5)
        })
        .unwrap();
    for phone in [1, 2] {
        assert_eq!(
            house.resume(&house.wish(phone, epoch, 60)).unwrap_err(),
            IdentityError::DeviceRevoked
        );
    }
}

#[test]
fn without_a_restore_and_for_a_phone_of_after_it_there_is_nothing_to_resume() {
    let house = house();
    house.enrolled();
    let epoch = house.store.read(|r| r.server()).unwrap().epoch;
    assert_eq!(
        house.resume(&house.wish(1, epoch, 60)).unwrap_err(),
        IdentityError::NothingToResume
    );
    let epoch = house.restore(START + 1);
    house
        .enrol(&house.code(house.people[1], 3).to_string(), key(2), 0, START + 2)
        .unwrap();
    assert_eq!(
        house.resume(&house.wish(2, epoch, 60)).unwrap_err(),
        IdentityError::NothingToResume
    );
}
