use super::Room;
use crate::document::command::{Answer, Decision, Handing};
use crate::document::fixture::*;
use crate::document::view::{ApprovalStatus, Ruled};
use crate::model::Role;
use crate::rulings::testing::member;

fn refused(answer: Answer, by: Option<u128>) -> Option<Ruled> {
    Some(Ruled::Refused {
        answer,
        by: by.map(person),
    })
}

#[test]
fn a_superiors_decision_becomes_the_outcome() {
    for (decision, status) in [
        (Decision::Approve, ApprovalStatus::Approved),
        (Decision::Reject, ApprovalStatus::Rejected),
        (Decision::Return, ApprovalStatus::Returned),
    ] {
        let mut room = Room::new();
        let revision = room.submit();
        assert_eq!(room.status(), ApprovalStatus::Submitted);
        let counted = room.decide(person(SUPERVISOR), &revision, decision);
        let (step, seat, by) = (1, person(SUPERVISOR), person(SUPERVISOR));
        assert_eq!(counted, Some(Ruled::Counted { step, seat, by }));
        let outcome = room.outcome().unwrap();
        assert_eq!((outcome.outcome, outcome.by), (decision, Some(by)));
        assert_eq!((room.status(), room.rulings), (status, 2));
    }
}

#[test]
fn nobody_else_decides_and_whoever_was_moved_no_longer() {
    let mut room = Room::new();
    let revision = room.submit();
    let approve = |room: &mut Room, who: u128| room.decide(person(who), &revision, Decision::Approve);
    assert_eq!(approve(&mut room, COLLEAGUE), refused(Answer::NotAsked, None));
    // The applicant has been made a supervisor in the meantime: still not their own.
    room.hire(member(person(REP), super::room::unit(), Role::Supervisor));
    assert_eq!(approve(&mut room, REP), refused(Answer::Own, None));
    let elsewhere = crate::model::UnitId(uuid::Uuid::from_u128(77));
    // The decision arrives before anything else has brought the seats up to date.
    room.hire(member(person(SUPERVISOR), elsewhere, Role::Supervisor));
    assert_eq!(approve(&mut room, SUPERVISOR), refused(Answer::NotAsked, None));
    assert_eq!(room.status(), ApprovalStatus::Submitted);
}

#[test]
fn whoever_came_decides_before_anything_else_is_ruled() {
    let mut room = Room::new();
    let revision = room.submit();
    let other = 5;
    room.hire(member(person(other), super::room::unit(), Role::Supervisor));
    let said = room.decide(person(other), &revision, Decision::Approve);
    assert!(matches!(said, Some(Ruled::Counted { .. })), "{said:?}");
    // Nor does somebody bring others in who has lost the seat.
    let mut room = Room::new();
    room.submit();
    let elsewhere = crate::model::UnitId(uuid::Uuid::from_u128(77));
    room.hire(member(person(SUPERVISOR), elsewhere, Role::Supervisor));
    let said = room.hand_over(person(SUPERVISOR), Handing::Add, person(COLLEAGUE));
    assert_eq!(said, refused(Answer::NotAsked, None));
}

#[test]
fn a_stale_decision_changes_nothing_and_comes_back() {
    let mut room = Room::new();
    let before = room.submit();
    room.arrive(1, &add_line("5"));
    assert_eq!(room.status(), ApprovalStatus::Draft, "void at once");
    let stale = room.decide(person(SUPERVISOR), &before, Decision::Approve);
    assert_eq!(stale, refused(Answer::Stale, None));
    let after = room.submit();
    let stale = room.decide(person(SUPERVISOR), &before, Decision::Reject);
    assert_eq!(stale, refused(Answer::Stale, None));
    assert!(matches!(
        room.decide(person(SUPERVISOR), &after, Decision::Approve),
        Some(Ruled::Counted { .. })
    ));
}

