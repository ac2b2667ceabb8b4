//! Stolen tokens, foreign keys and listened-to requests at a real door: each is refused, the phone that was stolen from and
//! a second phone that works meanwhile notice nothing.

use std::time::Duration;

use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{DocumentId, InstallationKey, Kind};
use fieldbook_core::replica::Identity;
use fieldbook_core::replica::sync::Edge;
use fieldbook_core::trust::SignedBy;
use fieldbook_core::wire::{ANSWER_LEVEL, Request, Section, deflate};
use fieldbook_server::store::Store;
use fieldbook_tests::process::{Door, Outcome, Reply};
use fieldbook_tests::stories::{pack, request};
use uuid::Uuid;

/// Whose token it is.
const CHEN: usize = 2;
/// Who has it now, and a phone of their own.
const LI: usize = 0;
/// Who works beside.
const WANG: usize = 1;

const PATIENCE: Duration = Duration::from_millis(500);

fn id(number: u128) -> DocumentId {
    DocumentId(Uuid::from_u128(
        0x0195_f3a0_7c1e_7a52_8f3b_0000_0000_0000 + number,
    ))
}

/// A new customer of Chen's, as Chen's phone would make it.
fn customer(door: &Door, number: u128) -> Outcome<Section> {
    let now = door.edge().now().at.timestamp_millis();
    let change = door.new_customer(CHEN, id(number), now)?;
    pack(&DocumentIndex::new(), id(number), Kind::Customer, 0, change)
}

fn is_stored(door: &Door, number: u128) -> Outcome<bool> {
    let tenant = door.town().tenant;
    Ok(door
        .store()
        .read(|reader| reader.document(tenant, id(number)))?
        .is_some())
}

/// Sends it under Chen's token while Wang works, and says how it was refused.
fn refused(door: &Door, request: &Request) -> Outcome<(u16, String)> {
    let body = deflate(&minicbor::to_vec(request)?, ANSWER_LEVEL);
    let token = door.phone(CHEN)?.access_token.clone();
    door.beside(WANG, || door.post(&token, body))?.problem()
}

fn identity(door: &Door, rep: usize) -> Outcome<Identity> {
    Ok(door.phone(rep)?.replica.identity()?)
}

#[test]
fn a_stolen_token_is_of_no_use_without_the_phones_key() -> Outcome<()> {
    let door = Door::open(3, PATIENCE)?;
    let (chen, li) = (identity(&door, CHEN)?, identity(&door, LI)?);
    let mut number = 5_000_000;
    let mut signed = |by: &SignedBy, secret: &[u8; 32]| -> Outcome<Request> {
        number += 1;
        let mut request = request(vec![customer(&door, 1)?]);
        request.number = number;
        request.sign(by, secret)?;
        Ok(request)
    };
    // With the thief's own key; with it in the owner's name; for another epoch of the owner's phone; by nobody.
    let own_key = signed(&li.signed_by(), &li.secret)?;
    let in_their_name = signed(&chen.signed_by(), &li.secret)?;
    let other_epoch = SignedBy {
        installation: InstallationKey {
            epoch: chen.epoch + 1,
            ..chen.signed_by().installation
        },
        ..chen.signed_by()
    };
    let of_another_epoch = signed(&other_epoch, &chen.secret)?;
    let unsigned = Request {
        signature: None,
        ..own_key.clone()
    };
    for (request, problem) in [
        (&own_key, "signature-wrong"),
        (&in_their_name, "signature-wrong"),
        (&of_another_epoch, "signature-wrong"),
        (&unsigned, "signature-missing"),
    ] {
        // More often than a hostile phone is listened to: who is stolen from does not have to wait for it.
        for _ in 0..3 {
            assert_eq!(refused(&door, request)?, (403, problem.to_owned()));
        }
    }
    assert!(!is_stored(&door, 1)?);
    assert_eq!(door.sync(CHEN)?.parked, 0);
    let mine = door.ask(CHEN, &request(vec![customer(&door, 1)?]))?.answer()?;
    assert_eq!(mine.verdicts[0].stored, 1, "the owner goes on");
    Ok(())
}

#[test]
fn a_request_that_was_changed_on_the_way_is_refused() -> Outcome<()> {
    let door = Door::open(3, PATIENCE)?;
    let chen = identity(&door, CHEN)?;
    let mut honest = request(vec![customer(&door, 1)?]);
    honest.number = 5_000_000;
    honest.sign(&chen.signed_by(), &chen.secret)?;
    let changed = |change: fn(&mut Request)| {
        let mut request = honest.clone();
        change(&mut request);
        request
    };
    let twisted = [
        changed(|it| it.number += 1),
        changed(|it| it.budget = 7),
        changed(|it| it.waiting = 7),
        changed(|it| it.upload.clear()),
        changed(|it| it.upload[0].rebase = 1),
        changed(|it| it.upload[0].document = id(2)),
        changed(|it| it.upload.push(it.upload[0].clone())),
    ];
    for request in &twisted {
        assert_eq!(refused(&door, request)?, (403, "signature-wrong".to_owned()));
    }
    assert!(!is_stored(&door, 1)? && !is_stored(&door, 2)?);
    Ok(())
}

#[test]
fn a_request_that_somebody_listened_to_works_once() -> Outcome<()> {
    let door = Door::open(3, PATIENCE)?;
    let chen = identity(&door, CHEN)?;
    let mut heard = request(vec![customer(&door, 1)?]);
    heard.number = 5_000_000;
    heard.sign(&chen.signed_by(), &chen.secret)?;
    let body = deflate(&minicbor::to_vec(&heard)?, ANSWER_LEVEL);
    let token = door.phone(CHEN)?.access_token.clone();
    let Reply::Answer(first) = door.post(&token, body)? else {
        return Err("the phone itself was refused".into());
    };
    assert_eq!(first.verdicts[0].stored, 1);
    for _ in 0..3 {
        assert_eq!(refused(&door, &heard)?, (409, "device-copied".to_owned()));
    }
    // Under the thief's own sign-in it is not theirs.
    let body = deflate(&minicbor::to_vec(&heard)?, ANSWER_LEVEL);
    let token = door.phone(LI)?.access_token.clone();
    let reply = door.beside(WANG, || door.post(&token, body))?;
    assert_eq!(reply.problem()?, (403, "signature-wrong".to_owned()));
    // The phone itself goes on with the numbers that follow.
    let mut next = request(vec![customer(&door, 2)?]);
    next.number = heard.number + 1;
    next.sign(&chen.signed_by(), &chen.secret)?;
    let body = deflate(&minicbor::to_vec(&next)?, ANSWER_LEVEL);
    let answer = door.post(&door.phone(CHEN)?.access_token, body)?.answer()?;
    assert_eq!(answer.verdicts[0].stored, 1);
    Ok(())
}
