use crate::document::Command;
use crate::document::command::*;
use crate::document::fixture::*;
use crate::document::view::{ActivityView, ApprovalView};
use crate::gate::Action;
use crate::model::form::Mode;
use crate::model::schema;

/// The path of a write as the table spells it: typing in a text is a write of the text.
fn path_of(write: &crate::gate::Write) -> &str {
    match write.action {
        Action::InsertText(_) | Action::DeleteText(_) => write.path.strip_suffix("/[]").unwrap(),
        _ => &write.path,
    }
}

/// Runs the commands one after the other and looks up every path that they write.
fn written(desk: &mut Desk, commands: &[Command], seen: &mut Vec<&'static str>) {
    for command in commands {
        for write in desk.run(1, command).unwrap() {
            let row = schema::find(desk.kind, path_of(&write));
            let row = row.unwrap_or_else(|| panic!("{} writes {}", command.kind(), write.path));
            seen.push(row.path);
        }
    }
}

fn full_customer(seen: &mut Vec<&'static str>) {
    let some = |text: &str| Some(text.to_owned());
    let customer = AddCustomer {
        grade: some("B"),
        store_type: some("kiosk"),
        ..add_customer()
    };
    let fields = ContactFields {
        name: some("王"),
        role: some("owner"),
        phone: some("1"),
        email: some("e"),
    };
    let custom = CustomerField::Custom("floor".to_owned(), "2".to_owned());
    let commands = [
        Command::AddCustomer(customer),
        put_contact(fields),
        Command::AskCustomer(AskCustomer {
            document: document(1),
            by: person(REP),
            at: at(1),
            want: Want::Grade {
                to: "A".to_owned(),
                saw: Some("B".to_owned()),
            },
            note: Some("grew".to_owned()),
        }),
        Command::RuleCustomer(RuleCustomer {
            document: document(1),
            request: "12@0af3".to_owned(),
            want: "claim".to_owned(),
            by: person(REP),
            reply: Reply::Granted,
            holder: person(REP),
            change: Some(Change::Pool),
            at: at(2),
            ruling: 3,
        }),
        set_tag("vip", true),
        edit_customer(vec![custom]),
    ];
    written(&mut Desk::new(crate::model::Kind::Customer), &commands, seen);
}

fn full_visit(seen: &mut Vec<&'static str>) {
    let result = RecordStep {
        document: document(2),
        step: "stock".to_owned(),
        at: at(1),
        value: 3.into(),
        note: Some("few".to_owned()),
    };
    let text = "call".to_owned();
    let commands = [
        plan_visit(),
        start_visit(),
        Command::RecordStep(result),
        edit_note(0, 0, "abc"),
        edit_note(1, 1, ""),
        Command::SetNextStep(SetNextStep {
            document: document(2),
            text,
        }),
        finish_visit(),
        cancel_visit(None),
        Command::MovePlan(MovePlan {
            document: document(2),
            by: person(REP),
            at: at(1),
            start: at(2),
            purpose: Some("again".to_owned()),
        }),
        Command::RuleRemark(RuleRemark {
            document: document(2),
            event: "12@0af3".to_owned(),
            by: person(REP),
            at: at(3),
            ruling: 4,
        }),
    ];
    written(&mut Desk::new(crate::model::Kind::Visit), &commands, seen);
}

fn full_check_in(seen: &mut Vec<&'static str>) {
    let mut full = CheckIn {
        reason: Some("far".to_owned()),
        ..check_in()
    };
    full.reading.as_mut().unwrap().mock = true;
    written(
        &mut Desk::new(crate::model::Kind::CheckIn),
        &[Command::CheckIn(full)],
        seen,
    );
}

fn full_log(seen: &mut Vec<&'static str>) {
    let entry = LogEntry {
        document: document(5),
        rep: person(REP),
        day: at(0).date_naive(),
        at: at(1),
        text: "called".to_owned(),
        customer: Some(document(1)),
        visit: Some(document(2)),
    };
    let mut desk = Desk::new(crate::model::Kind::Activity);
    written(&mut desk, &[Command::LogEntry(entry)], seen);
    let entry = ActivityView::read(&desk.index).unwrap().entries[0].id.clone();
    let edit = EditEntry {
        document: document(5),
        entry: entry.clone(),
        text: "met".to_owned(),
    };
    written(
        &mut desk,
        &[Command::EditEntry(edit), comment(person(REP), Some(entry))],
        seen,
    );
}

