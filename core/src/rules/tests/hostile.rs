use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjId, ObjType, ROOT, ReadDoc};

use super::{tampered, verdict};
use crate::document::Command;
use crate::document::fixture::*;
use crate::model::Kind;
use crate::wire::SCHEMA_VERSION;

fn inside(doc: &AutoCommit, key: &str) -> ObjId {
    doc.get(ROOT, key).unwrap().unwrap().1
}

fn element(doc: &AutoCommit, key: &str, at: usize) -> ObjId {
    doc.get(inside(doc, key), at).unwrap().unwrap().1
}

/// What the rep's own app hears when it tries this.
fn heard(desk: &Desk, change: impl FnOnce(&mut AutoCommit)) -> String {
    tampered(desk, REP, SCHEMA_VERSION, change)
}

#[test]
fn facts_are_never_rewritten() {
    let visit = Desk::with(&[plan_visit(), start_visit()]);
    let late = "2026-11-24T07:00:00.000+08:00";
    assert_eq!(
        heard(&visit, |doc| doc
            .put(element(doc, "events", 0), "at", late)
            .unwrap()),
        "fact.rewritten events/[]/at"
    );
    assert_eq!(
        heard(&visit, |doc| doc
            .put(element(doc, "events", 0), "reason", "late")
            .unwrap()),
        "fact.rewritten events/[]/reason"
    );
    assert_eq!(
        heard(&visit, |doc| doc.delete(inside(doc, "events"), 0).unwrap()),
        "fact.rewritten events/[]"
    );
    assert_eq!(
        heard(&visit, |doc| doc
            .delete(element(doc, "events", 0), "check_in")
            .unwrap()),
        "fact.rewritten events/[]/check_in"
    );
    assert_eq!(
        heard(&visit, |doc| doc.put(inside(doc, "events"), 0, "gone").unwrap()),
        "fact.rewritten events/[]"
    );
    assert_eq!(
        heard(&visit, |doc| doc
            .put(ROOT, "customer", document(9).to_string())
            .unwrap()),
        "fact.rewritten customer"
    );
    let check_in = Desk::with(&[Command::CheckIn(check_in())]);
    assert_eq!(
        heard(&check_in, |doc| doc
            .put(inside(doc, "reading"), "accuracy", 1.0)
            .unwrap()),
        "fact.rewritten reading/accuracy"
    );
    assert_eq!(
        heard(&check_in, |doc| doc.put(ROOT, "reason", "late").unwrap()),
        "fact.rewritten reason"
    );
    let log = Desk::with(&[log_entry(1, "called")]);
    assert_eq!(
        heard(&log, |doc| doc.delete(inside(doc, "entries"), 0).unwrap()),
        "fact.rewritten entries/[]"
    );
}

#[test]
fn a_list_element_is_never_replaced() {
    let desks = [
        (Desk::with(&[draft_expense(), add_line("10")]), "lines"),
        (
            Desk::with(&[
                plan_visit(),
                start_visit(),
                record_step("stock", serde_json::json!(3)),
            ]),
            "results",
        ),
        (Desk::with(&[log_entry(1, "called")]), "entries"),
    ];
    for (desk, list) in &desks {
        let rule = format!("fact.rewritten {list}/[]");
        let map = |doc: &mut AutoCommit| {
            drop(doc.put_object(inside(doc, list), 0, ObjType::Map).unwrap());
        };
        assert_eq!(heard(desk, map), rule);
        assert_eq!(
            heard(desk, |doc| doc.put(inside(doc, list), 0, "gone").unwrap()),
            rule
        );
    }
    // Not even one that the same operation inserts: its fields would count for what is not there any more.
    let hollow = heard(&desks[1].0, |doc| {
        let list = inside(doc, "results");
        let result = doc.insert_object(&list, 1, ObjType::Map).unwrap();
        doc.put(&result, "step", "stock").unwrap();
        doc.put(&result, "at", "2026-11-24T09:00:00.000+08:00").unwrap();
        doc.put(&result, "value", 1).unwrap();
        doc.put_object(&list, 1, ObjType::Map).unwrap();
    });
    assert_eq!(hollow, "fact.rewritten results/[]");
}

