use automerge::transaction::Transactable;
use automerge::{ObjType, ROOT, ReadDoc};

use crate::document::command::*;
use crate::document::fixture::*;
use crate::document::view::*;
use crate::document::{Command, to_json};

/// A newer app has written fields we do not know, at the root, in a map and in a list element.
fn with_new_fields(desk: &mut Desk, map: &str, list: &str) {
    desk.tamper(8, |doc| {
        doc.put(ROOT, "mood", "sunny").unwrap();
        let shape = doc.put_object(ROOT, "shape", ObjType::List).unwrap();
        doc.insert(&shape, 0, 4).unwrap();
        let (_, inner) = doc.get(ROOT, map).unwrap().unwrap();
        doc.put(&inner, "newer", 2.5).unwrap();
        let (_, elements) = doc.get(ROOT, list).unwrap().unwrap();
        let (_, element) = doc.get(&elements, 0).unwrap().unwrap();
        doc.put(&element, "newer", true).unwrap();
    });
}

#[test]
fn fields_of_newer_peers_survive_our_edits() {
    let mut desk = Desk::with(&[plan_visit(), start_visit()]);
    with_new_fields(&mut desk, "plan", "events");
    let before = VisitView::read(&desk.index).unwrap();
    for command in [
        move_plan(90),
        record_step("stock", 3.into()),
        edit_note(0, 0, "ok"),
        finish_visit(),
    ] {
        desk.run(1, &command).unwrap();
    }
    let json = to_json(&desk.doc);
    assert_eq!(
        (&json["mood"], &json["shape"]),
        (&"sunny".into(), &serde_json::json!([4]))
    );
    assert_eq!(
        (&json["plan"]["newer"], &json["events"][0]["newer"]),
        (&2.5.into(), &true.into())
    );
    assert_eq!(desk.index.root().str("mood"), Some("sunny"));
    let after = VisitView::read(&desk.index).unwrap();
    assert_eq!(
        (before.events[0].clone(), after.plan_start),
        (after.events[0].clone(), at(90))
    );
}

#[test]
fn a_newer_field_of_a_draft_counts_in_its_revision() {
    let mut desk = Desk::with(&[draft_expense(), add_line("10")]);
    let before = revision(&desk.index);
    desk.tamper(8, |doc| doc.put(ROOT, "budget", "B-7").unwrap());
    let after = revision(&desk.index);
    assert_ne!(before, after);
    desk.run(1, &submit(after.clone(), "10")).unwrap();
    assert_eq!(revision(&desk.index), after);
}

#[test]
fn new_kinds_of_elements_are_passed_over() {
    let mut desk = Desk::with(&[Command::AddCustomer(add_customer())]);
    desk.tamper(8, |doc| {
        let (_, tags) = doc.get(ROOT, "tags").unwrap().unwrap();
        doc.put(&tags, "scored", 7).unwrap();
        let (_, custom) = doc.get(ROOT, "custom").unwrap().unwrap();
        doc.put(&custom, "size", 7).unwrap();
    });
    desk.run(1, &edit_customer(vec![CustomerField::Name("new".to_owned())]))
        .unwrap();
    let view = CustomerView::read(&desk.index).unwrap();
    assert_eq!(
        (view.name.as_str(), view.tags.len(), view.custom.len()),
        ("new", 0, 0)
    );
}
