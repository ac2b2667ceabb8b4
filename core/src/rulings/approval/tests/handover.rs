//! Whom an approver may bring in.

use super::Room;
use super::room::unit;
use crate::document::command::{Answer, Decision, Handing};
use crate::document::fixture::*;
use crate::document::view::{ApprovalStatus, Ruled};
use crate::model::form::{Approver, Mode};
use crate::model::{Delegation, Member, Role};
use crate::rulings::testing::member;

const BOSS: u128 = 4;
const EXPERT: u128 = 5;
/// The applicant's second account.
const SECOND: u128 = 7;
/// The boss's second account.
const ALIAS: u128 = 8;
const GONE: u128 = 10;
const NOBODY: u128 = 99;

/// The supervisor, then the boss; more people are there, one of them no longer.
fn room(mode: Mode) -> Room {
    let mut room = Room::new();
    for (who, human) in [
        (BOSS, BOSS),
        (EXPERT, EXPERT),
        (SECOND, REP),
        (ALIAS, BOSS),
        (GONE, GONE),
    ] {
        room.hire(Member {
            human: person(human),
            active: who != GONE,
            ..member(person(who), unit(), Role::Rep)
        });
    }
    let both = [SUPERVISOR, BOSS].map(|who| Approver::Person(person(who)));
    room.chain(vec![(mode, both.to_vec())]);
    room
}

fn refused(answer: Answer) -> Ruled {
    Ruled::Refused { answer, by: None }
}

#[test]
fn somebody_is_brought_in_who_is_there_and_not_asked_yet() {
    let can_not = || refused(Answer::CannotAsk);
    for (to, add, delegate) in [
        (EXPERT, Ruled::Taken, Ruled::Taken),
        (COLLEAGUE, Ruled::Taken, Ruled::Taken),
        // Who has a seat can stand in for another, not get a second one.
        (BOSS, can_not(), Ruled::Taken),
        (ALIAS, can_not(), Ruled::Taken),
        (SUPERVISOR, can_not(), can_not()),
        (REP, can_not(), can_not()),
        (SECOND, can_not(), can_not()),
        (GONE, can_not(), can_not()),
        (NOBODY, can_not(), can_not()),
    ] {
        for (handing, expected) in [(Handing::Add, add), (Handing::Delegate, delegate)] {
            let mut room = room(Mode::All);
            room.submit();
            let said = room.hand_over(person(SUPERVISOR), handing, person(to));
            assert_eq!(said, Some(expected), "{handing:?} to {to}");
        }
    }
}

#[test]
fn whoever_is_not_asked_now_brings_nobody_in() {
    for (mode, by, expected) in [
        (Mode::All, BOSS, Ruled::Taken),
        (Mode::All, ALIAS, Ruled::Taken),
        (Mode::Order, BOSS, refused(Answer::NotAsked)),
        (Mode::All, COLLEAGUE, refused(Answer::NotAsked)),
        (Mode::All, REP, refused(Answer::Own)),
        (Mode::All, SECOND, refused(Answer::Own)),
    ] {
        let mut room = room(mode);
        room.submit();
        let said = room.hand_over(person(by), Handing::Add, person(EXPERT));
        assert_eq!(said, Some(expected), "{mode:?} by {by}");
    }
    let mut gone = room(Mode::All);
    gone.submit();
    // They left, and the organisation's change has not been looked at yet.
    gone.leave(BOSS);
    let said = gone.hand_over(person(BOSS), Handing::Add, person(EXPERT));
    assert_eq!(said, Some(refused(Answer::NotAsked)));
}

#[test]
fn a_handover_of_what_has_ended_changes_nothing() {
    let mut room = room(Mode::Any);
    let revision = room.submit();
    room.decide(person(BOSS), &revision, Decision::Reject);
    let said = room.hand_over(person(SUPERVISOR), Handing::Add, person(EXPERT));
    let (answer, by) = (Answer::Dissent, Some(person(BOSS)));
    assert_eq!(said, Some(Ruled::Refused { answer, by }));
}

#[test]
fn nobody_is_made_a_delegate_twice() {
    let mut room = room(Mode::All);
    room.submit();
    let mut again = || room.hand_over(person(SUPERVISOR), Handing::Delegate, person(EXPERT));
    assert_eq!(again(), Some(Ruled::Taken));
    assert_eq!(again(), Some(refused(Answer::CannotAsk)));
}

#[test]
fn who_was_added_has_their_own_delegates() {
    let mut room = room(Mode::Any);
    room.delegate(Delegation {
        from: person(EXPERT),
        to: person(COLLEAGUE),
        since_ms: 0,
        until_ms: u64::MAX,
    });
    let revision = room.submit();
    room.hand_over(person(SUPERVISOR), Handing::Add, person(EXPERT));
    let seat = room.view().course.seats.remove(2);
    assert!(seat.added && seat.delegates.contains_key(&person(COLLEAGUE)));
    // One of the chain's own is enough, and the added one has to agree too.
    room.decide(person(BOSS), &revision, Decision::Approve);
    assert_eq!(room.status(), ApprovalStatus::Submitted);
    room.decide_for(
        person(COLLEAGUE),
        Some(person(EXPERT)),
        &revision,
        Decision::Approve,
        None,
    );
    assert_eq!(room.status(), ApprovalStatus::Approved);
}
