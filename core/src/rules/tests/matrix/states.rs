use crate::document::Command;
use crate::document::command::*;
use crate::document::fixture::*;
use crate::document::view::{ApprovalView, CustomerView, revision};
use crate::model::Kind;
use crate::model::form::Mode;

use super::people::{COPIED, DELEGATE, FORMER, NEXT, pool};

const DAY_MS: u64 = 24 * 3600 * 1000;

/// Every state that a document of each kind may be in, with the time at which it is written in then.
pub(super) fn states() -> Vec<(&'static str, Desk, u64)> {
    let mut all: Vec<(&'static str, Desk, u64)> = vec![
        ("customer, none", Desk::new(Kind::Customer), WRITTEN_MS),
        ("customer, there", customer(), WRITTEN_MS),
        ("customer, in the pool", in_the_pool(), WRITTEN_MS),
        ("visit, none", Desk::new(Kind::Visit), WRITTEN_MS),
        (
            "visit, planned",
            Desk::with(&[plan_visit(), next_step()]),
            WRITTEN_MS,
        ),
        (
            "visit, called off",
            Desk::with(&[plan_visit(), cancel_visit(None)]),
            WRITTEN_MS,
        ),
        ("visit, started", started(&[]), WRITTEN_MS),
        (
            "visit, broken off",
            started(&[cancel_visit(Some(document(4)))]),
            WRITTEN_MS,
        ),
        ("visit, finished", started(&[finish_visit()]), WRITTEN_MS),
        ("check-in, none", Desk::new(Kind::CheckIn), WRITTEN_MS),
        (
            "check-in, there",
            Desk::with(&[Command::CheckIn(check_in())]),
            WRITTEN_MS,
        ),
        ("log, none", Desk::new(Kind::Activity), WRITTEN_MS),
        ("log, of today", log(), WRITTEN_MS),
        ("log, two days old", log(), WRITTEN_MS + 2 * DAY_MS),
        ("approval, none", Desk::new(Kind::Approval), WRITTEN_MS),
        ("approval, draft", draft(), WRITTEN_MS),
    ];
    let mut desk = draft();
    let handed_in = revision(&desk.index);
    desk.run(1, &submit(handed_in.clone(), "128.50")).unwrap();
    all.push(("approval, handed in", desk.clone(), WRITTEN_MS));
    desk.run(9, &rule_open(last_submission(&desk), handed_in.clone()))
        .unwrap();
    desk.run(9, &rule(brought_in())).unwrap();
    all.push(("approval, asked about", desk.clone(), WRITTEN_MS));
    let next = person(NEXT);
    let behind = |before: Option<Command>, entries: &dyn Fn(&Desk) -> Vec<Entry>| {
        let mut desk = desk.clone();
        if let Some(before) = before {
            desk.run(1, &before).unwrap();
        }
        let entries = entries(&desk);
        desk.run(9, &rule(entries)).unwrap();
        desk
    };
    let second = behind(None, &|_| vec![step(2), Entry::Seat { person: next }]);
    let taken_back = behind(Some(withdraw(handed_in.clone())), &|desk| vec![withdrawn(desk)]);
    let void = behind(Some(add_line("2")), &|_| vec![Entry::Void {}]);
    for (name, desk) in [
        ("approval, second step", second),
        ("approval, withdrawn", taken_back),
        ("approval, void", void),
    ] {
        all.push((name, desk, WRITTEN_MS));
    }
    let outcomes = [
        ("approval, returned", Decision::Return),
        ("approval, rejected", Decision::Reject),
        ("approval, approved", Decision::Approve),
    ];
    for (name, outcome) in outcomes {
        let mut desk = desk.clone();
        desk.run(9, &rule_outcome(handed_in.clone(), outcome)).unwrap();
        all.push((name, desk, WRITTEN_MS));
    }
    all
}

fn rule(entries: Vec<Entry>) -> Command {
    Command::RuleApproval(RuleApproval {
        document: document(6),
        at: at(132),
        ruling: 7,
        entries,
        outcome: None,
    })
}

fn step(step: u32) -> Entry {
    let mode = Mode::Any;
    Entry::Step { step, mode }
}

/// Beside the leader: who gets a copy, who may decide in the leader's stead, and who was asked and is no longer.
fn brought_in() -> Vec<Entry> {
    let [copied, delegate, former] = [COPIED, DELEGATE, FORMER].map(person);
    vec![
        Entry::Copied { person: copied },
        Entry::Delegated {
            request: None,
            seat: person(SUPERVISOR),
            person: delegate,
        },
        Entry::Seat { person: former },
        Entry::Unseated { person: former },
    ]
}

/// What the server says to the last withdrawal.
fn withdrawn(desk: &Desk) -> Entry {
    let view = ApprovalView::read(&desk.index).unwrap();
    let request = view.withdrawals.last().unwrap().id.clone();
    Entry::Withdrawn { request }
}

fn in_the_pool() -> Desk {
    let mut desk = customer();
    let ask = AskCustomer {
        document: document(1),
        by: person(REP),
        at: at(10),
        want: Want::Release { saw: person(REP) },
        note: None,
    };
    desk.run(1, &Command::AskCustomer(ask)).unwrap();
    let view = CustomerView::read(&desk.index).unwrap();
    let ruled = RuleCustomer {
        document: document(1),
        request: view.requests.last().unwrap().id.clone(),
        want: "release".to_owned(),
        by: person(REP),
        reply: Reply::Granted,
        holder: pool(),
        change: Some(Change::Pool),
        at: at(11),
        ruling: 5,
    };
    desk.run(9, &Command::RuleCustomer(ruled)).unwrap();
    desk
}

fn customer() -> Desk {
    let text = |text: &str| Some(text.to_owned());
    let contact = ContactFields {
        name: text("Wang"),
        role: text("owner"),
        phone: text("1"),
        email: text("e"),
    };
    let mut full = add_customer();
    (full.grade, full.store_type) = (text("B"), text("kiosk"));
    let floor = CustomerField::Custom("floor".to_owned(), "2".to_owned());
    Desk::with(&[
        Command::AddCustomer(full),
        put_contact(contact),
        set_tag("vip", true),
        edit_customer(vec![floor]),
    ])
}

fn next_step() -> Command {
    let (document, text) = (document(2), "call".to_owned());
    Command::SetNextStep(SetNextStep { document, text })
}

fn started(then: &[Command]) -> Desk {
    let mut commands = vec![
        plan_visit(),
        next_step(),
        start_visit(),
        record_step("stock", serde_json::json!(3)),
    ];
    commands.extend(then.iter().cloned());
    Desk::with(&commands)
}

fn log() -> Desk {
    Desk::with(&[log_entry(1, "called"), comment(person(REP), None)])
}

fn draft() -> Desk {
    Desk::with(&[draft_expense(), add_line("128.50")])
}