#[test]
fn a_long_text_in_many_pieces_is_judged_in_a_moment() {
    let visit = Desk::with(&[plan_visit()]);
    let pieces = |count: usize| {
        heard(&visit, move |doc| {
            let notes = inside(doc, "notes");
            for _ in 0..count {
                doc.splice_text(&notes, 0, 0, "a").unwrap();
            }
        })
    };
    assert_eq!(pieces(10_000), "ok");
    assert_eq!(pieces(10_001), "value.too_long notes");
}

#[test]
fn containers_are_never_replaced() {
    let visit = Desk::with(&[plan_visit(), edit_note(0, 0, "kept")]);
    for (key, kind) in [
        ("events", ObjType::List),
        ("results", ObjType::List),
        ("notes", ObjType::Text),
        ("plan", ObjType::Map),
    ] {
        let rule = format!("fact.rewritten {key}");
        assert_eq!(
            heard(&visit, |doc| drop(doc.put_object(ROOT, key, kind).unwrap())),
            rule
        );
        assert_eq!(heard(&visit, |doc| doc.delete(ROOT, key).unwrap()), rule);
        assert_eq!(heard(&visit, |doc| doc.put(ROOT, key, "gone").unwrap()), rule);
    }
}

#[test]
fn what_must_stand_is_not_deleted() {
    let customer = Desk::with(&[Command::AddCustomer(add_customer())]);
    assert_eq!(
        heard(&customer, |doc| doc.delete(ROOT, "name").unwrap()),
        "value.required name"
    );
    assert_eq!(
        heard(&customer, |doc| doc
            .delete(inside(doc, "position"), "lat")
            .unwrap()),
        "value.required position/lat"
    );
    assert_eq!(
        heard(&customer, |doc| doc.delete(ROOT, "external_id").unwrap()),
        "ok"
    );
    assert_eq!(
        heard(&customer, |doc| doc.delete(ROOT, "position").unwrap()),
        "ok"
    );
    let log = Desk::with(&[log_entry(1, "called")]);
    assert_eq!(
        heard(&log, |doc| doc
            .delete(element(doc, "entries", 0), "text")
            .unwrap()),
        "value.required entries/[]/text"
    );
}

#[test]
fn a_conflict_may_be_settled_by_writing_the_winner() {
    use crate::document::command::CustomerField::Name;
    let mut left = Desk::with(&[Command::AddCustomer(add_customer())]);
    let mut right = left.clone();
    left.run(2, &edit_customer(vec![Name("left".to_owned())]))
        .unwrap();
    right
        .run(3, &edit_customer(vec![Name("right".to_owned())]))
        .unwrap();
    left.merge(&right);
    let settle = edit_customer(vec![Name("right".to_owned())]);
    assert_eq!(verdict(&left, &principal(SUPERVISOR), &settle), "ok");
}

#[test]
fn halves_are_refused() {
    let customer = Desk::with(&[Command::AddCustomer(add_customer())]);
    let half = heard(&customer, |doc| {
        let position = doc.put_object(ROOT, "position", ObjType::Map).unwrap();
        doc.put(&position, "lat", 31.0).unwrap();
    });
    assert_eq!(half, "creation.missing position/lon");
    let visit = Desk::with(&[plan_visit(), start_visit()]);
    let nameless = heard(&visit, |doc| {
        let result = doc
            .insert_object(inside(doc, "results"), 0, ObjType::Map)
            .unwrap();
        doc.put(&result, "step", "stock").unwrap();
        doc.put(&result, "value", 1).unwrap();
    });
    assert_eq!(nameless, "creation.missing results/[]/at");
    let silent = heard(&visit, |doc| {
        let event = doc.insert_object(inside(doc, "events"), 1, ObjType::Map).unwrap();
        doc.put(&event, "event", "finished").unwrap();
        doc.put(&event, "at", "2026-11-24T09:00:00.000+08:00").unwrap();
    });
    assert_eq!(silent, "creation.missing events/[]/check_in");
}

