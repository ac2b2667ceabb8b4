use automerge::transaction::Transactable;
use automerge::{ROOT, ReadDoc};

use super::{tampered, verdict};
use crate::document::Command;
use crate::document::command::{AddComment, AddLine, CustomerField};
use crate::document::fixture::*;
use crate::model::{Kind, Principal, Words};
use crate::rules::{Attempt, Before, judge};
use crate::wire::SCHEMA_VERSION;

fn remark_on(entry: &str) -> Command {
    Command::AddComment(AddComment {
        document: document(5),
        entry: Some(entry.to_owned()),
        by: person(REP),
        at: at(120),
        text: "well done".to_owned(),
    })
}

/// What the rep hears who writes `value` at a key of a new remark.
fn remarked(key: &'static str, value: &str) -> String {
    let log = Desk::with(&[log_entry(1, "called")]);
    tampered(&log, REP, SCHEMA_VERSION, |doc| {
        let (_, list) = doc.get(ROOT, "comments").unwrap().unwrap();
        let remark = doc.insert_object(list, 0, automerge::ObjType::Map).unwrap();
        doc.put(&remark, "by", person(REP).to_string()).unwrap();
        doc.put(&remark, "at", "2026-11-24T09:00:00.000+08:00").unwrap();
        doc.put(&remark, "text", "x").unwrap();
        doc.put(&remark, key, value).unwrap();
    })
}

#[test]
fn an_element_is_a_counter_and_an_actor() {
    let log = Desk::with(&[log_entry(1, "called")]);
    let entry = crate::document::view::ActivityView::read(&log.index)
        .unwrap()
        .entries[0]
        .id
        .clone();
    assert_eq!(verdict(&log, &principal(REP), &remark_on(&entry)), "ok");
    assert_eq!(remarked("entry", "12@0af3"), "ok");
    let long = format!("12@{}", "0".repeat(158));
    for wrong in ["12", "12@", "x@00", "12@0g", "12@AF", "@00", &long] {
        assert_eq!(
            remarked("entry", wrong),
            "value.type comments/[]/entry",
            "{wrong}"
        );
    }
}

#[test]
fn an_id_has_one_spelling() {
    let log = |id: &'static str| {
        let log = Desk::with(&[log_entry(1, "called")]);
        tampered(&log, REP, SCHEMA_VERSION, |doc| {
            let (_, list) = doc.get(ROOT, "entries").unwrap().unwrap();
            let entry = doc.insert_object(list, 1, automerge::ObjType::Map).unwrap();
            doc.put(&entry, "at", "2026-11-24T09:00:00.000+08:00").unwrap();
            doc.put(&entry, "text", "x").unwrap();
            doc.put(&entry, "customer", id).unwrap();
        })
    };
    assert_eq!(log("018f0000-0000-7000-8000-00000000abcd"), "ok");
    for wrong in [
        "018F0000-0000-7000-8000-00000000ABCD",
        "018f000000007000800000000000abcd",
        "018f0000-0000-7000-8000-00000000abcg",
        "018f0000-0000-7000-8000-00000000abc",
    ] {
        assert_eq!(log(wrong), "value.type entries/[]/customer", "{wrong}");
    }
}

#[test]
fn a_day_is_one_of_the_calendar() {
    let draft = Desk::with(&[draft_expense()]);
    let dated = |day: &'static str| {
        let line = Command::AddLine(AddLine {
            ..match add_line("1") {
                Command::AddLine(line) => line,
                other => panic!("{other:?}"),
            }
        });
        let mut draft = draft.clone();
        draft.run(1, &line).unwrap();
        tampered(&draft, REP, SCHEMA_VERSION, |doc| {
            let (_, list) = doc.get(ROOT, "lines").unwrap().unwrap();
            let (_, line) = doc.get(list, 0).unwrap().unwrap();
            doc.put(&line, "date", day).unwrap();
        })
    };
    assert_eq!(dated("2026-02-28"), "ok");
    for wrong in [
        "2026-02-30",
        "2026-13-01",
        "2026-2-28",
        "28.02.2026",
        "tomorrow!!",
    ] {
        assert_eq!(dated(wrong), "value.type lines/[]/date", "{wrong}");
    }
}

