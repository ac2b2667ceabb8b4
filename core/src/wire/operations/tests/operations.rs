use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, AutoCommit, Change, ChangeHash, ObjId, ObjType, ROOT, ReadDoc, ScalarValue};
use serde_json::{Value, json};

use super::vectors;
use crate::gate::DocumentIndex;
use crate::wire::operations::{Limits, Reader, encode};

const REP: [u8; 16] = [0xa1; 16];
const SUPERVISOR: [u8; 16] = [0x5b; 16];
const MINUTE: i64 = 60_000;
const MORNING: i64 = 1_795_500_000_000;

fn commit(doc: &mut AutoCommit, minute: i64) {
    doc.commit_with(CommitOptions::default().with_time(MORNING + minute * MINUTE));
}

fn at(minute: u32) -> String {
    format!("2026-11-24T14:{minute:02}:00.000+08:00")
}

fn map(doc: &mut AutoCommit, key: &str) -> ObjId {
    doc.put_object(ROOT, key, ObjType::Map).unwrap()
}

fn append(doc: &mut AutoCommit, list: &ObjId, values: &[(&str, ScalarValue)]) {
    let element = doc.insert_object(list, doc.length(list), ObjType::Map).unwrap();
    for (key, value) in values {
        doc.put(&element, *key, value.clone()).unwrap();
    }
}

/// The segments of one document, in causal order.
struct Document {
    name: &'static str,
    index: DocumentIndex,
    vectors: Vec<Value>,
}

impl Document {
    fn new(name: &'static str) -> Self {
        Self {
            name,
            index: DocumentIndex::new(),
            vectors: Vec::new(),
        }
    }

    /// Adds what the writer has written and nobody knows yet.
    fn segment(&mut self, name: &str, description: &str, writer: &mut AutoCommit) {
        let changes = writer.get_changes(&self.index.heads());
        let own: Vec<&Change> = changes
            .iter()
            .filter(|change| change.actor_id() == writer.get_actor() && !self.index.knows(&change.hash()))
            .collect();
        let decoded: Vec<_> = own.iter().map(|change| change.decode()).collect();
        let hashes: Vec<ChangeHash> = own.iter().map(|change| change.hash()).collect();
        let base = decoded[0].seq - 1;
        let before = self.index.last_of(writer.get_actor());
        let bytes = encode(&decoded, &hashes, before, &|hash| self.index.max_op(hash)).unwrap();
        for (change, hash) in decoded.iter().zip(&hashes) {
            self.index.admit(change).unwrap();
            self.index.seal(*hash);
        }
        let chunk = |change: &&Change| json!({ "hash": change.hash().to_string(), "automerge_chunk": hex::encode(change.raw_bytes()) });
        self.vectors.push(json!({
            "name": name,
            "description": description,
            "document": self.name,
            "actor": writer.get_actor().to_hex_string(),
            "base": base,
            "operations": hex::encode(bytes),
            "changes": own.iter().map(chunk).collect::<Vec<_>>(),
        }));
    }
}

fn visit() -> Vec<Value> {
    let mut visit = Document::new("visit");
    let mut rep = AutoCommit::new().with_actor(ActorId::from(REP));
    for (key, value) in [
        ("kind", "visit"),
        ("rep", "0195f3a0-7c1e-7a52-9f3b-2c8d1e4f5a6b"),
        ("customer", "0195f3a0-7c1e-7a52-9f3b-2c8d1e4f5a6c"),
        ("template", "store-visit@1"),
    ] {
        rep.put(ROOT, key, value).unwrap();
    }
    rep.put(ROOT, "schema", 1u64).unwrap();
    let plan = map(&mut rep, "plan");
    rep.put(&plan, "start", at(0)).unwrap();
    rep.put(&plan, "purpose", "阶段复盘").unwrap();
    let events = rep.put_object(ROOT, "events", ObjType::List).unwrap();
    let results = rep.put_object(ROOT, "results", ObjType::List).unwrap();
    let notes = rep.put_object(ROOT, "notes", ObjType::Text).unwrap();
    commit(&mut rep, 0);
    visit.segment(
        "plan",
        "A first change: maps, a list, a text, a time, UUIDs, known words and keys.",
        &mut rep,
    );
    let mut supervisor = rep.fork().with_actor(ActorId::from(SUPERVISOR));
    append(
        &mut rep,
        &events,
        &[("event", "started".into()), ("at", at(5).into())],
    );
    commit(&mut rep, 5);
    append(
        &mut rep,
        &results,
        &[
            ("step", "stock".into()),
            ("at", at(9).into()),
            ("value", 12.into()),
        ],
    );
    commit(&mut rep, 9);
    rep.splice_text(&notes, 0, 0, "12 boxes left, 货架已调整")
        .unwrap();
    rep.put(&plan, "purpose", "stock").unwrap();
    commit(&mut rep, 11);
    visit.segment("visit", "Three changes on top of it: the dependency is the change before and is not written; typed text is one run.", &mut rep);
    supervisor.put(&plan, "start", at(30)).unwrap();
    supervisor.put(&plan, "purpose", "order").unwrap();
    commit(&mut supervisor, 7);
    visit.segment(
        "move",
        "Somebody else at the same time: a listed dependency and another actor's operations.",
        &mut supervisor,
    );
    rep.merge(&mut supervisor).unwrap();
    rep.put(&plan, "purpose", "stock and order").unwrap();
    rep.splice_text(&notes, 2, 6, "").unwrap();
    rep.splice_text(&notes, 0, 1, "").unwrap();
    rep.delete(ROOT, "template").unwrap();
    rep.delete(&results, 0).unwrap();
    commit(&mut rep, 40);
    visit.segment("merge", "Two dependencies, two predecessors, a run of deletes, single deletes of a character, a key and an element.", &mut rep);
    visit.vectors
}