#[test]
fn values_of_another_type_are_refused() {
    let customer = Desk::with(&[Command::AddCustomer(add_customer())]);
    let put = |key: &'static str, value: automerge::ScalarValue| {
        heard(&customer, move |doc| doc.put(ROOT, key, value).unwrap())
    };
    assert_eq!(put("name", 5.into()), "value.type name");
    assert_eq!(put("name", automerge::ScalarValue::Null), "value.type name");
    assert_eq!(put("position", "here".into()), "value.type position");
    let lat = heard(&customer, |doc| {
        doc.put(inside(doc, "position"), "lat", 90.5).unwrap();
    });
    assert_eq!(lat, "value.range position/lat");
    let made = |doc: &mut AutoCommit| drop(doc.put_object(ROOT, "name", ObjType::Text).unwrap());
    assert_eq!(heard(&customer, made), "value.type name");
    let tag = |doc: &mut AutoCommit| doc.put(inside(doc, "tags"), "vip", false).unwrap();
    assert_eq!(heard(&customer, tag), "value.type tags/vip");
    let contact = |doc: &mut AutoCommit| {
        drop(
            doc.put_object(inside(doc, "contacts"), "boss", ObjType::Map)
                .unwrap(),
        );
    };
    assert_eq!(heard(&customer, contact), "value.key contacts/boss");
    let visit = Desk::with(&[plan_visit(), start_visit()]);
    let scalar = |doc: &mut AutoCommit| doc.insert(inside(doc, "results"), 0, 5).unwrap();
    assert_eq!(heard(&visit, scalar), "value.type results/[]");
    let list = |doc: &mut AutoCommit| {
        drop(
            doc.insert_object(inside(doc, "results"), 0, ObjType::List)
                .unwrap(),
        );
    };
    assert_eq!(heard(&visit, list), "value.type results/[]");
    let zulu = |doc: &mut AutoCommit| {
        doc.put(inside(doc, "plan"), "start", "2026-11-24T01:00:00Z")
            .unwrap();
    };
    let planned = Desk::with(&[plan_visit()]);
    assert_eq!(heard(&planned, zulu), "fact.rewritten plan/start");
}

#[test]
fn a_key_that_looks_like_a_path_is_no_way_around() {
    let none = Desk::new(Kind::Visit);
    // From a newer app, so that the odd keys themselves pass.
    let forged = tampered(&none, REP, SCHEMA_VERSION + 1, |doc| {
        for (key, value) in [
            ("kind", "visit"),
            ("template", "store-visit@1"),
            ("plan/purpose", ""),
        ] {
            doc.put(ROOT, key, value).unwrap();
        }
        doc.put(ROOT, "schema", 1_u64).unwrap();
        doc.put(ROOT, "rep", person(REP).to_string()).unwrap();
        doc.put(ROOT, "customer", document(1).to_string()).unwrap();
        doc.put(ROOT, "plan/start", "2026-11-24T09:00:00.000+08:00")
            .unwrap();
        doc.put_object(ROOT, "plan", ObjType::Map).unwrap();
        for key in ["events", "results"] {
            doc.put_object(ROOT, key, ObjType::List).unwrap();
        }
        doc.put_object(ROOT, "notes", ObjType::Text).unwrap();
    });
    assert_eq!(forged, "creation.missing plan/start");
    let visit = Desk::with(&[plan_visit(), start_visit()]);
    assert_eq!(
        heard(&visit, |doc| doc
            .put(ROOT, "events/[]/event", "finished")
            .unwrap()),
        "schema.unknown_path events~1[]~1event"
    );
}

