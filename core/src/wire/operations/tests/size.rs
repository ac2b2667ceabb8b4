use automerge::transaction::{CommitOptions, Transactable};
use automerge::{AutoCommit, Change, ChangeHash, ObjType, ROOT};

use crate::gate::DocumentIndex;
use crate::gate::tests::story::actor;
use crate::wire::operations::encode;

/// A visit as a rep writes it: planned, started, five steps, a note, finished.
pub(super) fn visit() -> Vec<Change> {
    let mut doc = AutoCommit::new().with_actor(actor(1));
    let time = |minute: i64| CommitOptions::default().with_time(1_795_500_000_000 + minute * 60_000);
    let at = |minute: i64| format!("2026-11-24T14:{minute:02}:00.000+08:00");
    for (key, value) in [
        ("kind", "visit"),
        ("rep", "0195f3a0-7c1e-7a52-9f3b-2c8d1e4f5a6b"),
        ("template", "store-visit@1"),
    ] {
        doc.put(ROOT, key, value).unwrap();
    }
    doc.put(ROOT, "customer", "0195f3a0-7c1e-7a52-9f3b-2c8d1e4f5a6c")
        .unwrap();
    doc.put(ROOT, "schema", 1u64).unwrap();
    let plan = doc.put_object(ROOT, "plan", ObjType::Map).unwrap();
    doc.put(&plan, "start", at(30)).unwrap();
    doc.put(&plan, "purpose", "阶段复盘").unwrap();
    let events = doc.put_object(ROOT, "events", ObjType::List).unwrap();
    let results = doc.put_object(ROOT, "results", ObjType::List).unwrap();
    let notes = doc.put_object(ROOT, "notes", ObjType::Text).unwrap();
    doc.commit_with(time(0));
    for (event, minute) in [("started", 31), ("finished", 55)] {
        let map = doc.insert_object(&events, 0, ObjType::Map).unwrap();
        doc.put(&map, "event", event).unwrap();
        doc.put(&map, "at", at(minute)).unwrap();
        doc.commit_with(time(minute));
    }
    for (number, step) in ["stock", "display", "order", "promotion", "competitor"]
        .into_iter()
        .enumerate()
    {
        let map = doc.insert_object(&results, number, ObjType::Map).unwrap();
        doc.put(&map, "step", step).unwrap();
        doc.put(&map, "at", at(32 + number as i64)).unwrap();
        doc.put(&map, "value", 12 * number as i64).unwrap();
        doc.commit_with(time(32 + number as i64));
    }
    doc.splice_text(
        &notes,
        0,
        0,
        "Shelf moved to the left, owner asks for two more boxes.",
    )
    .unwrap();
    doc.commit_with(time(40));
    doc.get_changes(&[])
}

#[test]
fn a_visit_takes_a_fifth_of_automerges_bytes() {
    let changes = visit();
    let hashes: Vec<ChangeHash> = changes.iter().map(Change::hash).collect();
    let decoded: Vec<_> = changes.iter().map(Change::decode).collect();
    let segment = encode(&decoded, &hashes, None, &|_| None).unwrap();
    let raw: usize = changes.iter().map(|change| change.raw_bytes().len()).sum();
    assert!(segment.len() * 5 < raw, "{} of {raw} bytes", segment.len());
    let mut index = DocumentIndex::new();
    for (change, hash) in decoded.iter().zip(hashes) {
        index.admit(change).unwrap();
        index.seal(hash);
    }
    assert!(index.weight() < 40_000, "the index weighs {}", index.weight());
}
