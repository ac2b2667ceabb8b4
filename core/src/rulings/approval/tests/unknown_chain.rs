//! A round on a chain that is not known here, as after a restore from an older backup.

use super::Room;
use super::room::unit;
use crate::document::command::{Answer, Decision};
use crate::document::fixture::*;
use crate::document::view::{ApprovalStatus, Ruled};
use crate::model::Role;
use crate::model::form::{Approver, Mode};
use crate::rulings::Unruled;
use crate::rulings::testing::member;

const BOSS: u128 = 4;

/// A request of two steps, the second one with somebody else.
fn two_steps() -> (Room, String) {
    let mut room = Room::new();
    room.hire(member(person(BOSS), unit(), Role::Rep));
    room.chain(vec![
        (Mode::Any, vec![Approver::Superior]),
        (Mode::Any, vec![Approver::Person(person(BOSS))]),
    ]);
    let revision = room.submit();
    (room, revision)
}

#[test]
fn while_the_chain_of_a_round_is_unknown_nobodys_decision_is_ruled_on() {
    let (mut room, revision) = two_steps();
    let known = std::mem::take(&mut room.office.chains);
    let approving = decide(person(SUPERVISOR), revision.clone(), Decision::Approve);
    room.desk.run(30, &approving).unwrap();
    let before = room.view().course;
    let problem = room.try_settle().unwrap_err();
    assert!(matches!(&problem, Unruled::Chain(chain) if chain == "expense@2"));
    assert!(problem.to_string().contains("expense@2"), "{problem}");
    assert_eq!(room.view().course, before, "nothing was ruled");
    // Known again, it goes on where it stood: the second step is still asked.
    room.office.chains = known;
    room.settle();
    assert_eq!(
        (room.status(), room.seated()),
        (ApprovalStatus::Submitted, vec![person(BOSS)])
    );
    room.decide(person(BOSS), &revision, Decision::Approve);
    assert_eq!(room.status(), ApprovalStatus::Approved);
}

#[test]
fn a_request_whose_chain_is_unknown_can_be_taken_back_and_handed_in_anew() {
    let (mut room, revision) = two_steps();
    room.office.chains.retain(|chain| chain.version == 1);
    let approving = decide(person(SUPERVISOR), revision.clone(), Decision::Approve);
    room.desk.run(30, &approving).unwrap();
    room.withdraw(&revision);
    assert_eq!(room.status(), ApprovalStatus::Withdrawn);
    let said = room.view().decisions[0].id.clone();
    assert_eq!(
        room.view().course.ruled.get(&said).cloned(),
        Some(Ruled::Refused {
            answer: Answer::NotOpen,
            by: None
        }),
        "what was decided before hears that it is too late"
    );
    room.submit();
    assert_eq!(room.view().course.chain, "expense@1", "the one in force");
    assert_eq!(room.seated(), [person(SUPERVISOR)]);
}

#[test]
fn a_chain_without_the_steps_of_the_plan_ends_nothing() {
    let (mut room, revision) = two_steps();
    let chain = room.office.chains.iter_mut().find(|chain| chain.version == 2);
    chain.unwrap().steps.truncate(1);
    let approving = decide(person(SUPERVISOR), revision, Decision::Approve);
    room.desk.run(30, &approving).unwrap();
    assert!(matches!(room.try_settle(), Err(Unruled::Chain(_))));
    assert_eq!(room.outcome(), None);
}
