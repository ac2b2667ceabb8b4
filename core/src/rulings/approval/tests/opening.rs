//! What happens when a request is handed in, before anybody decides.

use super::Room;
use super::room::step;
use crate::document::Command;
use crate::document::command::{AddLine, Answer, Decision, Submit};
use crate::document::fixture::*;
use crate::document::view::{ApprovalStatus, Flag, Ruled, revision};
use crate::model::form::{Approver, Condition, Duplicates, Mode, OverLimit};

/// A line with a receipt.
fn receipt(amount: &str, receipt: &str) -> Command {
    let Command::AddLine(line) = add_line(amount) else {
        panic!("another command")
    };
    Command::AddLine(AddLine {
        receipt: Some(receipt.to_owned()),
        ..line
    })
}

fn superior(when: Condition) -> crate::model::form::Step {
    step(Mode::Any, vec![Approver::Superior], Some(when))
}

#[test]
fn a_step_applies_when_its_condition_holds() {
    let above = |limit: &str| Condition {
        above: Some(limit.to_owned()),
        ..Condition::default()
    };
    let form = |name: &str| Condition {
        forms: vec![name.to_owned()],
        ..Condition::default()
    };
    let category = |name: &str| Condition {
        categories: vec![name.to_owned()],
        ..Condition::default()
    };
    let over = |_: &str| Condition {
        over_limit: true,
        ..Condition::default()
    };
    // The draft: an expense of one line, meals, 10.
    for (house, when, applies) in [
        ("1000", above("9.99"), true),
        ("1000", above("10"), false),
        ("1000", form("expense"), true),
        ("1000", form("order"), false),
        ("1000", category("meals"), true),
        ("1000", category("hotel"), false),
        ("9", over(""), true),
        ("1000", over(""), false),
    ] {
        let case = format!("{when:?}, {house}");
        let mut room = Room::new();
        room.office.policy.expense_limit = house.to_owned();
        let always = step(Mode::Any, vec![Approver::Person(person(COLLEAGUE))], None);
        room.chain_of(vec![superior(when), always], Vec::new());
        room.submit();
        let (plan, asked) = if applies {
            (vec![1, 2], SUPERVISOR)
        } else {
            (vec![2], COLLEAGUE)
        };
        assert_eq!(room.view().course.plan, plan, "{case}");
        assert_eq!(room.seated(), [person(asked)], "{case}");
    }
}

/// Who is asked about the draft, which comes to CNY 10, where the house counts in another currency.
#[test]
fn what_cannot_be_compared_goes_the_stricter_way() {
    let above = |limit: &str, currency: Option<&str>| Condition {
        above: Some(limit.to_owned()),
        currency: currency.map(str::to_owned),
        ..Condition::default()
    };
    let over = Condition {
        over_limit: true,
        ..Condition::default()
    };
    for (house, when, applies) in [
        ("CNY", above("10", None), false),
        ("USD", above("10", None), true),
        ("USD", above("10", Some("CNY")), false),
        ("CNY", above("10", Some("USD")), true),
        ("CNY", over.clone(), false),
        ("USD", over, true),
    ] {
        let case = format!("{when:?}, {house}");
        let mut room = Room::new();
        room.office.policy.currency = house.to_owned();
        let always = step(Mode::Any, vec![Approver::Person(person(COLLEAGUE))], None);
        room.chain_of(vec![superior(when), always], Vec::new());
        room.submit();
        let plan = if applies { vec![1, 2] } else { vec![2] };
        assert_eq!(room.view().course.plan, plan, "{case}");
    }
    let mut room = Room::new();
    room.office.policy.currency = "USD".to_owned();
    room.lines(|lines| lines.over_limit = OverLimit::Return);
    room.submit();
    assert_eq!(room.reason().as_deref(), Some("too_much lines"));
    assert_eq!(room.view().course.excess.as_deref(), Some("10"), "all of it");
}

