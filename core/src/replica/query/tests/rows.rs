//! Rows kept up to date change by change are the rows made from the whole document, in whatever order
//! documents come.

use serde_json::json;

use crate::document::Command;
use crate::document::command::{
    AddComment, AddLine, CancelVisit, ContactFields, CustomerField, Decide, Decision, DraftApproval,
    EditCustomer, EditEntry, EditNote, LogEntry, Moment, MovePlan, PutContact, RecordStep, RemoveContact,
    RemoveLine, SetNextStep, SetTag, Submit,
};
use crate::geo::{Position, Verdict};
use crate::model::DocumentId;
use crate::replica::query;
use crate::replica::store::testing::{
    Bench, add_customer, at, check_in, document, finish, person, plan, start,
};
use crate::replica::store::{documents, lists};

const CUSTOMER: u128 = 10;
const VISIT: u128 = 20;
const LOG: u128 = 30;
const EXPENSE: u128 = 40;

fn customer_commands() -> Vec<Command> {
    let id = document(CUSTOMER);
    let contact = uuid::Uuid::from_u128(5);
    let fields = |phone: &str| ContactFields {
        name: Some("李女士".to_owned()),
        phone: Some(phone.to_owned()),
        ..ContactFields::default()
    };
    let edit = |field| {
        Command::EditCustomer(EditCustomer {
            document: id,
            fields: vec![field],
        })
    };
    vec![
        add_customer(CUSTOMER, "华东轴承", Some("B"), None),
        Command::PutContact(PutContact {
            document: id,
            contact,
            fields: fields("139"),
        }),
        edit(CustomerField::Position(Position::new(31.23, 121.47).unwrap())),
        edit(CustomerField::Name("华东轴承厂".to_owned())),
        Command::SetTag(SetTag {
            document: id,
            tag: "重点".to_owned(),
            set: true,
        }),
        Command::PutContact(PutContact {
            document: id,
            contact,
            fields: fields("138"),
        }),
        Command::RemoveContact(RemoveContact {
            document: id,
            contact,
        }),
        Command::SetTag(SetTag {
            document: id,
            tag: "重点".to_owned(),
            set: false,
        }),
    ]
}

fn visit_commands() -> Vec<Command> {
    let id = document(VISIT);
    let step = |step: &str, value, time| {
        Command::RecordStep(RecordStep {
            document: id,
            step: step.to_owned(),
            at: at(time),
            value,
            note: None,
        })
    };
    let note = |position, delete, insert: &str| {
        Command::EditNote(EditNote {
            document: id,
            position,
            delete,
            insert: insert.to_owned(),
        })
    };
    vec![
        plan(VISIT, CUSTOMER, "10:00"),
        Command::MovePlan(MovePlan {
            document: id,
            by: person(1),
            at: at("10:30"),
            start: at("11:00"),
            purpose: None,
        }),
        start(VISIT, 21, "11:05"),
        check_in(21, VISIT, CUSTOMER, Moment::In, "11:05", Verdict::Uncertain),
        step("stock", json!(12), "11:06"),
        note(0, 0, "owner back on Friday"),
        step("stock", json!(14), "11:09"),
        step("display", json!("two facings"), "11:08"),
        note(14, 6, "Monday"),
        Command::SetNextStep(SetNextStep {
            document: id,
            text: "bring price list".to_owned(),
        }),
        check_in(22, VISIT, CUSTOMER, Moment::Out, "11:30", Verdict::Inside),
        finish(VISIT, 22, "11:30"),
    ]
}

fn log_entry(time: &str, text: &str) -> Command {
    Command::LogEntry(LogEntry {
        document: document(LOG),
        rep: person(1),
        day: at(time).date_naive(),
        at: at(time),
        text: text.to_owned(),
        customer: Some(document(CUSTOMER)),
        visit: Some(document(VISIT)),
    })
}

fn line(amount: &str) -> Command {
    Command::AddLine(AddLine {
        document: document(EXPENSE),
        date: at("12:00").date_naive(),
        category: "meals".to_owned(),
        amount: amount.to_owned(),
        note: None,
        receipt: Some(format!("No. {amount}")),
        photo: None,
    })
}

