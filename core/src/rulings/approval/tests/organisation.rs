//! What follows for a round that goes on when the organisation changes.

use super::Room;
use super::room::unit;
use crate::document::command::{Decision, Handing};
use crate::document::fixture::*;
use crate::document::view::ApprovalStatus;
use crate::model::form::{Approver, Mode};
use crate::model::{Member, PersonId, Role};
use crate::rulings::testing::member;

const BOSS: u128 = 4;
const EXPERT: u128 = 5;

fn people(numbers: &[u128]) -> Vec<PersonId> {
    numbers.iter().copied().map(person).collect()
}

/// Two who share a duty have to agree.
fn room() -> Room {
    let mut room = Room::new();
    for who in [BOSS, EXPERT] {
        room.hire(with_duty(who));
    }
    room.chain(vec![(Mode::All, vec![Approver::Duty("finance".to_owned())])]);
    room
}

fn with_duty(who: u128) -> Member {
    Member {
        duties: ["finance".to_owned()].into(),
        ..member(person(who), unit(), Role::Rep)
    }
}

#[test]
fn who_comes_is_asked_and_who_goes_is_not() {
    let mut room = room();
    room.submit();
    assert_eq!(room.seated(), people(&[BOSS, EXPERT]));
    room.hire(with_duty(COLLEAGUE));
    room.settle();
    assert_eq!(room.seated(), people(&[BOSS, EXPERT, COLLEAGUE]));
    room.hire(member(person(BOSS), unit(), Role::Rep));
    room.leave(EXPERT);
    room.settle();
    assert_eq!(room.seated(), people(&[COLLEAGUE]));
    let reach = room.view().course.reach;
    assert!(!reach.contains(&person(BOSS)) && !reach.contains(&person(EXPERT)));
}

#[test]
fn what_was_agreed_stays_and_the_rest_is_enough() {
    let mut room = room();
    let revision = room.submit();
    room.decide(person(BOSS), &revision, Decision::Approve);
    room.leave(BOSS);
    room.settle();
    assert_eq!(room.seated(), people(&[BOSS, EXPERT]), "their word holds");
    assert_eq!(room.status(), ApprovalStatus::Submitted);
    // The last one who had not agreed gives the duty up: the step is done.
    room.hire(member(person(EXPERT), unit(), Role::Rep));
    room.hire(with_duty(BOSS));
    room.settle();
    assert_eq!(room.outcome().unwrap().by, Some(person(BOSS)));
}

#[test]
fn a_second_account_of_somebody_who_is_asked_gets_no_second_seat() {
    let mut room = room();
    room.submit();
    room.hire(Member {
        human: person(BOSS),
        ..with_duty(COLLEAGUE)
    });
    room.settle();
    let humans: Vec<PersonId> = room
        .seated()
        .into_iter()
        .map(|who| room.office.roster.human(who))
        .collect();
    assert_eq!(humans.len(), 2);
    assert!(humans.contains(&person(BOSS)) && humans.contains(&person(EXPERT)));
}

/// The colleague was added by an approver; what becomes of their seat?
#[test]
fn who_was_added_stays_until_they_leave_and_is_then_replaced_by_whoever_leads_them() {
    type Event = fn(&mut Room);
    let nothing: Event = |_| {};
    let left: Event = |room| room.leave(COLLEAGUE);
    let led_by_one_who_is_asked: Event = |room| {
        room.hire(Member {
            role: Role::Supervisor,
            ..with_duty(BOSS)
        });
        room.leave(SUPERVISOR);
        room.leave(COLLEAGUE);
    };
    for (event, seats) in [
        (nothing, vec![BOSS, EXPERT, COLLEAGUE]),
        (left, vec![BOSS, EXPERT, SUPERVISOR]),
        (led_by_one_who_is_asked, vec![BOSS, EXPERT]),
    ] {
        let mut room = room();
        room.submit();
        room.hand_over(person(BOSS), Handing::Add, person(COLLEAGUE));
        event(&mut room);
        room.settle();
        assert_eq!(room.seated(), people(&seats));
        let added: Vec<bool> = room.view().course.seats.iter().map(|seat| seat.added).collect();
        assert_eq!(added, [false, false, true][..seats.len()]);
    }
}

#[test]
fn the_word_of_somebody_who_was_added_stays_too() {
    let mut room = room();
    let revision = room.submit();
    room.hand_over(person(BOSS), Handing::Add, person(COLLEAGUE));
    room.decide(person(COLLEAGUE), &revision, Decision::Approve);
    room.leave(COLLEAGUE);
    let before = room.rulings;
    room.settle();
    assert_eq!(
        (room.seated(), room.rulings),
        (people(&[BOSS, EXPERT, COLLEAGUE]), before)
    );
}

#[test]
fn once_it_has_ended_the_organisation_changes_nothing() {
    let mut room = room();
    let revision = room.submit();
    room.decide(person(BOSS), &revision, Decision::Reject);
    let before = room.rulings;
    room.leave(BOSS);
    room.leave(EXPERT);
    room.settle();
    assert_eq!((room.status(), room.rulings), (ApprovalStatus::Rejected, before));
}
