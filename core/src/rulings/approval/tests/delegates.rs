//! Who may decide in somebody's stead, and until when.

use super::Room;
use super::room::{step, unit};
use crate::document::command::{Answer, Decision, Handing};
use crate::document::fixture::*;
use crate::document::view::Ruled;
use crate::model::form::{Approver, Mode};
use crate::model::{Delegation, Member, Role};
use crate::rulings::testing::member;

const BOSS: u128 = 4;
const EXPERT: u128 = 5;

fn delegation(from: u128, to: u128) -> Delegation {
    Delegation {
        from: person(from),
        to: person(to),
        since_ms: 0,
        until_ms: u64::MAX,
    }
}

/// The supervisor and the boss both have to agree; the expert and the colleague are there.
fn room() -> Room {
    let mut room = Room::new();
    for who in [BOSS, EXPERT] {
        room.hire(member(person(who), unit(), Role::Rep));
    }
    let both = [SUPERVISOR, BOSS].map(|who| Approver::Person(person(who)));
    room.chain(vec![(Mode::All, both.to_vec())]);
    room
}

/// Who may decide for whom as the server says, seat by seat.
fn delegates(room: &Room) -> Vec<Vec<u128>> {
    let number = |who: &crate::model::PersonId| who.0.as_u128() - person(0).0.as_u128();
    let seats = room.view().course.seats;
    seats
        .iter()
        .map(|seat| seat.delegates.keys().map(number).collect())
        .collect()
}

fn counts(room: &mut Room, by: u128, acted_for: u128, revision: &str) -> bool {
    let said = room.decide_for(
        person(by),
        Some(person(acted_for)),
        revision,
        Decision::Approve,
        None,
    );
    let answer = Answer::NotAsked;
    match said {
        Some(Ruled::Counted { .. }) => true,
        said => {
            assert_eq!(said, Some(Ruled::Refused { answer, by: None }));
            false
        }
    }
}

#[test]
fn a_delegate_decides_for_whom_they_stand_in_and_for_nobody_else() {
    for (by, acted_for, expected) in [
        (COLLEAGUE, SUPERVISOR, true),
        (COLLEAGUE, BOSS, false),
        (EXPERT, BOSS, true),
        (EXPERT, SUPERVISOR, false),
        (BOSS, SUPERVISOR, false),
        (SUPERVISOR, SUPERVISOR, false),
    ] {
        let mut room = room();
        room.delegate(delegation(SUPERVISOR, COLLEAGUE));
        let revision = room.submit();
        room.hand_over(person(BOSS), Handing::Delegate, person(EXPERT));
        assert_eq!(delegates(&room), [vec![COLLEAGUE], vec![EXPERT]]);
        assert_eq!(
            counts(&mut room, by, acted_for, &revision),
            expected,
            "{by} for {acted_for}"
        );
    }
}

#[test]
fn whoever_stands_in_is_told_when_the_step_begins_or_when_it_is_said() {
    let mut room = room();
    room.delegate(delegation(SUPERVISOR, COLLEAGUE));
    room.submit();
    assert_eq!(delegates(&room), [vec![COLLEAGUE], vec![]]);
    let before = room.rulings;
    room.settle();
    assert_eq!(room.rulings, before, "said once");
    room.delegate(delegation(BOSS, EXPERT));
    room.delegate(delegation(BOSS, COLLEAGUE));
    room.settle();
    assert_eq!(delegates(&room), [vec![COLLEAGUE], vec![COLLEAGUE, EXPERT]]);
    assert!(room.view().course.reach.contains(&person(EXPERT)), "they see it");
}

#[test]
fn the_applicant_stands_in_for_nobody() {
    let mut room = room();
    let second = Member {
        human: person(REP),
        ..member(person(EXPERT), unit(), Role::Rep)
    };
    room.hire(second);
    for to in [REP, EXPERT] {
        room.delegate(delegation(SUPERVISOR, to));
    }
    room.submit();
    assert_eq!(delegates(&room), [vec![], vec![]]);
}