#[test]
fn what_the_form_sent_back_is_handed_in_as_it_is_once_the_form_is_mended() {
    let mut room = Room::new();
    room.lines(|rule| rule.receipt = true);
    let revision = room.submit();
    assert_eq!(room.status(), ApprovalStatus::Returned);
    room.lines(|rule| rule.receipt = false);
    assert_eq!(room.submit(), revision);
    assert_eq!(room.status(), ApprovalStatus::Submitted);
    room.decide(person(SUPERVISOR), &revision, Decision::Approve);
    assert_eq!(room.status(), ApprovalStatus::Approved);
}

#[test]
fn what_no_step_applies_to_is_approved_and_says_why() {
    let mut room = Room::new();
    let never = Condition {
        forms: vec!["order".to_owned()],
        ..Condition::default()
    };
    room.chain_of(vec![superior(never)], Vec::new());
    room.submit();
    let outcome = room.outcome().unwrap();
    assert_eq!(room.status(), ApprovalStatus::Approved);
    assert_eq!((outcome.by, outcome.reason.as_deref()), (None, Some("no_step")));
}

#[test]
fn without_its_form_or_its_chain_a_request_goes_back() {
    for strip in [
        |room: &mut Room| room.office.forms.clear(),
        |room: &mut Room| room.office.chains.clear(),
    ] {
        let mut room = Room::new();
        strip(&mut room);
        room.submit();
        assert_eq!(room.status(), ApprovalStatus::Returned);
        assert_eq!(room.reason().as_deref(), Some("no_form"));
    }
}

#[test]
fn what_does_not_fit_the_form_goes_back_and_nobody_is_asked() {
    let mut room = Room::new();
    room.lines(|rule| rule.receipt = true);
    room.submit();
    assert_eq!(room.status(), ApprovalStatus::Returned);
    assert_eq!(room.reason().as_deref(), Some("missing lines/[]/receipt"));
    assert!(room.view().course.asked.is_empty());
}

#[test]
fn a_receipt_that_was_handed_in_is_flagged_or_sends_the_request_back() {
    for (rule, status) in [
        (Duplicates::Flag, ApprovalStatus::Submitted),
        (Duplicates::Return, ApprovalStatus::Returned),
    ] {
        let mut room = Room::new();
        room.lines(|lines| lines.duplicates = rule);
        room.office.receipts.insert("n:A1".to_owned(), document(77));
        // Its own rows are no duplicates of itself.
        room.office.receipts.insert("n:B2".to_owned(), document(6));
        for number in ["A-1", "B2", "b-2", "C3"] {
            room.arrive(1, &receipt("1", number));
        }
        let lines: Vec<String> = room.view().lines.into_iter().map(|line| line.id).collect();
        room.submit();
        assert_eq!(room.status(), status);
        let double = |line: usize, other| Flag::Duplicate {
            line: lines[line].clone(),
            other: document(other),
        };
        // The line without a receipt is the first.
        let flags = room.view().course.flags;
        assert_eq!(flags, [double(1, 77), double(3, 6)]);
        let back = format!("duplicate lines/{}", lines[1]);
        assert_eq!(room.reason(), (rule == Duplicates::Return).then_some(back));
    }
}

#[test]
fn what_has_no_double_is_asked_about_under_any_rule() {
    for rule in [Duplicates::Flag, Duplicates::Return] {
        let mut room = Room::new();
        room.lines(|lines| lines.duplicates = rule);
        room.arrive(1, &receipt("1", "A1"));
        room.submit();
        assert_eq!(room.status(), ApprovalStatus::Submitted);
        assert!(room.view().course.flags.is_empty());
    }
}

#[test]
fn over_a_limit_the_approver_sees_it_or_the_request_goes_back() {
    // The draft comes to 10.
    for (limit, rule, status) in [
        ("10", OverLimit::Show, ApprovalStatus::Submitted),
        ("10", OverLimit::Return, ApprovalStatus::Submitted),
        ("4", OverLimit::Show, ApprovalStatus::Submitted),
        ("4", OverLimit::Return, ApprovalStatus::Returned),
    ] {
        let mut room = Room::new();
        room.office.policy.expense_limit = limit.to_owned();
        room.lines(|lines| {
            lines.over_limit = rule;
            let meals = lines.categories.iter_mut().find(|it| it.name == "meals");
            meals.unwrap().limit = Some(limit.to_owned());
        });
        room.submit();
        let course = room.view().course;
        assert_eq!(room.status(), status, "{limit} {rule:?}");
        let is_back = status == ApprovalStatus::Returned;
        assert_eq!(room.reason(), is_back.then(|| "too_much lines".to_owned()));
        let over = (limit == "4").then(|| "6".to_owned());
        assert_eq!(course.excess, over);
        let flag = over.map(|excess| Flag::OverLimit {
            category: "meals".to_owned(),
            excess,
        });
        assert_eq!(course.flags, flag.into_iter().collect::<Vec<_>>());
    }
}

