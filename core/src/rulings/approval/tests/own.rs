//! Nobody rules on their own request: every way that somebody might try.

use std::collections::BTreeSet;

use super::Room;
use super::room::unit;
use crate::document::command::{Answer, Decision, Handing};
use crate::document::fixture::*;
use crate::document::view::{ApprovalStatus, Ruled};
use crate::model::form::{Approver, Mode};
use crate::model::{Delegation, Member, PersonId, Role};
use crate::rulings::testing::member;

/// The applicant's second account.
const SECOND: u128 = 7;
const ACCOUNTS: [u128; 2] = [REP, SECOND];

fn account(who: u128, role: Role, linked: bool, duty: bool) -> Member {
    Member {
        human: if linked { person(REP) } else { person(who) },
        role,
        duties: if duty {
            BTreeSet::from(["finance".to_owned()])
        } else {
            BTreeSet::new()
        },
        ..member(person(who), unit(), role)
    }
}

fn chains() -> Vec<Vec<Approver>> {
    vec![
        vec![Approver::Superior],
        vec![Approver::Head(None)],
        vec![Approver::Duty("finance".to_owned())],
        vec![Approver::Person(person(REP)), Approver::Person(person(SECOND))],
        vec![Approver::Person(person(SECOND)), Approver::Superior],
    ]
}

/// Is a seat the applicant's, or did a decision of theirs count?
fn violation(room: &Room) -> bool {
    let is_own = |who: &PersonId| ACCOUNTS.iter().any(|own| person(*own) == *who);
    let view = room.view();
    let counted = view.course.ruled.values().any(|ruled| match ruled {
        Ruled::Counted { seat, by, .. } => is_own(seat) || is_own(by),
        _ => false,
    });
    counted || view.course.seats.iter().any(|seat| is_own(&seat.person))
}

#[test]
fn nobody_rules_on_their_own_however_they_try() {
    let roles = [Role::Rep, Role::Supervisor];
    let (mut cases, mut violations) = (0, 0);
    for approvers in chains() {
        for (role, second_role) in roles.iter().flat_map(|one| roles.map(|other| (*one, other))) {
            for linked_before in [true, false] {
                for delegation in [None, Some(REP), Some(SECOND)] {
                    for handing in [None, Some(Handing::Add), Some(Handing::Delegate)] {
                        let way = (role, second_role, linked_before, delegation, handing);
                        cases += 1;
                        violations += usize::from(tries(approvers.clone(), way));
                    }
                }
            }
        }
    }
    println!("{cases} ways, {violations} violations");
    assert_eq!(violations, 0);
}

type Way = (Role, Role, bool, Option<u128>, Option<Handing>);

/// One way: promoted or not, the second account known from the start or only once it was asked, with a delegation for a
/// period, and with a handover for this request. Both accounts then decide in everybody's stead.
fn tries(approvers: Vec<Approver>, (role, second_role, linked_before, delegation, handing): Way) -> bool {
    let mut room = Room::new();
    room.chain(vec![(Mode::Any, approvers)]);
    room.hire(account(REP, Role::Rep, true, true));
    room.hire(account(SECOND, second_role, linked_before, true));
    if let Some(to) = delegation {
        room.delegate(Delegation {
            from: person(SUPERVISOR),
            to: person(to),
            since_ms: 0,
            until_ms: u64::MAX,
        });
    }
    let revision = room.submit();
    if let Some(handing) = handing {
        room.hand_over(person(SUPERVISOR), handing, person(SECOND));
    }
    // From here on the server knows whose the second account is, and the applicant leads the unit.
    room.hire(account(REP, role, true, true));
    room.hire(account(SECOND, second_role, true, true));
    for settled in [false, true] {
        if settled {
            room.settle();
        }
        for by in ACCOUNTS {
            for acted_for in [None, Some(SUPERVISOR), Some(REP), Some(SECOND)] {
                let acted_for = acted_for.map(person);
                let said = room.decide_for(person(by), acted_for, &revision, Decision::Approve, None);
                let own = Ruled::Refused {
                    answer: Answer::Own,
                    by: None,
                };
                if said != Some(own) {
                    return true;
                }
            }
        }
    }
    room.status() != ApprovalStatus::Submitted || violation(&room)
}