#[test]
fn the_first_stands_and_the_second_is_late_or_dissents() {
    let other = 5;
    for (first, second, answer) in [
        (Decision::Approve, Decision::Approve, Answer::Late),
        (Decision::Approve, Decision::Reject, Answer::Dissent),
        (Decision::Reject, Decision::Approve, Answer::Dissent),
        (Decision::Reject, Decision::Reject, Answer::Late),
        (Decision::Return, Decision::Approve, Answer::Dissent),
    ] {
        let mut room = Room::new();
        room.hire(member(person(other), super::room::unit(), Role::Supervisor));
        let revision = room.submit();
        room.decide(person(SUPERVISOR), &revision, first);
        let late = room.decide(person(other), &revision, second);
        assert_eq!(
            late,
            refused(answer, Some(SUPERVISOR)),
            "{first:?} then {second:?}"
        );
        assert_eq!(room.outcome().unwrap().outcome, first);
        let notes: Vec<_> = room.view().decisions.iter().map(|it| it.note.clone()).collect();
        assert_eq!(notes, vec![Some("why".to_owned()); 2], "both notes stay");
    }
}

#[test]
fn whatever_arrives_first_stands_a_withdrawal_or_a_decision() {
    let mut room = Room::new();
    let revision = room.submit();
    room.withdraw(&revision);
    assert_eq!(room.status(), ApprovalStatus::Withdrawn);
    let late = room.decide(person(SUPERVISOR), &revision, Decision::Approve);
    assert_eq!(late, refused(Answer::NotOpen, None));
    room.arrive(1, &add_line("5"));
    let changed = room.submit();
    room.decide(person(SUPERVISOR), &changed, Decision::Approve);
    room.withdraw(&changed);
    assert_eq!(room.status(), ApprovalStatus::Approved);
}

#[test]
fn a_withdrawal_is_provisional_until_it_is_ruled_on() {
    let mut room = Room::new();
    let revision = room.submit();
    room.desk.run(1, &withdraw(revision.clone())).unwrap();
    assert_eq!(room.status(), ApprovalStatus::Withdrawing);
    room.settle();
    assert_eq!(room.status(), ApprovalStatus::Withdrawn);
    // Where a decision has arrived first, the phone hears so.
    let mut room = Room::new();
    room.submit();
    room.decide(person(SUPERVISOR), &revision, Decision::Return);
    room.desk.run(1, &withdraw(revision)).unwrap();
    room.settle();
    assert_eq!(room.status(), ApprovalStatus::Returned);
}

#[test]
fn a_returned_request_is_ruled_on_again_once_changed() {
    let mut room = Room::new();
    let revision = room.submit();
    room.decide(person(SUPERVISOR), &revision, Decision::Return);
    room.arrive(1, &add_line("5"));
    let changed = room.submit();
    room.decide(person(SUPERVISOR), &changed, Decision::Approve);
    assert_eq!(room.status(), ApprovalStatus::Approved);
}

#[test]
fn behind_a_return_a_decision_is_late_until_the_request_is_changed() {
    let mut room = Room::new();
    let revision = room.submit();
    room.decide(person(SUPERVISOR), &revision, Decision::Return);
    let mut again = |decision| room.decide(person(SUPERVISOR), &revision, decision);
    assert_eq!(again(Decision::Return), refused(Answer::Late, Some(SUPERVISOR)));
    assert_eq!(
        again(Decision::Approve),
        refused(Answer::Dissent, Some(SUPERVISOR))
    );
    room.arrive(1, &add_line("5"));
    let stale = room.decide(person(SUPERVISOR), &revision, Decision::Approve);
    assert_eq!(stale, refused(Answer::Stale, None));
}

#[test]
fn the_same_document_gets_no_second_ruling() {
    let mut room = Room::new();
    let revision = room.submit();
    room.decide(person(SUPERVISOR), &revision, Decision::Approve);
    let before = room.rulings;
    room.settle();
    assert_eq!(room.rulings, before);
}