/// What becomes of the supervisor's delegate, named for a period and for this request only.
#[test]
fn a_delegate_is_recalled_when_the_time_is_over_or_they_are_gone() {
    type Event = fn(&mut Room);
    let ended: Event = Room::end_delegations;
    let left: Event = |room| room.leave(EXPERT);
    let linked: Event = |room| {
        let second = Member {
            human: person(REP),
            ..member(person(EXPERT), unit(), Role::Rep)
        };
        room.hire(second);
    };
    let nothing: Event = |_| {};
    for (once, event, stays) in [
        (false, nothing, true),
        (true, nothing, true),
        (false, ended, false),
        (true, ended, true),
        (false, left, false),
        (true, left, false),
        (false, linked, false),
        (true, linked, false),
    ] {
        let mut room = room();
        if !once {
            room.delegate(delegation(SUPERVISOR, EXPERT));
        }
        room.submit();
        if once {
            room.hand_over(person(SUPERVISOR), Handing::Delegate, person(EXPERT));
        }
        assert_eq!(delegates(&room), [vec![EXPERT], vec![]]);
        event(&mut room);
        room.settle();
        let expected = if stays { vec![EXPERT] } else { vec![] };
        assert_eq!(delegates(&room), [expected, vec![]], "once {once}");
        assert_eq!(room.view().course.reach.contains(&person(EXPERT)), stays);
    }
}

#[test]
fn what_a_delegate_agreed_to_stays_when_they_are_gone() {
    let mut room = room();
    room.delegate(delegation(SUPERVISOR, EXPERT));
    let revision = room.submit();
    assert!(counts(&mut room, EXPERT, SUPERVISOR, &revision));
    let before = room.rulings;
    room.end_delegations();
    room.leave(EXPERT);
    room.settle();
    assert_eq!(room.rulings, before, "nothing to say");
    let seat = room.view().course.seats.remove(0);
    assert_eq!(seat.agreed, Some(person(EXPERT)));
}

/// The expert gets a copy of every expense, and stands in for the supervisor for a while or has a seat for a while.
#[test]
fn whoever_gets_a_copy_keeps_it_when_they_are_asked_no_more() {
    let copied = |approvers: Vec<Approver>| {
        let mut room = room();
        let steps = vec![step(Mode::All, approvers, None)];
        room.chain_of(steps, vec![Approver::Person(person(EXPERT))]);
        room
    };
    let finance = Member {
        duties: ["finance".to_owned()].into(),
        ..member(person(EXPERT), unit(), Role::Rep)
    };
    let both = [SUPERVISOR, BOSS].map(|who| Approver::Person(person(who)));
    let mut stood_in = copied(both.to_vec());
    stood_in.delegate(delegation(SUPERVISOR, EXPERT));
    stood_in.submit();
    stood_in.end_delegations();
    let mut seated = copied(vec![Approver::Superior, Approver::Duty("finance".to_owned())]);
    seated.hire(finance.clone());
    seated.hire(Member {
        id: person(BOSS),
        human: person(BOSS),
        ..finance
    });
    seated.submit();
    seated.hire(member(person(EXPERT), unit(), Role::Rep));
    for mut room in [stood_in, seated] {
        assert!(room.view().course.asked.contains(&person(EXPERT)));
        room.settle();
        let course = room.view().course;
        assert!(!course.asked.contains(&person(EXPERT)), "asked no more");
        assert!(course.reach.contains(&person(EXPERT)), "they still see it");
        // Nor does a later round take away what an earlier one gave.
        room.arrive(1, &add_line("5"));
        room.chain_of(
            vec![step(Mode::All, vec![Approver::Person(person(EXPERT))], None)],
            Vec::new(),
        );
        room.submit();
        room.leave(EXPERT);
        room.settle();
        assert!(room.view().course.reach.contains(&person(EXPERT)));
    }
}

#[test]
fn whoever_stands_in_for_another_one_or_had_a_part_in_it_still_sees_it() {
    // Named for both; the period of one is over.
    let mut room = room();
    room.delegate(delegation(SUPERVISOR, EXPERT));
    let revision = room.submit();
    room.hand_over(person(BOSS), Handing::Delegate, person(EXPERT));
    let mut decided = room.clone();
    room.end_delegations();
    room.settle();
    assert_eq!(delegates(&room), [vec![], vec![EXPERT]]);
    let course = room.view().course;
    assert!(course.reach.contains(&person(EXPERT)) && course.asked.contains(&person(EXPERT)));

    // They agreed for the boss before: a word that stands is theirs to see.
    assert!(counts(&mut decided, EXPERT, BOSS, &revision));
    decided.end_delegations();
    decided.settle();
    assert_eq!(delegates(&decided)[0], vec![]);
    assert!(decided.view().course.reach.contains(&person(EXPERT)));
}
