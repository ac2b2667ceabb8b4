use serde_json::json;
use uuid::Uuid;

use crate::document::command::*;
use crate::document::fixture::*;
use crate::document::{Command, CommandError, materialise, rebuild, to_json, write};
use crate::gate::{Action, DocumentIndex};
use crate::model::Kind;
use crate::wire::SCHEMA_VERSION;

#[test]
fn a_change_carries_actor_and_milliseconds_and_comes_back_by_its_hash() {
    let actor = actor_id(7);
    let written = write(&DocumentIndex::new(), &actor, &plan_visit(), 1_795_500_300_123).unwrap();
    assert_eq!(written.change.actor_id, actor);
    assert_eq!(written.change.time, 1_795_500_300_123);
    assert_eq!((written.change.seq, written.change.start_op.get()), (1, 1));
    let (change, hash) = rebuild(written.change);
    assert_eq!((hash, change.raw_bytes()), (written.hash, written.raw.as_slice()));
    assert_eq!(
        to_json(&materialise(vec![change]).unwrap())["rep"],
        json!(person(REP))
    );
}

#[test]
fn a_document_lacking_a_change_is_refused() {
    let desk = Desk::with(&[plan_visit(), start_visit()]);
    let error = materialise(vec![desk.changes[1].clone()]).unwrap_err();
    assert!(matches!(error, CommandError::Document(_)), "{error}");
}

#[test]
fn a_new_visit_has_the_shape_of_the_plan() {
    let desk = Desk::with(&[plan_visit(), edit_note(0, 0, "好")]);
    assert_eq!(
        to_json(&desk.doc),
        json!({
            "kind": "visit", "schema": SCHEMA_VERSION, "rep": person(REP), "customer": document(1),
            "template": "store-visit@1", "events": [], "results": [], "notes": "好",
            "plan": {"start": "2026-11-24T09:00:00.000+08:00", "purpose": "盘点"},
        })
    );
}

#[test]
fn existence_is_checked_before_anything_is_written() {
    let mut visit = Desk::with(&[plan_visit()]);
    let exists = CommandError::Exists {
        kind: Kind::Visit,
        document: document(2),
    };
    assert_eq!(visit.run(2, &plan_visit()), Err(exists));
    let absent = CommandError::NoSuchDocument {
        kind: Kind::Visit,
        document: document(2),
    };
    assert_eq!(Desk::new(Kind::Visit).run(1, &move_plan(5)), Err(absent));
    // A log is made by its first entry and joined by the next.
    Desk::with(&[log_entry(1, "a"), log_entry(2, "b")]);
    assert_eq!(visit.changes.len(), 1);
}

#[test]
fn a_failed_command_leaves_nothing_behind() {
    let mut desk = Desk::with(&[plan_visit()]);
    let before = to_json(&desk.doc);
    let heads = desk.doc.get_heads();
    let listed = record_step("stock", json!([1, 2]));
    assert!(matches!(
        desk.run(1, &listed),
        Err(CommandError::Unwritable { field: "results", .. })
    ));
    let mut customer = Desk::with(&[Command::AddCustomer(add_customer())]);
    let nameless = vec![
        CustomerField::Name("new".to_owned()),
        CustomerField::Custom(String::new(), "x".to_owned()),
    ];
    assert!(matches!(
        customer.run(1, &edit_customer(nameless)),
        Err(CommandError::Unwritable { field: "custom", .. })
    ));
    assert_eq!(to_json(&customer.doc)["name"], "华东轴承");
    assert_eq!((to_json(&desk.doc), desk.doc.get_heads()), (before, heads));
    desk.run(1, &start_visit()).unwrap();
}

