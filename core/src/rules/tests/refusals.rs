//! What a refusal says beside its rule, and the few refusals that no command meets.

use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjId, ObjType, ROOT, ReadDoc};

use super::{tampered, verdict};
use crate::document::fixture::*;
use crate::rules::{Attempt, Before, Rule, check_holdings, check_one_at_a_time, judge};
use crate::wire::{Rejection, SCHEMA_VERSION};

fn inside(doc: &AutoCommit, key: &str) -> ObjId {
    doc.get(ROOT, key).unwrap().unwrap().1
}

/// What a peer does with Automerge's own hands.
type Deed = fn(&mut AutoCommit);

/// What a person hears whose own app does this.
fn refusal(desk: &Desk, who: u128, change: impl FnOnce(&mut AutoCommit)) -> Rejection {
    let mut desk = desk.clone();
    let before = Before::of(desk.kind, &desk.index);
    let writes = desk.tamper(2, change);
    let attempt = Attempt {
        principal: &principal(who),
        kind: desk.kind,
        schema: SCHEMA_VERSION,
        at_ms: WRITTEN_MS,
    };
    judge(&attempt, &before, &desk.index, &writes).unwrap_err()
}

#[test]
fn a_fact_that_is_touched_says_how() {
    let visit = Desk::with(&[plan_visit(), start_visit(), edit_note(0, 0, "kept")]);
    let said = |change: Deed| refusal(&visit, REP, change).actual;
    let event = |doc: &AutoCommit| doc.get(inside(doc, "events"), 0).unwrap().unwrap().1;
    let cases: [(Deed, &str); 5] = [
        (|doc| doc.delete(inside(doc, "events"), 0).unwrap(), "deleted"),
        (|doc| doc.delete(ROOT, "customer").unwrap(), "deleted"),
        (|doc| doc.put(ROOT, "customer", "x").unwrap(), "written again"),
        (
            |doc| drop(doc.put_object(ROOT, "notes", ObjType::Text).unwrap()),
            "written again",
        ),
        (|doc| doc.put(inside(doc, "events"), 0, 1).unwrap(), "replaced"),
    ];
    for (change, actual) in cases {
        assert_eq!(said(change), actual);
    }
    let late = refusal(&visit, REP, |doc| doc.put(event(doc), "reason", "late").unwrap());
    assert_eq!(
        (late.path.as_str(), late.actual.as_str()),
        ("events/[]/reason", "added later")
    );
}

#[test]
fn more_than_one_request_at_a_time_is_counted() {
    let draft = Desk::with(&[draft_expense(), add_line("10")]);
    for count in [2, 3] {
        let said = refusal(&draft, REP, |doc| {
            for _ in 0..count {
                let list = inside(doc, "submissions");
                let made = doc.insert_object(list, 0, ObjType::Map).unwrap();
                doc.put(&made, "revision", "0".repeat(32)).unwrap();
                doc.put(&made, "at", "2026-11-24T09:00:00.000+08:00").unwrap();
            }
        });
        assert_eq!(
            (said.rule.as_str(), said.actual),
            ("approval.once", count.to_string())
        );
    }
}

#[test]
fn what_is_missing_in_a_map_is_named_by_its_real_key() {
    let visit = Desk::with(&[plan_visit()]);
    let half = |doc: &mut AutoCommit| {
        let remarks = doc.put_object(ROOT, "remarks", ObjType::Map).unwrap();
        let remark = doc.put_object(&remarks, "12@0af3", ObjType::Map).unwrap();
        doc.put(&remark, "ruling", 4_u64).unwrap();
    };
    let heard = tampered(&visit, SERVER, SCHEMA_VERSION, half);
    assert_eq!(heard, "creation.missing remarks/12@0af3/at");
}

#[test]
fn one_visit_is_open_at_a_time() {
    assert_eq!(check_one_at_a_time(None, document(2)), Ok(()));
    assert_eq!(check_one_at_a_time(Some(document(2)), document(2)), Ok(()));
    let refused = check_one_at_a_time(Some(document(3)), document(2)).unwrap_err();
    assert_eq!(refused.rule, Rule::AnotherOpen.to_string());
    assert!(refused.actual.contains(&document(3).to_string()));
}

#[test]
fn a_person_holds_as_many_customers_as_the_house_allows() {
    for (has, limit, is_fine) in [
        (0, 1, true),
        (6, 7, true),
        (7, 7, false),
        (8, 7, false),
        (0, 0, false),
    ] {
        let heard = check_holdings(has, limit).map_err(|refused| (refused.rule, refused.actual));
        let expected = if is_fine {
            Ok(())
        } else {
            Err((Rule::PoolQuota.to_string(), has.to_string()))
        };
        assert_eq!(heard, expected, "{has} of {limit}");
    }
}

#[test]
fn nobody_decides_before_something_was_handed_in_whoever_was_asked() {
    let mut draft = Desk::with(&[draft_expense(), add_line("10")]);
    // A ruling without a request, as no server of ours makes it.
    let nothing = "0".repeat(32);
    draft
        .run(9, &rule_open("1@00".to_owned(), nothing.clone()))
        .unwrap();
    let decision = decide(
        person(SUPERVISOR),
        nothing,
        crate::document::command::Decision::Approve,
    );
    assert_eq!(
        verdict(&draft, &principal(SUPERVISOR), &decision),
        "decision.not_submitted"
    );
}

#[test]
fn what_one_operation_does_is_judged_in_its_order() {
    let at = "2026-11-24T09:00:00.000+08:00";
    let event = |doc: &mut AutoCommit, place: usize, fields: &[(&str, &str)]| {
        let list = inside(doc, "events");
        let event = doc.insert_object(list, place, ObjType::Map).unwrap();
        doc.put(&event, "at", at).unwrap();
        for (key, value) in fields {
            doc.put(&event, *key, *value).unwrap();
        }
    };
    let reading = document(4).to_string();
    let who = person(REP).to_string();
    let broken_off = [
        ("event", "cancelled"),
        ("check_in", reading.as_str()),
        ("reason", "shop closed"),
        ("by", who.as_str()),
    ];
    let finished = [("event", "finished"), ("check_in", reading.as_str())];
    let started = Desk::with(&[plan_visit(), start_visit()]);
    let heard = tampered(&started, REP, SCHEMA_VERSION, |doc| {
        event(doc, 1, &broken_off);
        event(doc, 2, &finished);
    });
    assert_eq!(heard, "visit.closed events/[]/event");
    let heard = tampered(&started, REP, SCHEMA_VERSION, |doc| event(doc, 1, &broken_off));
    assert_eq!(heard, "ok");
}