fn values() -> Vec<Value> {
    let mut document = Document::new("values");
    let mut doc = AutoCommit::new().with_actor(ActorId::from(REP));
    let long = "x".repeat(300);
    let values: Vec<(&str, ScalarValue)> = vec![
        ("null", ScalarValue::Null),
        ("no", false.into()),
        ("yes", true.into()),
        ("int", (-300).into()),
        ("uint", 300u64.into()),
        ("lat", 31.230416.into()),
        ("third", (1.0 / 3.0).into()),
        ("zero below", (-0.0).into()),
        ("at", at(5).into()),
        ("later", "2026-11-24T09:06:00.250+03:00".into()),
        ("day", "2026-11-24".into()),
        ("date", "2026-02-29".into()),
        ("amount", "128.50".into()),
        ("total", "007".into()),
        ("owner", "0195f3a0-7c1e-7a52-9f3b-2c8d1e4f5a6b".into()),
        ("rep", "0195F3A0-7C1E-7A52-9F3B-2C8D1E4F5A6B".into()),
        ("0195f3a0-7c1e-7a52-9f3b-2c8d1e4f5a6b", "".into()),
        ("revision", "0195f3a07c1e7a529f3b2c8d1e4f5a6b".into()),
        ("价格", "华东轴承".into()),
        ("text", long.as_str().into()),
        ("bytes", ScalarValue::Bytes(vec![0, 127, 255])),
        ("stamp", ScalarValue::Timestamp(-1)),
    ];
    for (key, value) in values {
        doc.put(ROOT, key, value).unwrap();
    }
    doc.commit_with(
        CommitOptions::default()
            .with_time(MORNING)
            .with_message("every sort of value"),
    );
    document.segment(
        "values",
        "Every sort of value, look-alikes that stay text, new keys, a message.",
        &mut doc,
    );
    doc.empty_change(CommitOptions::default().with_time(MORNING));
    document.segment(
        "nothing",
        "A change without operations at the same time.",
        &mut doc,
    );
    document.vectors
}

#[test]
fn operations_are_written_as_in_the_vectors() {
    vectors::check("operations.json", &[visit(), values()].concat().into());
}

#[test]
fn the_vectors_read_back_to_automerges_bytes() {
    let mut index = DocumentIndex::new();
    let mut document = Value::Null;
    let kept = vectors::read("operations.json");
    assert_eq!(kept.len(), 6);
    for vector in kept {
        if vector["document"] != document {
            (index, document) = (DocumentIndex::new(), vector["document"].clone());
        }
        let bytes = hex::decode(vector["operations"].as_str().unwrap()).unwrap();
        let actor = ActorId::try_from(vector["actor"].as_str().unwrap()).unwrap();
        let changes = vector["changes"].as_array().unwrap();
        let base = vector["base"].as_u64().unwrap();
        let mut reader = Reader::new(&bytes, actor, base, changes.len() as u32, &Limits::default()).unwrap();
        for expected in changes {
            let change = reader.next(&index).unwrap().unwrap();
            index.admit(&change).unwrap();
            let rebuilt = Change::from(change);
            assert_eq!(rebuilt.hash().to_string(), expected["hash"].as_str().unwrap());
            assert_eq!(
                hex::encode(rebuilt.raw_bytes()),
                expected["automerge_chunk"].as_str().unwrap()
            );
            index.seal(rebuilt.hash());
        }
        reader.finish().unwrap();
    }
}