#[test]
fn a_document_of_another_kind_or_a_newer_table_is_refused() {
    let visit = Desk::with(&[plan_visit()]);
    let as_customer = Desk {
        kind: Kind::Customer,
        ..visit
    };
    assert_eq!(
        heard(&as_customer, |doc| doc.put(ROOT, "name", "x").unwrap()),
        "creation.kind kind"
    );
    let customer = |kind: &'static str, schema: u64| {
        heard(&Desk::new(Kind::Customer), move |doc| {
            doc.put(ROOT, "kind", kind).unwrap();
            doc.put(ROOT, "schema", schema).unwrap();
            doc.put(ROOT, "owner", person(REP).to_string()).unwrap();
        })
    };
    assert_eq!(customer("visit", 1), "value.type kind");
    assert_eq!(
        customer("customer", u64::from(SCHEMA_VERSION) + 1),
        "value.range schema"
    );
    let ownerless = heard(&Desk::new(Kind::Customer), |doc| {
        doc.put(ROOT, "name", "x").unwrap();
    });
    assert_eq!(ownerless, "creation.missing owner");
}

#[test]
fn unknown_paths_come_only_from_newer_apps() {
    let newer = SCHEMA_VERSION + 1;
    let mood = |doc: &mut AutoCommit| doc.put(ROOT, "mood", "sunny").unwrap();
    let visit = Desk::with(&[plan_visit(), start_visit()]);
    assert_eq!(
        tampered(&visit, REP, SCHEMA_VERSION, mood),
        "schema.unknown_path mood"
    );
    assert_eq!(tampered(&visit, REP, newer, mood), "ok");
    assert_eq!(tampered(&visit, SUPERVISOR, newer, mood), "ok");
    assert_eq!(tampered(&visit, COLLEAGUE, newer, mood), "writer.not_allowed .");
    let object = |doc: &mut AutoCommit| drop(doc.put_object(ROOT, "mood", ObjType::Map).unwrap());
    assert_eq!(tampered(&visit, REP, newer, object), "schema.unknown_path mood");
    let long = |doc: &mut AutoCommit| doc.put(ROOT, "mood", "x".repeat(2001)).unwrap();
    assert_eq!(tampered(&visit, REP, newer, long), "value.too_long mood");
    let in_plan = |doc: &mut AutoCommit| doc.put(inside(doc, "plan"), "colour", 3).unwrap();
    assert_eq!(
        tampered(&visit, REP, newer, in_plan),
        "fact.rewritten plan/colour"
    );
    assert_eq!(
        tampered(&visit, REP, SCHEMA_VERSION, in_plan),
        "schema.unknown_path plan/colour"
    );
    let in_fact = |doc: &mut AutoCommit| doc.put(element(doc, "events", 0), "colour", 3).unwrap();
    assert_eq!(
        tampered(&visit, REP, newer, in_fact),
        "fact.rewritten events/[]/colour"
    );
    let check_in = Desk::with(&[Command::CheckIn(check_in())]);
    assert_eq!(tampered(&check_in, REP, newer, mood), "fact.rewritten mood");
    let expense = Desk::with(&[
        draft_expense(),
        rule_outcome("0".repeat(32), crate::document::command::Decision::Approve),
    ]);
    assert_eq!(tampered(&expense, REP, newer, mood), "approval.closed mood");
    let in_ruling = |doc: &mut AutoCommit| doc.put(inside(doc, "outcome"), "colour", 3).unwrap();
    assert_eq!(
        tampered(&expense, REP, newer, in_ruling),
        "ruling.server_only outcome/colour"
    );
}

#[test]
fn a_rejection_names_everything() {
    let visit = Desk::with(&[plan_visit(), start_visit()]);
    let mut desk = visit;
    let before = crate::rules::Before::of(desk.kind, &desk.index);
    let writes = desk.run(3, &move_plan_by(person(SUPERVISOR), 99)).unwrap();
    let attempt = crate::rules::Attempt {
        principal: &principal(SUPERVISOR),
        kind: desk.kind,
        schema: 1,
        at_ms: WRITTEN_MS,
    };
    let judged = crate::rules::judge(&attempt, &before, &desk.index, &writes).unwrap_err();
    assert_eq!(
        (judged.rule.as_str(), judged.path.as_str()),
        ("plan.started", "events/[]/start")
    );
    assert_eq!(
        (judged.expected.zh.as_str(), judged.actual.as_str()),
        ("计划中的拜访", "started")
    );
    assert!(judged.suggestion.en.contains("begun") && judged.suggestion.zh.contains("拜访已经开始"));
}