#[test]
fn a_copy_goes_to_whom_the_chain_says_and_asks_nothing_of_them() {
    let mut room = Room::new();
    let superior = step(Mode::Any, vec![Approver::Superior], None);
    room.chain_of(vec![superior], vec![Approver::Person(person(COLLEAGUE))]);
    let revision = room.submit();
    let course = room.view().course;
    assert!(course.reach.contains(&person(COLLEAGUE)));
    assert!(!course.asked.contains(&person(COLLEAGUE)));
    let said = room.decide(person(COLLEAGUE), &revision, Decision::Approve);
    let answer = Answer::NotAsked;
    assert_eq!(said, Some(Ruled::Refused { answer, by: None }));
}

#[test]
fn what_was_changed_and_handed_in_again_meanwhile_begins_anew() {
    let mut room = Room::new();
    let before = room.submit();
    // Both arrive before the server looks at either.
    room.desk.run(1, &add_line("5")).unwrap();
    let after = room.submit();
    assert_ne!(before, after);
    let course = room.view().course;
    assert_eq!(
        (room.status(), &course.revision),
        (ApprovalStatus::Submitted, &after)
    );
    // Once more while it is open: nothing new.
    let opened = course.opened;
    room.submit();
    let view = room.view();
    assert_eq!(view.course.opened, opened);
    let again = &view.submissions.last().unwrap().id;
    let answer = Answer::Late;
    assert_eq!(
        view.course.ruled.get(again),
        Some(&Ruled::Refused { answer, by: None })
    );
}

#[test]
fn a_draft_that_is_not_what_was_handed_in_is_not_asked_about() {
    let mut room = Room::new();
    let seen = room.revision();
    let submit = Command::Submit(Submit {
        document: document(6),
        at: at(130),
        revision: seen.clone(),
        total: Some("10".to_owned()),
        chain: None,
    });
    room.desk.run(1, &submit).unwrap();
    room.arrive(1, &add_line("5"));
    assert_ne!(revision(&room.desk.index), seen);
    let view = room.view();
    let answer = Answer::Stale;
    assert_eq!(
        view.course.ruled.get(&view.submissions[0].id),
        Some(&Ruled::Refused { answer, by: None })
    );
    assert_eq!(view.course.opened, 0);
}

#[test]
fn a_withdrawal_says_why_it_changes_nothing() {
    let mut room = Room::new();
    let handed_in = room.submit();
    let said = |room: &mut Room, revision: &str| {
        room.withdraw(revision);
        let view = room.view();
        view.course.ruled[&view.withdrawals.last().unwrap().id].clone()
    };
    let refused = |answer, by| Ruled::Refused { answer, by };
    // Another revision than the one that goes on.
    assert_eq!(said(&mut room, &"0".repeat(32)), refused(Answer::Stale, None));
    assert_eq!(room.status(), ApprovalStatus::Submitted);
    assert_eq!(said(&mut room, &handed_in), Ruled::Taken);
    assert_eq!(said(&mut room, &handed_in), refused(Answer::NotOpen, None));
    // It can be handed in again as it was.
    assert_eq!(room.submit(), handed_in);
    assert_eq!(room.status(), ApprovalStatus::Submitted);
    let approve = Decision::Approve;
    room.decide(person(SUPERVISOR), &handed_in, approve);
    let late = refused(Answer::Late, Some(person(SUPERVISOR)));
    assert_eq!(said(&mut room, &handed_in), late, "and who was first");
    // Whoever withdrew after a withdrawal is told of nobody.
    assert_eq!(room.status(), ApprovalStatus::Approved);
}
