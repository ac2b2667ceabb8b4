use uuid::Uuid;

use super::{row, tampered, verdict};
use crate::document::Command;
use crate::document::command::*;
use crate::document::fixture::*;
use crate::model::Kind;

const MINE_OR_TEAM: [&str; 4] = ["ok", "writer.not_allowed", "ok", "ok"];

#[test]
fn who_makes_and_edits_a_customer() {
    let none = Desk::new(Kind::Customer);
    let there = Desk::with(&[
        Command::AddCustomer(add_customer()),
        put_contact(ContactFields::default()),
    ]);
    let graded = AddCustomer {
        grade: Some("B".to_owned()),
        ..add_customer()
    };
    let remove = RemoveContact {
        document: document(1),
        contact: Uuid::from_u128(77),
    };
    let name = edit_customer(vec![CustomerField::Name("new".to_owned())]);
    row(
        "add",
        &none,
        |_| Command::AddCustomer(add_customer()),
        ["ok", "creation.owner", "ok", "ok"],
    );
    row(
        "add with a grade",
        &none,
        |_| Command::AddCustomer(graded.clone()),
        ["ruling.server_only", "creation.owner", "ruling.server_only", "ok"],
    );
    row("edit", &there, |_| name.clone(), MINE_OR_TEAM);
    row(
        "put a contact",
        &there,
        |_| put_contact(ContactFields::default()),
        MINE_OR_TEAM,
    );
    row(
        "remove a contact",
        &there,
        |_| Command::RemoveContact(remove.clone()),
        MINE_OR_TEAM,
    );
    row("tag", &there, |_| set_tag("vip", true), MINE_OR_TEAM);
    row("nothing new", &there, |_| set_tag("vip", false), MINE_OR_TEAM);
}

#[test]
fn values_of_a_customer_are_checked() {
    let there = Desk::with(&[Command::AddCustomer(add_customer())]);
    let named = |name: String| edit_customer(vec![CustomerField::Name(name)]);
    let custom = |key: &str| edit_customer(vec![CustomerField::Custom(key.to_owned(), String::new())]);
    let table = [
        (named("店".repeat(200)), "ok"),
        (named("店".repeat(201)), "value.too_long"),
        (named(String::new()), "value.required"),
        (named("  ".to_owned()), "value.required"),
        (set_tag(&"标".repeat(50), true), "ok"),
        (set_tag(&"标".repeat(51), true), "value.key"),
        (set_tag("冷饮/酒水~", true), "ok"),
        (set_tag(&"/".repeat(50), true), "ok"),
        (custom("floor"), "ok"),
        (custom(&"f".repeat(51)), "value.key"),
    ];
    for (command, expected) in table {
        assert_eq!(
            verdict(&there, &principal(REP), &command),
            expected,
            "{command:?}"
        );
    }
}

#[test]
fn a_missing_address_is_named_with_what_to_do() {
    use automerge::ROOT;
    use automerge::transaction::Transactable;
    let none = Desk::new(Kind::Customer);
    let heard = tampered(&none, REP, 1, |doc| {
        doc.put(ROOT, "kind", "customer").unwrap();
        doc.put(ROOT, "schema", 1_u64).unwrap();
        doc.put(ROOT, "owner", person(REP).to_string()).unwrap();
        doc.put(ROOT, "name", "shop").unwrap();
    });
    assert_eq!(heard, "creation.missing address");
}
