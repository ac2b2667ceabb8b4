//! From step to step: who is asked, in which order, and what a return does.

use super::Room;
use super::room::{step, unit};
use crate::document::Command;
use crate::document::command::{Answer, Decide, Decision, Withdraw};
use crate::document::fixture::*;
use crate::document::view::{ApprovalStatus, Ruled};
use crate::model::form::{Approver, Condition, Mode};
use crate::model::{PersonId, Role};
use crate::rulings::testing::member;

const BOSS: u128 = 4;
const EXPERT: u128 = 5;

fn person_of(who: u128) -> Approver {
    Approver::Person(person(who))
}

fn duty(name: &str) -> Approver {
    Approver::Duty(name.to_owned())
}

/// A room with two more people.
fn room() -> Room {
    let mut room = Room::new();
    for who in [BOSS, EXPERT] {
        room.hire(member(person(who), unit(), Role::Rep));
    }
    room
}

fn approve(room: &mut Room, who: u128, revision: &str) -> Option<Ruled> {
    room.decide(person(who), revision, Decision::Approve)
}

fn back_to(room: &mut Room, who: u128, revision: &str, step: u32) -> Option<Ruled> {
    room.decide_for(person(who), None, revision, Decision::Return, Some(step))
}

fn refused(answer: Answer) -> Option<Ruled> {
    Some(Ruled::Refused { answer, by: None })
}

#[test]
fn a_return_goes_to_an_earlier_step_of_this_round_only() {
    let mut room = room();
    let never = Condition {
        forms: vec!["order".to_owned()],
        ..Condition::default()
    };
    room.chain_of(
        vec![
            step(Mode::Any, vec![Approver::Superior], None),
            step(Mode::Any, vec![person_of(COLLEAGUE)], Some(never)),
            step(Mode::Any, vec![person_of(BOSS)], None),
            step(Mode::Any, vec![person_of(EXPERT)], None),
        ],
        Vec::new(),
    );
    let revision = room.submit();
    approve(&mut room, SUPERVISOR, &revision);
    assert_eq!(room.seated(), [person(BOSS)], "the second does not apply");
    for step in [0, 2, 3, 4, 9] {
        assert_eq!(
            back_to(&mut room, BOSS, &revision, step),
            refused(Answer::NoSuchStep)
        );
    }
    assert_eq!(room.view().course.step, 3, "nothing has changed");
    let said = back_to(&mut room, BOSS, &revision, 1);
    assert!(matches!(said, Some(Ruled::Counted { step: 3, .. })), "{said:?}");
    assert_eq!(room.status(), ApprovalStatus::Submitted, "still under way");
    assert_eq!(room.seated(), [person(SUPERVISOR)], "who is asked again");
    for who in [SUPERVISOR, BOSS, EXPERT] {
        approve(&mut room, who, &revision);
    }
    assert_eq!(room.outcome().unwrap().by, Some(person(EXPERT)));
}

#[test]
fn how_many_have_to_agree_is_the_steps_to_say() {
    for (mode, first, then) in [
        (Mode::Any, EXPERT, vec![]),
        (Mode::All, EXPERT, vec![BOSS]),
        (Mode::Order, BOSS, vec![EXPERT]),
    ] {
        let mut room = room();
        room.chain(vec![(mode, vec![person_of(BOSS), person_of(EXPERT)])]);
        let revision = room.submit();
        if mode == Mode::Order {
            assert_eq!(approve(&mut room, EXPERT, &revision), refused(Answer::NotYet));
        }
        approve(&mut room, first, &revision);
        for who in then {
            assert_eq!(room.status(), ApprovalStatus::Submitted, "{mode:?}");
            approve(&mut room, who, &revision);
        }
        assert_eq!(room.status(), ApprovalStatus::Approved, "{mode:?}");
    }
}