#[test]
fn a_delegate_decides_in_anothers_stead_but_not_on_their_own() {
    let mut room = Room::new();
    room.delegate(Delegation {
        from: person(SUPERVISOR),
        to: person(COLLEAGUE),
        since_ms: 0,
        until_ms: u64::MAX,
    });
    let revision = room.submit();
    let said = room.decide_for(
        person(COLLEAGUE),
        Some(person(SUPERVISOR)),
        &revision,
        Decision::Approve,
        None,
    );
    let (step, seat, by) = (1, person(SUPERVISOR), person(COLLEAGUE));
    assert_eq!(said, Some(Ruled::Counted { step, seat, by }));
    assert_eq!(room.outcome().unwrap().by, Some(person(COLLEAGUE)));
}

#[test]
fn a_delegation_counts_only_in_its_time() {
    // The scene's clock stands at 200 minutes after eight.
    let now = u64::try_from(at(200).timestamp_millis()).unwrap();
    for (since_ms, until_ms, holds) in [
        (now, now + 1, true),
        (now + 1, now + 2, false),
        (now - 1, now, false),
        (0, u64::MAX, true),
    ] {
        let mut room = Room::new();
        let (from, to) = (person(SUPERVISOR), person(COLLEAGUE));
        let revision = room.submit();
        room.delegate(Delegation {
            from,
            to,
            since_ms,
            until_ms,
        });
        let said = room.decide_for(to, Some(from), &revision, Decision::Approve, None);
        assert_eq!(
            matches!(said, Some(Ruled::Counted { .. })),
            holds,
            "{since_ms} to {until_ms}"
        );
    }
}

#[test]
fn whoever_left_is_replaced_by_whoever_leads_them() {
    let expert = 5;
    let mut room = Room::new();
    room.hire(member(person(expert), unit(), Role::Rep));
    room.chain(vec![(Mode::Any, vec![Approver::Person(person(expert))])]);
    let revision = room.submit();
    assert_eq!(room.view().course.seats[0].person, person(expert));
    room.hire(Member {
        active: false,
        ..member(person(expert), unit(), Role::Rep)
    });
    room.settle();
    let course = room.view().course;
    assert_eq!(course.seats.len(), 1);
    assert_eq!(course.seats[0].person, person(SUPERVISOR));
    assert!(!course.reach.contains(&person(expert)), "and sees it no longer");
    let said = room.decide(person(SUPERVISOR), &revision, Decision::Approve);
    assert!(matches!(said, Some(Ruled::Counted { .. })));
}

#[test]
fn an_added_approver_has_to_agree_too_and_a_started_chain_keeps_its_version() {
    let mut room = Room::new();
    let revision = room.submit();
    assert_eq!(room.view().course.chain, "expense@1");
    let nobody = room.hand_over(person(SUPERVISOR), Handing::Add, person(99));
    assert_eq!(
        nobody,
        Some(Ruled::Refused {
            answer: Answer::CannotAsk,
            by: None
        })
    );
    room.hand_over(person(SUPERVISOR), Handing::Add, person(COLLEAGUE));
    room.chain(vec![(Mode::Any, vec![Approver::Superior]); 3]);
    room.decide(person(SUPERVISOR), &revision, Decision::Approve);
    assert_eq!(
        room.status(),
        ApprovalStatus::Submitted,
        "the colleague was added"
    );
    room.decide(person(COLLEAGUE), &revision, Decision::Approve);
    assert_eq!(
        room.status(),
        ApprovalStatus::Approved,
        "one step, as when it began"
    );
    assert_eq!(room.view().course.chain, "expense@1");
}