/// A ruling with every sort of entry.
fn rule_everything(line: String) -> Command {
    let (request, who) = (line.clone(), person(SUPERVISOR));
    let entries = vec![
        Entry::Open {
            request: request.clone(),
            revision: "0".repeat(32),
            chain: "expense@1".to_owned(),
            plan: vec![1, 2],
            excess: Some("5".to_owned()),
        },
        Entry::OverLimit {
            category: "meals".to_owned(),
            excess: "5".to_owned(),
        },
        Entry::Duplicate {
            line,
            other: document(7),
        },
        Entry::Step {
            step: 1,
            mode: Mode::Any,
        },
        Entry::Delegated {
            request: None,
            seat: who,
            person: person(COLLEAGUE),
        },
        Entry::Counted {
            request: request.clone(),
            step: 1,
            seat: who,
            by: who,
            decision: Decision::Approve,
        },
        Entry::Refused {
            request,
            answer: Answer::Late,
            by: Some(who),
        },
    ];
    Command::RuleApproval(RuleApproval {
        document: document(6),
        at: at(2),
        ruling: 3,
        entries,
        outcome: Some(Outcome {
            revision: "0".repeat(32),
            outcome: Decision::Return,
            by: Some(who),
            reason: Some("missing lines".to_owned()),
        }),
    })
}

fn full_approval(seen: &mut Vec<&'static str>) {
    let draft = DraftApproval {
        document: document(6),
        form: "expense".to_owned(),
        form_version: 1,
        applicant: person(REP),
        title: "Dinner".to_owned(),
        currency: "CNY".parse().unwrap(),
        customer: Some(document(1)),
        visit: Some(document(2)),
    };
    let line = AddLine {
        document: document(6),
        date: at(0).date_naive(),
        category: "meals".to_owned(),
        amount: "10".to_owned(),
        note: Some("two people".to_owned()),
        receipt: Some("8".to_owned()),
        photo: Some("0".repeat(64)),
    };
    let decision = Decide {
        document: document(6),
        revision: "0".repeat(32),
        by: person(SUPERVISOR),
        at: at(1),
        acted_for: Some(person(COLLEAGUE)),
        decision: Decision::Return,
        step: Some(1),
        note: Some("receipt?".to_owned()),
    };
    let mut desk = Desk::new(crate::model::Kind::Approval);
    written(
        &mut desk,
        &[
            Command::DraftApproval(draft),
            Command::AddLine(line),
            Command::SetField(SetField {
                document: document(6),
                field: "starts".to_owned(),
                value: Some(FieldValue::Text("2026-11-24".to_owned())),
            }),
        ],
        seen,
    );
    let line = ApprovalView::read(&desk.index).unwrap().lines[0].id.clone();
    let commands = [
        submit("0".repeat(32), "10"),
        Command::Decide(decision),
        Command::Withdraw(Withdraw {
            document: document(6),
            revision: "0".repeat(32),
            at: at(1),
            note: Some("later".to_owned()),
        }),
        Command::HandOver(HandOver {
            document: document(6),
            revision: "0".repeat(32),
            by: person(SUPERVISOR),
            at: at(1),
            handing: Handing::Add,
            to: person(COLLEAGUE),
            note: Some("please".to_owned()),
        }),
        rule_everything(line.clone()),
        Command::RemoveLine(RemoveLine {
            document: document(6),
            line,
        }),
    ];
    written(&mut desk, &commands, seen);
}

#[test]
fn the_table_and_the_commands_know_the_same_paths() {
    for (kind, fill) in [
        (
            crate::model::Kind::Customer,
            full_customer as fn(&mut Vec<&'static str>),
        ),
        (crate::model::Kind::Visit, full_visit),
        (crate::model::Kind::CheckIn, full_check_in),
        (crate::model::Kind::Activity, full_log),
        (crate::model::Kind::Approval, full_approval),
    ] {
        let mut seen = Vec::new();
        fill(&mut seen);
        let idle: Vec<_> = schema::rows(kind)
            .iter()
            .map(|row| row.path)
            .filter(|path| !seen.contains(path))
            .collect();
        assert_eq!(idle, Vec::<&str>::new(), "{kind}: rows that no command writes");
    }
}
