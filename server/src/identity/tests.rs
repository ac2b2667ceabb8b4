mod copies;
mod resume;

use fieldbook_core::model::PersonId;
use fieldbook_core::trust::{self, Claim};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use super::*;
use crate::organisation::{add_person, add_unit, found};
use crate::store::{SqliteStore, Store, StoreError, TenantRow};

const START: u64 = 1_800_000_000_000;
const MINUTE: u64 = 60_000;
const DAY: u64 = 24 * 60 * MINUTE;

struct House {
    store: SqliteStore,
    tenant: TenantRow,
    people: [PersonId; 2],
}

fn rng(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

fn house() -> House {
    let store = SqliteStore::open_in_memory().unwrap();
    let (tenant, people) = store
        .transact(|writer| {
            let mut rng = rng(1);
            let tenant = found(writer, "Org", START, &mut rng)?.tenant;
            add_unit(writer, tenant.id, "Team", None, START, &mut rng)?;
            let role = fieldbook_core::model::Role::Rep;
            let li = add_person(writer, tenant.id, "Li", role, "Team", START, &mut rng)?.id;
            let wang = add_person(writer, tenant.id, "Wang", role, "Team", START, &mut rng)?.id;
            Ok::<_, crate::organisation::OrganisationError>((tenant, [li, wang]))
        })
        .unwrap();
    House {
        store,
        tenant,
        people,
    }
}

fn key(seed: u8) -> [u8; 32] {
    trust::public_key(&[seed; 32])
}

impl House {
    fn code(&self, person: PersonId, seed: u64) -> Code {
        let tenant = self.tenant.id;
        self.store
            .write(move |w| issue_code(w, tenant, person, START, &mut rng(seed)))
            .unwrap()
    }

    /// Enrols the phone with this key; one that has no secret here is signed by another.
    fn enrol(
        &self,
        code: &str,
        public_key: [u8; 32],
        epoch: u32,
        now: u64,
    ) -> Result<Enrolled, IdentityError> {
        let secret = (1..10).find(|seed| key(*seed) == public_key).unwrap_or(1);
        let request = Enrolment {
            public_key,
            ..Enrolment::signed(code, &[secret; 32], epoch, "Phone")
        };
        self.store
            .transact(move |w| enrol(w, &request, now, &mut rng(now ^ u64::from(public_key[0]))))
    }

    fn enrolled(&self) -> Enrolled {
        self.enrol(&self.code(self.people[0], 2).to_string(), key(1), 0, START)
            .unwrap()
    }

    fn refresh(&self, token: &str, now: u64) -> Result<Tokens, IdentityError> {
        self.refresh_with(token, 1, now)
    }

    /// Renews with the signature of one phone or another.
    fn refresh_with(&self, token: &str, phone: u8, now: u64) -> Result<Tokens, IdentityError> {
        let token = token.to_owned();
        let claim = Claim::Renewal {
            server: self.store.read(|r| r.server()).unwrap().id,
            refresh_token: &token,
        };
        let signature = trust::sign(&[phone; 32], &claim.message(&key(phone)));
        self.store
            .transact(move |w| refresh(w, &token, &signature, now, &mut rng(now.wrapping_mul(31))))
    }

    fn next(&self, token: &str, now: u64) -> Tokens {
        self.refresh(token, now).unwrap()
    }

    fn sign_in(&self, token: &str, now: u64) -> Result<SignedIn, IdentityError> {
        self.store.read(|r| Ok(authenticate(r, token, now))).unwrap()
    }

    /// The phone received this token and used it.
    fn uses(&self, token: &str, now: u64) {
        self.sign_in(token, now)
            .unwrap()
            .note_contact(&self.store, 0, 0, now)
            .unwrap();
    }
}

#[test]
fn a_code_signs_a_phone_in_once() {
    let house = house();
    let code = house.code(house.people[0], 2).to_string();
    let enrolled = house.enrol(&code.to_lowercase(), key(1), 0, START + 1).unwrap();
    assert_eq!(
        (enrolled.person.id, enrolled.tenant.id),
        (house.people[0], house.tenant.id)
    );
    let caller = house.sign_in(&enrolled.tokens.access, START + 2).unwrap().caller;
    assert_eq!(
        (caller.device, caller.principal.person),
        (enrolled.device, house.people[0])
    );
    assert_eq!(
        (caller.installation.public_key, caller.installation.epoch),
        (key(1), 0)
    );
    assert_eq!(
        house.enrol(&code, key(2), 0, START + 3).unwrap_err(),
        IdentityError::UsedCode
    );
}

#[test]
fn a_code_expires_and_unknown_ones_are_told_apart() {
    let house = house();
    let code = house.code(house.people[0], 2).to_string();
    let late = START + CODE_LIFETIME_MS;
    assert_eq!(
        house.enrol(&code, key(1), 0, late).unwrap_err(),
        IdentityError::ExpiredCode
    );
    assert_eq!(
        house.enrol("0000-0000", key(1), 0, START).unwrap_err(),
        IdentityError::UnknownCode
    );
    assert_eq!(
        house.enrol("nonsense!", key(1), 0, START).unwrap_err(),
        IdentityError::UnknownCode
    );
    house.enrol(&code, key(1), 0, late - 1).unwrap();
}

#[test]
fn a_refused_key_leaves_the_code_unused() {
    let house = house();
    let code = house.code(house.people[1], 3).to_string();
    let server = house.store.read(|r| r.server()).unwrap().public_key;
    // The server's own key, the identity point, and what is no point at all.
    let mut identity_point = [0; 32];
    identity_point[0] = 1;
    let mut no_point = [0; 32];
    no_point[0] = 2;
    for bad in [server, identity_point, no_point] {
        assert_eq!(
            house.enrol(&code, bad, 0, START).unwrap_err(),
            IdentityError::BadKey
        );
    }
    house.enrolled();
    assert_eq!(
        house.enrol(&code, key(1), 0, START).unwrap_err(),
        IdentityError::KeyTaken,
        "that is Li's phone"
    );
    house.enrol(&code, key(4), 0, START).unwrap();
}

#[test]
fn a_phone_that_enrols_again_stays_the_same_device() {
    let house = house();
    let first = house.enrolled();
    let again = house
        .enrol(&house.code(house.people[0], 5).to_string(), key(1), 3, START + 9)
        .unwrap();
    assert_eq!((again.device, again.epoch), (first.device, 3));
    assert_eq!(
        house.sign_in(&first.tokens.access, START + 10).unwrap_err(),
        IdentityError::Revoked
    );
    house.sign_in(&again.tokens.access, START + 10).unwrap();
    let lower = house
        .enrol(&house.code(house.people[0], 6).to_string(), key(1), 1, START + 11)
        .unwrap();
    assert_eq!(lower.epoch, 3, "an epoch that was used is never used again");
}

#[test]
fn an_access_token_lasts_an_hour() {
    let house = house();
    let token = house.enrolled().tokens.access;
    house.sign_in(&token, START + ACCESS_LIFETIME_MS - 1).unwrap();
    assert_eq!(
        house.sign_in(&token, START + ACCESS_LIFETIME_MS).unwrap_err(),
        IdentityError::ExpiredToken
    );
    let wrong = format!("{}A", &token[..token.len() - 1]);
    let wrong = if wrong == token {
        format!("{}B", &token[..token.len() - 1])
    } else {
        wrong
    };
    assert_eq!(
        house.sign_in(&wrong, START).unwrap_err(),
        IdentityError::UnknownToken
    );
    assert_eq!(
        house.sign_in("Bearer", START).unwrap_err(),
        IdentityError::Malformed
    );
}

#[test]
fn a_refresh_token_is_no_access_token() {
    let house = house();
    let tokens = house.enrolled().tokens;
    assert_eq!(
        house.sign_in(&tokens.refresh, START).unwrap_err(),
        IdentityError::Malformed
    );
    assert_eq!(
        house.refresh(&tokens.access, START).unwrap_err(),
        IdentityError::Malformed
    );
}

#[test]
fn a_token_of_another_organisation_names_it() {
    let (house, elsewhere) = (house(), SqliteStore::open_in_memory().unwrap());
    let token = house.enrolled().tokens.access;
    elsewhere
        .transact(|w| found(w, "Another", START, &mut rng(99)).map(|_| ()))
        .unwrap();
    let refused = elsewhere
        .read(|r| Ok(authenticate(r, &token, START)))
        .unwrap()
        .unwrap_err();
    assert_eq!(refused, IdentityError::OtherTenant(house.tenant.id));
}

#[test]
fn tokens_rotate_and_a_lost_answer_is_asked_for_again() {
    let house = house();
    let first = house.enrolled().tokens;
    let second = house.next(&first.refresh, START + DAY);
    assert_ne!(second.refresh, first.refresh);
    // The answer was lost; within the grace the first one gives another pair of the same sign-in.
    let third = house.next(&first.refresh, START + DAY + GRACE_MS - 1);
    house.uses(&third.access, START + DAY + GRACE_MS);
    house.next(&third.refresh, START + DAY + 2 * GRACE_MS);
}

#[test]
fn a_lost_answer_is_no_theft_even_days_later() {
    let house = house();
    let first = house.enrolled().tokens;
    house.uses(&first.access, START + 1);
    house.next(&first.refresh, START + DAY);
    // No network for a week: nothing newer was ever used.
    let third = house.next(&first.refresh, START + 8 * DAY);
    house.uses(&third.access, START + 8 * DAY + 1);
}

#[test]
fn a_stolen_token_is_worth_nothing_without_the_key_and_harms_nobody() {
    let house = house();
    let first = house.enrolled().tokens;
    for thief in [2, 3] {
        assert_eq!(
            house.refresh_with(&first.refresh, thief, START + DAY),
            Err(IdentityError::WrongSignature)
        );
    }
    // It did not rotate, and the phone goes on.
    let second = house.next(&first.refresh, START + DAY + 1);
    house.uses(&second.access, START + DAY + 2);
}

#[test]
fn a_copy_is_told_so_and_the_other_phone_goes_on() {
    let house = house();
    let first = house.enrolled().tokens;
    let second = house.next(&first.refresh, START + DAY);
    house.uses(&second.access, START + DAY + 1);
    let late = START + DAY + GRACE_MS;
    assert_eq!(house.refresh(&first.refresh, late), Err(IdentityError::Copied));
    house.uses(&second.access, late + 1);
    house.next(&second.refresh, late + 2);
}

#[test]
fn a_copy_within_the_grace_is_found_out() {
    let house = house();
    let first = house.enrolled().tokens;
    let owners = house.next(&first.refresh, START + DAY);
    let copies = house.next(&first.refresh, START + DAY + MINUTE);
    house.next(&copies.refresh, START + DAY + 60 * MINUTE);
    house.uses(&copies.access, START + DAY + 2 * MINUTE);
    // The owner comes back with a token that counts as replaced since the copy used the other one.
    assert_eq!(
        house.refresh(&owners.refresh, START + 2 * DAY),
        Err(IdentityError::Copied)
    );
}

#[test]
fn a_revoked_device_hands_in_what_it_has_and_then_stays_out() {
    let house = house();
    let enrolled = house.enrolled();
    let (tenant, device) = (house.tenant.id, enrolled.device);
    house
        .store
        .write(move |w| w.revoke_device(tenant, device, START + 5))
        .unwrap();
    let (access, refresh) = (&enrolled.tokens.access, &enrolled.tokens.refresh);
    let ended = house.sign_in(access, START + 6).unwrap().caller.ended;
    assert_eq!(ended.map(|ended| ended.at_ms), Some(START + 5));
    house
        .store
        .write(move |w| w.close_device(tenant, device, START + 6))
        .unwrap();
    assert_eq!(
        house.sign_in(access, START + 6).unwrap_err(),
        IdentityError::DeviceRevoked
    );
    assert_eq!(
        house.refresh(refresh, START + 6).unwrap_err(),
        IdentityError::DeviceRevoked
    );
    let code = house.code(house.people[0], 8).to_string();
    assert_eq!(
        house.enrol(&code, key(1), 0, START + 7).unwrap_err(),
        IdentityError::DeviceRevoked
    );
}

#[test]
fn a_refresh_token_does_not_last_for_ever() {
    let house = house();
    let tokens = house.enrolled().tokens;
    let late = START + REFRESH_LIFETIME_MS;
    assert_eq!(
        house.refresh(&tokens.refresh, late).unwrap_err(),
        IdentityError::ExpiredToken
    );
    house.next(&tokens.refresh, late - 1);
}

#[test]
fn contact_is_noted_when_it_is_news() {
    let house = house();
    let enrolled = house.enrolled();
    let device = || {
        house
            .store
            .read(|r| r.device(house.tenant.id, enrolled.device))
            .unwrap()
            .unwrap()
    };
    let contact = |waiting, now| {
        let signed_in = house.sign_in(&enrolled.tokens.access, now).unwrap();
        signed_in.note_contact(&house.store, waiting, 0, now).unwrap();
        (device().seen_ms, device().waiting)
    };
    let start = START + 1;
    assert_eq!(contact(0, start), (start, 0));
    assert_eq!(
        contact(0, start + MINUTE),
        (start, 0),
        "an idle exchange writes nothing"
    );
    assert_eq!(contact(3, start + 2 * MINUTE), (start + 2 * MINUTE, 3));
    assert_eq!(contact(3, start + 12 * MINUTE), (start + 12 * MINUTE, 3));
}

#[test]
fn a_code_for_nobody_is_not_made() {
    let house = house();
    let (tenant, nobody) = (house.tenant.id, PersonId(uuid::Uuid::nil()));
    let refused = house
        .store
        .write(move |w| issue_code(w, tenant, nobody, START, &mut rng(1)));
    assert!(matches!(refused, Err(StoreError::Database(_))), "{refused:?}");
}