fn draft() -> Command {
    Command::DraftApproval(DraftApproval {
        document: document(EXPENSE),
        form: "expense".to_owned(),
        form_version: 1,
        applicant: person(1),
        title: "lunch".to_owned(),
        currency: "CNY".parse().unwrap(),
        customer: Some(document(CUSTOMER)),
        visit: Some(document(VISIT)),
    })
}

/// Runs a command and compares with rows made from nothing, in both orders of documents.
fn run_and_compare(bench: &mut Bench, command: &Command) {
    bench.run(command);
    let rows = bench.rows();
    assert_eq!(rows, bench.projected_anew(false).rows(), "after {command:?}");
    assert_eq!(
        rows,
        bench.projected_anew(true).rows(),
        "after {command:?}, newest documents first"
    );
}

fn a_day() -> Bench {
    let mut bench = Bench::new();
    for command in customer_commands().iter().chain(&visit_commands()) {
        run_and_compare(&mut bench, command);
    }
    for command in [
        log_entry("12:00", "asked for samples"),
        log_entry("12:10", "called back"),
        draft(),
        line("120.50"),
    ] {
        run_and_compare(&mut bench, &command);
    }
    run_and_compare(&mut bench, &line("80"));
    bench
}

#[test]
fn rows_do_not_depend_on_how_they_came() {
    let mut bench = a_day();
    let entry = bench
        .read(|conn| lists::of_document(conn, document(LOG)))
        .remove(0)
        .item;
    let lines = bench.read(|conn| lists::approval_lines(conn, document(EXPENSE)));
    let revision = bench
        .read(|conn| lists::approval(conn, document(EXPENSE)))
        .unwrap()
        .revision;
    for command in [
        Command::EditEntry(EditEntry {
            document: document(LOG),
            entry: entry.clone(),
            text: "asked twice".to_owned(),
        }),
        Command::AddComment(AddComment {
            document: document(LOG),
            entry: Some(entry),
            by: person(2),
            at: at("13:00"),
            text: "good".to_owned(),
        }),
        Command::Submit(Submit {
            document: document(EXPENSE),
            at: at("18:00"),
            revision: revision.clone(),
            total: Some("200.50".to_owned()),
            chain: Some("expense@1".to_owned()),
        }),
        Command::Decide(Decide {
            document: document(EXPENSE),
            revision,
            by: person(2),
            at: at("19:00"),
            acted_for: None,
            decision: Decision::Approve,
            step: None,
            note: None,
        }),
        Command::RemoveLine(RemoveLine {
            document: document(EXPENSE),
            line: lines[0].item.clone(),
        }),
        plan(50, CUSTOMER, "15:00"),
        Command::CancelVisit(CancelVisit {
            document: document(50),
            by: person(1),
            at: at("14:00"),
            reason: "closed today".to_owned(),
            check_in: None,
        }),
    ] {
        run_and_compare(&mut bench, &command);
    }
}

#[test]
fn a_deleted_document_leaves_nothing() {
    let bench = a_day();
    let ids: Vec<DocumentId> = bench
        .read(documents::all)
        .into_iter()
        .map(|row| row.document)
        .collect();
    assert_eq!(ids.len(), 6);
    for id in ids {
        bench.store.write(|tx| documents::delete(tx, id)).unwrap();
    }
    assert_eq!(bench.rows(), Vec::<String>::new());
    let left: i64 = bench.read(|conn| {
        Ok(conn.query_row(
            "SELECT (SELECT count(*) FROM segment) + (SELECT count(*) FROM document)
                 + (SELECT count(*) FROM customer_place)",
            [],
            |row| row.get(0),
        )?)
    });
    assert_eq!(left, 0);
    assert!(
        bench
            .read(|conn| query::search_customers(conn, "轴承", 10, None))
            .is_empty()
    );
}

#[test]
fn a_removed_visit_no_longer_counts_for_the_cycle() {
    let bench = a_day();
    let last = |bench: &Bench| {
        bench
            .read(|conn| lists::customer(conn, document(CUSTOMER)))
            .unwrap()
            .last_valid_visit_ms
    };
    assert_eq!(last(&bench), Some(at("11:30").timestamp_millis()));
    bench
        .store
        .write(|tx| documents::delete(tx, document(21)))
        .unwrap();
    assert_eq!(last(&bench), None);
}