#[test]
fn a_whole_number_may_be_signed_and_a_key_says_what_it_must_be() {
    let none = Desk::new(Kind::Customer);
    let made = tampered(&none, REP, SCHEMA_VERSION, |doc| {
        doc.put(ROOT, "kind", "customer").unwrap();
        doc.put(ROOT, "schema", 1_i64).unwrap();
        doc.put(ROOT, "owner", person(REP).to_string()).unwrap();
    });
    assert_eq!(made, "creation.missing name");
    let there = Desk::with(&[Command::AddCustomer(add_customer())]);
    let expected = |key: &str, map: &str| {
        let mut desk = there.clone();
        let before = Before::of(desk.kind, &desk.index);
        let writes = desk.tamper(2, |doc| {
            let (_, around) = doc.get(ROOT, map).unwrap().unwrap();
            if map == "contacts" {
                drop(doc.put_object(around, key, automerge::ObjType::Map).unwrap());
            } else {
                doc.put(around, key, true).unwrap();
            }
        });
        let attempt = Attempt {
            principal: &principal(REP),
            kind: desk.kind,
            schema: SCHEMA_VERSION,
            at_ms: WRITTEN_MS,
        };
        judge(&attempt, &before, &desk.index, &writes)
            .unwrap_err()
            .expected
    };
    assert_eq!(expected("boss", "contacts"), Words::new("UUID", "UUID 编号"));
    assert_eq!(
        expected(&"t".repeat(51), "tags"),
        Words::new("at most 50 characters", "最多 50 个字符")
    );
}

#[test]
fn a_field_of_a_newer_app_is_as_long_as_any_other() {
    let visit = Desk::with(&[plan_visit()]);
    let long = |length: usize| {
        tampered(&visit, REP, SCHEMA_VERSION + 1, |doc| {
            doc.put(ROOT, "mood", "x".repeat(length)).unwrap();
        })
    };
    assert_eq!(
        (long(2000).as_str(), long(2001).as_str()),
        ("ok", "value.too_long mood")
    );
}

#[test]
fn the_server_is_nobody_of_the_team_whatever_its_name() {
    let visit = Desk::with(&[plan_visit()]);
    for who in [REP, SUPERVISOR] {
        let server = Principal {
            is_server: true,
            ..principal(who)
        };
        assert_eq!(
            verdict(&visit, &server, &edit_note(0, 0, "x")),
            "writer.not_allowed"
        );
    }
}

#[test]
fn a_delete_that_leaves_a_value_of_somebody_else_is_fine() {
    let base = Desk::with(&[Command::AddCustomer(add_customer())]);
    let (mut left, mut right) = (base.clone(), base);
    right
        .run(3, &edit_customer(vec![CustomerField::Name("right".to_owned())]))
        .unwrap();
    let writes = left.tamper(2, |doc| doc.delete(ROOT, "name").unwrap());
    let before = Before::of(right.kind, &right.index);
    right.merge(&left);
    let attempt = Attempt {
        principal: &principal(REP),
        kind: right.kind,
        schema: SCHEMA_VERSION,
        at_ms: WRITTEN_MS,
    };
    assert_eq!(judge(&attempt, &before, &right.index, &writes), Ok(()));
}

#[test]
fn what_a_document_is_made_with_is_not_deleted_in_the_same_breath() {
    let none = Desk::new(Kind::Activity);
    let made = tampered(&none, REP, SCHEMA_VERSION, |doc| {
        doc.put(ROOT, "kind", "activity").unwrap();
        doc.put(ROOT, "schema", 1_u64).unwrap();
        doc.put(ROOT, "rep", person(REP).to_string()).unwrap();
        doc.put(ROOT, "day", "2026-11-24").unwrap();
        drop(doc.put_object(ROOT, "entries", automerge::ObjType::List).unwrap());
        doc.delete(ROOT, "entries").unwrap();
    });
    assert!(
        made == "fact.rewritten entries" || made == "creation.missing entries",
        "{made}"
    );
}
