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

#[test]
fn who_asks_for_what() {
    let there = Desk::with(&[Command::AddCustomer(add_customer())]);
    // Sees the owner's customers without leading anybody, as a rep sees the pool of their unit.
    let mut viewer = principal(COLLEAGUE);
    viewer.subtree.insert(person(REP));
    let owner = Want::Owner {
        to: person(COLLEAGUE),
        saw: person(REP),
    };
    let grade = Want::Grade {
        to: "A".to_owned(),
        saw: None,
    };
    let release = Want::Release { saw: person(REP) };
    let not = "writer.not_allowed";
    for (want, [rep, sees, leads, server]) in [
        (Want::Claim, ["ok", "ok", "ok", not]),
        (release, ["ok", not, "ok", not]),
        (grade, ["ok", not, "ok", not]),
        (owner, [not, not, "ok", not]),
    ] {
        let people = [
            principal(REP),
            viewer.clone(),
            principal(SUPERVISOR),
            principal(SERVER),
        ];
        for (who, expected) in people.iter().zip([rep, sees, leads, server]) {
            let ask = Command::AskCustomer(AskCustomer {
                document: document(1),
                by: who.person,
                at: at(10),
                want: want.clone(),
                note: None,
            });
            assert_eq!(verdict(&there, who, &ask), expected, "{want:?} by {}", who.person);
        }
    }
}

#[test]
fn a_request_says_what_it_is_to_be_and_what_was_seen() {
    use automerge::transaction::Transactable;
    use automerge::{ObjType, ROOT, ReadDoc};
    let there = Desk::with(&[Command::AddCustomer(add_customer())]);
    let heard = |want: &'static str, to: Option<String>, saw: Option<String>| {
        tampered(&there, SUPERVISOR, 1, move |doc| {
            let (_, list) = doc.get(ROOT, "requests").unwrap().unwrap();
            let request = doc.insert_object(list, 0, ObjType::Map).unwrap();
            doc.put(&request, "want", want).unwrap();
            doc.put(&request, "by", person(SUPERVISOR).to_string()).unwrap();
            doc.put(&request, "at", "2026-11-24T09:00:00.000+08:00").unwrap();
            for (key, value) in [("to", to), ("saw", saw)] {
                if let Some(value) = value {
                    doc.put(&request, key, value).unwrap();
                }
            }
        })
    };
    let somebody = || Some(person(COLLEAGUE).to_string());
    let word = || Some("A".to_owned());
    for (want, to, saw, expected) in [
        ("claim", None, None, "ok"),
        ("release", None, somebody(), "ok"),
        ("release", None, word(), "value.type requests/[]/saw"),
        ("release", None, None, "value.type requests/[]/saw"),
        ("grade", word(), None, "ok"),
        ("grade", None, word(), "creation.missing requests/[]/to"),
        ("owner", somebody(), somebody(), "ok"),
        ("owner", None, somebody(), "creation.missing requests/[]/to"),
        ("owner", word(), somebody(), "value.type requests/[]/to"),
        ("owner", somebody(), word(), "value.type requests/[]/saw"),
        ("owner", somebody(), None, "value.type requests/[]/saw"),
    ] {
        assert_eq!(heard(want, to, saw), expected, "{want}");
    }
}