#[test]
fn a_duty_that_nobody_holds_falls_to_the_superior_once() {
    let superior = || (Mode::Any, vec![Approver::Superior]);
    let finance = || (Mode::Any, vec![duty("finance")]);
    // Who said yes already is not asked to step in.
    let mut room = room();
    room.chain(vec![superior(), finance()]);
    let revision = room.submit();
    approve(&mut room, SUPERVISOR, &revision);
    assert_eq!(room.outcome().unwrap().by, Some(person(SUPERVISOR)));
    // Who has not is.
    let mut room = Room::new();
    room.chain(vec![(Mode::Any, vec![person_of(COLLEAGUE)]), finance()]);
    let revision = room.submit();
    approve(&mut room, COLLEAGUE, &revision);
    assert_eq!(room.seated(), [person(SUPERVISOR)]);
    // Whoever is meant themselves is asked in every step that means them.
    let mut room = Room::new();
    room.chain(vec![superior(), superior()]);
    let revision = room.submit();
    approve(&mut room, SUPERVISOR, &revision);
    assert_eq!(
        (room.view().course.step, room.seated()),
        (2, vec![person(SUPERVISOR)])
    );
    // One of two who stand in is not enough to pass it.
    let mut room = Room::new();
    room.hire(member(person(BOSS), unit(), Role::Supervisor));
    room.chain(vec![superior(), finance()]);
    let revision = room.submit();
    approve(&mut room, SUPERVISOR, &revision);
    assert_eq!(room.seated(), [person(SUPERVISOR), person(BOSS)]);
}

#[test]
fn a_step_that_nobody_can_take_waits_for_somebody() {
    let mut room = Room::new();
    room.leave(SUPERVISOR);
    room.chain(vec![(Mode::Any, vec![duty("finance")])]);
    let revision = room.submit();
    assert_eq!(
        (room.status(), room.seated()),
        (ApprovalStatus::Submitted, vec![])
    );
    room.hire(member(person(SUPERVISOR), unit(), Role::Supervisor));
    room.settle();
    assert_eq!(room.seated(), [person(SUPERVISOR)]);
    approve(&mut room, SUPERVISOR, &revision);
    assert_eq!(room.status(), ApprovalStatus::Approved);
}

#[test]
fn each_human_is_asked_once_whatever_the_chain_says() {
    let mut room = room();
    let second = crate::model::Member {
        human: person(BOSS),
        ..member(person(EXPERT), unit(), Role::Rep)
    };
    room.hire(second);
    room.chain(vec![(
        Mode::All,
        vec![person_of(BOSS), person_of(EXPERT), person_of(COLLEAGUE)],
    )]);
    room.submit();
    assert_eq!(room.seated(), [person(BOSS), person(COLLEAGUE)]);
}

/// Requests that arrive before the server looks at any of them, oldest first.
#[test]
fn of_requests_that_arrive_together_the_one_made_first_counts() {
    let decide = |by: u128, revision: &str, decision| {
        Command::Decide(Decide {
            document: document(6),
            revision: revision.to_owned(),
            by: person(by),
            acted_for: None,
            at: at(140),
            decision,
            step: None,
            note: Some("why".to_owned()),
        })
    };
    let withdraw = |revision: &str| {
        Command::Withdraw(Withdraw {
            document: document(6),
            revision: revision.to_owned(),
            at: at(139),
            note: None,
        })
    };
    for decided_first in [true, false] {
        let mut room = Room::new();
        let revision = room.submit();
        let mut requests = [
            (20, decide(SUPERVISOR, &revision, Decision::Approve)),
            (1, withdraw(&revision)),
        ];
        if !decided_first {
            requests.reverse();
        }
        for (actor, command) in &requests {
            room.desk.run(*actor, command).unwrap();
        }
        room.settle();
        let status = if decided_first {
            ApprovalStatus::Approved
        } else {
            ApprovalStatus::Withdrawn
        };
        assert_eq!(room.status(), status);
    }
}

#[test]
fn of_requests_made_apart_the_same_one_counts_in_either_order_of_arrival() {
    let mut ends = Vec::new();
    for swapped in [false, true] {
        let mut room = room();
        room.hire(member(person(BOSS), unit(), Role::Supervisor));
        let revision = room.submit();
        let mut apart = [room.desk.clone(), room.desk.clone()];
        let by = [(30, SUPERVISOR, Decision::Approve), (31, BOSS, Decision::Reject)];
        for (desk, (actor, who, decision)) in apart.iter_mut().zip(by) {
            desk.run(actor, &decide(person(who), revision.clone(), decision))
                .unwrap();
        }
        if swapped {
            apart.reverse();
        }
        for desk in &apart {
            room.desk.merge(desk);
        }
        room.settle();
        let counted: Vec<PersonId> = room
            .outcome()
            .and_then(|outcome| outcome.by)
            .into_iter()
            .collect();
        ends.push((room.status(), counted));
    }
    assert_eq!(ends[0], ends[1]);
    assert_eq!(ends[0], (ApprovalStatus::Approved, vec![person(SUPERVISOR)]));
}
