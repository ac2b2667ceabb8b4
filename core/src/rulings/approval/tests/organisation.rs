//! What follows for a round that goes on when the organisation changes.

use super::Room;
use super::room::unit;
use crate::document::command::{Decision, Handing};
use crate::document::fixture::*;
use crate::document::view::ApprovalStatus;
use crate::model::form::{Approver, Mode};
use crate::model::{Member, PersonId, Role, UnitId};
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
    let reach = room.view().course.reach;
    assert!(reach.contains(&person(BOSS)), "who had a part in it sees it");
    assert!(!reach.contains(&person(EXPERT)), "who had none does not");
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

/// One of finance is enough. The expert, who alone has that duty, adds the boss and then loses it to them.
fn boss_is_added_and_takes_over(before: impl FnOnce(&mut Room, &str)) -> (Room, String) {
    let mut room = Room::new();
    room.hire(member(person(BOSS), unit(), Role::Rep));
    room.hire(with_duty(EXPERT));
    room.chain(vec![(Mode::Any, vec![Approver::Duty("finance".to_owned())])]);
    let revision = room.submit();
    room.hand_over(person(EXPERT), Handing::Add, person(BOSS));
    before(&mut room, &revision);
    room.hire(with_duty(BOSS));
    room.leave(EXPERT);
    room.settle();
    (room, revision)
}

#[test]
fn who_was_added_and_takes_the_duty_over_is_enough() {
    let (mut room, revision) = boss_is_added_and_takes_over(|_, _| {});
    assert_eq!(room.seated(), people(&[BOSS]));
    room.decide(person(BOSS), &revision, Decision::Approve);
    assert_eq!(room.status(), ApprovalStatus::Approved);
    let agree = |room: &mut Room, revision: &str| {
        room.decide(person(BOSS), revision, Decision::Approve);
        assert_eq!(room.status(), ApprovalStatus::Submitted, "the expert has not");
    };
    let (room, _) = boss_is_added_and_takes_over(agree);
    assert_eq!(
        room.outcome().unwrap().by,
        Some(person(BOSS)),
        "nobody is left to ask"
    );
}

#[test]
fn the_superior_who_was_added_stands_in_for_whoever_added_them() {
    for agreed_before in [true, false] {
        let mut room = Room::new();
        let (team, above) = (unit(), UnitId(uuid::Uuid::from_u128(77)));
        room.units(&[(team, Some(above)), (above, None)]);
        room.hire(member(person(BOSS), above, Role::Supervisor));
        let revision = room.submit();
        room.hand_over(person(SUPERVISOR), Handing::Add, person(BOSS));
        let agree = |room: &mut Room| room.decide(person(BOSS), &revision, Decision::Approve);
        if agreed_before {
            agree(&mut room);
        }
        room.leave(SUPERVISOR);
        room.settle();
        if !agreed_before {
            agree(&mut room);
        }
        assert_eq!(room.status(), ApprovalStatus::Approved, "{agreed_before}");
    }
}

/// The boss was added by the expert, and comes to share the duty with them.
#[test]
fn who_was_added_has_to_agree_whatever_duty_they_get_and_lose() {
    let (mut room, revision) = boss_is_added_and_takes_over(|room, _| room.hire(with_duty(COLLEAGUE)));
    room.decide(person(COLLEAGUE), &revision, Decision::Approve);
    assert_eq!(room.status(), ApprovalStatus::Submitted, "the boss has not");
    room.hire(member(person(BOSS), unit(), Role::Rep));
    room.settle();
    assert_eq!(room.seated(), people(&[COLLEAGUE, BOSS]), "still added");
    room.decide(person(BOSS), &revision, Decision::Approve);
    assert_eq!(room.status(), ApprovalStatus::Approved);
}

#[test]
fn who_was_added_by_one_account_and_gets_the_duty_by_another_is_asked_once() {
    for agreed_before in [true, false] {
        let agree = |room: &mut Room, revision: &str| {
            if agreed_before {
                room.decide(person(BOSS), revision, Decision::Approve);
            }
            let human = person(BOSS);
            room.hire(Member {
                human,
                ..with_duty(COLLEAGUE)
            });
            // The duty is the second account's alone.
            room.leave(EXPERT);
        };
        let (mut room, revision) = boss_is_added_and_takes_over(agree);
        room.hire(member(person(BOSS), unit(), Role::Rep));
        room.settle();
        assert_eq!(
            room.seated().len(),
            usize::from(!agreed_before),
            "{agreed_before}"
        );
        room.decide(person(BOSS), &revision, Decision::Approve);
        assert_eq!(room.status(), ApprovalStatus::Approved, "{agreed_before}");
    }
}