#[test]
fn elements_that_are_not_there_are_named() {
    let gone = |field, id: &str| {
        Err(CommandError::NoSuchElement {
            field,
            id: id.to_owned(),
        })
    };
    let contact = Uuid::from_u128(78);
    let mut customer = Desk::with(&[Command::AddCustomer(add_customer())]);
    let remove = Command::RemoveContact(RemoveContact {
        document: document(1),
        contact,
    });
    assert_eq!(customer.run(1, &remove), gone("contacts", &contact.to_string()));
    let mut log = Desk::with(&[log_entry(1, "a")]);
    let entry = "99@0101".to_owned();
    let edit = Command::EditEntry(EditEntry {
        document: document(5),
        entry: entry.clone(),
        text: "b".to_owned(),
    });
    assert_eq!(log.run(1, &edit), gone("entries", &entry));
    assert_eq!(
        log.run(1, &comment(person(REP), Some(entry.clone()))),
        gone("entries", &entry)
    );
    let mut expense = Desk::with(&[draft_expense()]);
    let line = Command::RemoveLine(RemoveLine {
        document: document(6),
        line: entry.clone(),
    });
    assert_eq!(expense.run(1, &line), gone("lines", &entry));
    // A command for another kind of document finds nothing to write to.
    assert_eq!(log.run(1, &start_visit()), gone("events", "events"));
}

#[test]
fn a_command_that_changes_nothing_is_still_one_operation() {
    let mut desk = Desk::with(&[Command::AddCustomer(add_customer())]);
    for (number, command) in [set_tag("vip", false), edit_customer(Vec::new())]
        .iter()
        .enumerate()
    {
        assert_eq!(desk.run(1, command), Ok(Vec::new()));
        assert_eq!(desk.changes.len(), number + 2);
        assert!(desk.changes[number + 1].is_empty());
    }
    desk.run(1, &set_tag("vip", true)).unwrap();
    assert_eq!(desk.index.sequence(&actor_id(1)), 4);
}

#[test]
fn notes_are_edited_by_characters_and_clamped() {
    let mut desk = Desk::with(&[plan_visit(), edit_note(0, 0, "华东🙂轴承")]);
    let writes = desk.run(1, &edit_note(2, 1, "二店e\u{301}")).unwrap();
    let actions: Vec<_> = writes.into_iter().map(|write| write.action).collect();
    assert!(
        actions.contains(&Action::InsertText("二店e\u{301}".to_owned())),
        "{actions:?}"
    );
    assert!(actions.contains(&Action::DeleteText(1)), "{actions:?}");
    assert_eq!(
        desk.index.root().text("notes").as_deref(),
        Some("华东二店e\u{301}轴承")
    );
    desk.run(1, &edit_note(4, 99, "。")).unwrap();
    desk.run(1, &edit_note(99, 99, "!")).unwrap();
    assert_eq!(to_json(&desk.doc)["notes"], "华东二店。!");
    // One operation a character, as the gate asks for.
    let typed = desk.changes[1].decode();
    assert_eq!(typed.operations.len(), 5);
}

#[test]
fn a_losing_value_is_settled_by_writing_the_winner_again() {
    let mut left = Desk::with(&[Command::AddCustomer(add_customer())]);
    let mut right = left.clone();
    left.run(2, &edit_customer(vec![CustomerField::Name("left".to_owned())]))
        .unwrap();
    right
        .run(3, &edit_customer(vec![CustomerField::Name("right".to_owned())]))
        .unwrap();
    left.merge(&right);
    assert_eq!(left.index.root().str("name"), Some("right"));
    assert_eq!(left.index.root().conflicts("name").len(), 1);
    left.run(2, &edit_customer(vec![CustomerField::Name("right".to_owned())]))
        .unwrap();
    assert_eq!(left.index.root().conflicts("name").len(), 0);
    assert_eq!(left.index.root().str("name"), Some("right"));
}

#[test]
fn a_recorded_command_is_recorded_again_to_the_letter() {
    let recorded = r#"{"command":"edit_customer","document":"01a2065e-7f50-7318-a2df-69063cf9cb78","fields":[{"position":{"lat":31.22273,"lon":121.46988999999999}}]}"#;
    let command: Command = serde_json::from_str(recorded).unwrap();
    assert_eq!(serde_json::to_string(&command).unwrap(), recorded);
}
