use crate::document::Command;
use crate::document::command::*;
use crate::document::fixture::*;
use crate::document::view::revision;
use crate::model::Kind;

const DAY_MS: u64 = 24 * 3600 * 1000;

/// Every state that a document of each kind may be in, with the time at which it is written in then.
pub(super) fn states() -> Vec<(&'static str, Desk, u64)> {
    let mut all: Vec<(&'static str, Desk, u64)> = vec![
        ("customer, none", Desk::new(Kind::Customer), WRITTEN_MS),
        ("customer, there", customer(), WRITTEN_MS),
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
    all.push(("approval, asked about", desk.clone(), WRITTEN_MS));
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
