use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjType, ROOT};

use super::story::actor;
use crate::gate::{Action, DocumentIndex, Write};

/// Takes in what is new in the document and returns what its last change writes.
fn writes_of(doc: &mut AutoCommit, index: &mut DocumentIndex) -> Vec<Write> {
    doc.commit();
    let mut writes = Vec::new();
    for change in doc.get_changes(&index.heads()) {
        writes = index.admit(&change.decode()).unwrap();
        index.seal(change.hash());
    }
    writes
}

fn write(path: &str, action: Action, prior: bool, element: Option<u32>) -> Write {
    let element = element.map(|counter| format!("{counter}@{}", actor(1)).into());
    Write {
        path: path.into(),
        action,
        prior,
        element,
    }
}

#[test]
fn a_change_is_listed_with_its_paths() {
    let (mut doc, mut index) = (AutoCommit::new().with_actor(actor(1)), DocumentIndex::new());
    let plan = doc.put_object(ROOT, "plan", ObjType::Map).unwrap();
    doc.put(&plan, "start", 9).unwrap();
    doc.put(&plan, "start", 10).unwrap();
    let lines = doc.put_object(ROOT, "lines", ObjType::List).unwrap();
    let line = doc.insert_object(&lines, 0, ObjType::Map).unwrap();
    doc.put(&line, "amount", "12.50").unwrap();
    let tags = doc.put_object(&line, "tags", ObjType::List).unwrap();
    doc.insert(&tags, 0, "new").unwrap();
    assert_eq!(
        writes_of(&mut doc, &mut index),
        [
            write("plan", Action::Make(ObjType::Map), false, None),
            write("plan/start", Action::Put(9.into()), false, None),
            write("plan/start", Action::Put(10.into()), false, None),
            write("lines", Action::Make(ObjType::List), false, None),
            write("lines/[]", Action::InsertMake(ObjType::Map), false, Some(5)),
            write("lines/[]/amount", Action::Put("12.50".into()), false, Some(5)),
            write("lines/[]/tags", Action::Make(ObjType::List), false, Some(5)),
            write("lines/[]/tags/[]", Action::Insert("new".into()), false, Some(8)),
        ]
    );
    doc.put(&plan, "start", 11).unwrap();
    doc.put(&line, "amount", "13").unwrap();
    doc.put(&tags, 0, "old").unwrap();
    doc.delete(&lines, 0).unwrap();
    assert_eq!(
        writes_of(&mut doc, &mut index),
        [
            write("plan/start", Action::Put(11.into()), true, None),
            write("lines/[]/amount", Action::Put("13".into()), true, Some(5)),
            write("lines/[]/tags/[]", Action::Put("old".into()), true, Some(8)),
            write("lines/[]", Action::Delete, true, Some(5)),
        ]
    );
}

#[test]
fn a_key_that_was_deleted_has_held_a_value() {
    let (mut doc, mut index) = (AutoCommit::new().with_actor(actor(1)), DocumentIndex::new());
    doc.put(ROOT, "at", 1).unwrap();
    writes_of(&mut doc, &mut index);
    doc.delete(ROOT, "at").unwrap();
    assert_eq!(
        writes_of(&mut doc, &mut index),
        [write("at", Action::Delete, true, None)]
    );
    doc.put(ROOT, "at", 2).unwrap();
    assert_eq!(
        writes_of(&mut doc, &mut index),
        [write("at", Action::Put(2.into()), true, None)]
    );
}

#[test]
fn typing_is_one_write() {
    let (mut doc, mut index) = (AutoCommit::new().with_actor(actor(1)), DocumentIndex::new());
    let notes = doc.put_object(ROOT, "notes", ObjType::Text).unwrap();
    doc.splice_text(&notes, 0, 0, "stock 12 盒").unwrap();
    let typed = |text: &str| write("notes/[]", Action::InsertText(text.to_owned()), false, None);
    assert_eq!(
        writes_of(&mut doc, &mut index),
        [
            write("notes", Action::Make(ObjType::Text), false, None),
            typed("stock 12 盒")
        ]
    );
    doc.splice_text(&notes, 6, 2, "15").unwrap();
    doc.splice_text(&notes, 0, 0, "ab").unwrap();
    doc.splice_text(&notes, 1, 1, "").unwrap();
    let deleted = |count, prior| write("notes/[]", Action::DeleteText(count), prior, None);
    let mut writes = writes_of(&mut doc, &mut index);
    writes.sort_by_key(|write| format!("{write:?}"));
    assert_eq!(
        writes,
        [deleted(1, false), deleted(2, true), typed("15"), typed("ab")]
    );
}

#[test]
fn no_key_can_pretend_to_be_another_place() {
    let (mut doc, mut index) = (AutoCommit::new().with_actor(actor(1)), DocumentIndex::new());
    for key in ["plan/start", "a~1b", "[]"] {
        doc.put(ROOT, key, true).unwrap();
    }
    let put = |path| write(path, Action::Put(true.into()), false, None);
    assert_eq!(
        writes_of(&mut doc, &mut index),
        [put("plan~1start"), put("a~01b"), put("~2")]
    );
    assert_eq!(index.root().bool("plan/start"), Some(true));
}
