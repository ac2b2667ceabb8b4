use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjType, ROOT, ScalarValue};

use super::story::{actor, document};
use crate::gate::DocumentIndex;

fn index_of(doc: &mut AutoCommit) -> DocumentIndex {
    let mut index = DocumentIndex::new();
    for change in doc.get_changes(&[]) {
        index.admit(&change.decode()).unwrap();
        index.seal(change.hash());
    }
    index
}

#[test]
fn a_map_reads_by_type() {
    let mut doc = AutoCommit::new().with_actor(actor(1));
    for (key, value) in [
        ("word", ScalarValue::from("华东")),
        ("minus", (-5i64).into()),
        ("plus", 5u64.into()),
        ("half", 0.5.into()),
        ("yes", true.into()),
        ("gone", 1.into()),
    ] {
        doc.put(ROOT, key, value).unwrap();
    }
    doc.delete(ROOT, "gone").unwrap();
    let note = doc.put_object(ROOT, "note", ObjType::Text).unwrap();
    doc.splice_text(&note, 0, 0, "好 day").unwrap();
    doc.splice_text(&note, 1, 2, "").unwrap();
    let index = index_of(&mut doc);
    let root = index.root();
    assert_eq!(root.keys(), ["half", "minus", "note", "plus", "word", "yes"]);
    assert_eq!(root.str("word"), Some("华东"));
    assert_eq!(
        (root.int("minus"), root.uint("minus"), root.f64("minus")),
        (Some(-5), None, Some(-5.0))
    );
    assert_eq!(
        (root.int("plus"), root.uint("plus"), root.f64("plus")),
        (Some(5), Some(5), Some(5.0))
    );
    assert_eq!((root.f64("half"), root.int("half")), (Some(0.5), None));
    assert_eq!((root.bool("yes"), root.bool("word")), (Some(true), None));
    assert_eq!(root.text("note").as_deref(), Some("好ay"));
    assert_eq!(
        (root.get("gone"), root.get("note"), root.str("note")),
        (None, None, None)
    );
    assert!(root.map("note").is_none() && root.list("note").is_none() && root.text("word").is_none());
}

#[test]
fn both_of_two_concurrent_values_are_seen() {
    let mut one = AutoCommit::new().with_actor(actor(1));
    one.put(ROOT, "name", "before").unwrap();
    let mut other = one.fork().with_actor(actor(2));
    one.put(ROOT, "name", "one").unwrap();
    other.put(ROOT, "name", "other").unwrap();
    one.merge(&mut other).unwrap();
    let index = index_of(&mut one);
    let shown = index.root().str("name").unwrap().to_owned();
    let hidden = index.root().conflicts("name");
    assert_eq!(hidden.len(), 1);
    let expected = if actor(1) > actor(2) {
        ("one", "other")
    } else {
        ("other", "one")
    };
    assert_eq!(
        (shown.as_str(), hidden[0]),
        (expected.0, &ScalarValue::from(expected.1))
    );
    one.put(ROOT, "name", "settled").unwrap();
    let index = index_of(&mut one);
    assert_eq!(
        (index.root().str("name"), index.root().conflicts("name").len()),
        (Some("settled"), 0)
    );
}

#[test]
fn a_list_gives_its_maps_with_the_names_of_their_elements() {
    let mut doc = AutoCommit::new().with_actor(actor(1));
    let lines = doc.put_object(ROOT, "lines", ObjType::List).unwrap();
    for at in 0..3 {
        let line = doc.insert_object(&lines, at, ObjType::Map).unwrap();
        doc.put(&line, "amount", at as i64).unwrap();
    }
    doc.insert(&lines, 3, "a scalar").unwrap();
    doc.delete(&lines, 1).unwrap();
    let index = index_of(&mut doc);
    let lines = index.root().list("lines").unwrap();
    let found: Vec<_> = lines
        .iter()
        .map(|(id, line)| (id.to_string(), line.int("amount").unwrap()))
        .collect();
    let name = |counter: u32| format!("{counter}@{}", actor(1).to_hex_string());
    assert_eq!(found, [(name(2), 0), (name(6), 2)]);
    assert_eq!((lines.len(), lines.is_empty()), (3, false));
}

#[test]
fn an_empty_document_has_an_empty_root() {
    let index = DocumentIndex::new();
    assert!(index.is_empty() && index.heads().is_empty() && index.root().keys().is_empty());
    assert_eq!(
        (
            index.sequence(&actor(1)),
            index.last_of(&actor(1)),
            index.hash_of(&actor(1), 0)
        ),
        (0, None, None)
    );
}

#[test]
fn the_weight_grows_with_the_document() {
    let weight = |steps| index_of(&mut document(3, steps).0).weight();
    assert!(weight(0) < weight(20) && weight(20) < weight(80));
}
