use crate::document::command::*;
use crate::document::fixture::*;
use crate::document::view::*;
use crate::document::{Command, materialise, to_json};
use crate::geo::Position;

/// Both sides take in the other's changes and must show the same.
fn meet(mut left: Desk, mut right: Desk) -> Desk {
    let (mine, theirs) = (left.clone(), right.clone());
    left.merge(&theirs);
    right.merge(&mine);
    assert_eq!(to_json(&left.doc), to_json(&right.doc));
    assert_eq!(left.index.heads(), right.index.heads());
    // The index shows what Automerge shows, and so does a document made anew.
    assert_eq!(
        to_json(&materialise(left.changes.clone()).unwrap()),
        to_json(&left.doc)
    );
    left.changes = right.changes;
    left
}

fn diverge(base: &[Command], left: &[Command], right: &[Command]) -> (Desk, Desk) {
    let base = Desk::with(base);
    let side = |actor, commands: &[Command]| {
        let mut desk = base.clone();
        for command in commands {
            desk.run(actor, command).unwrap();
        }
        desk
    };
    (side(2, left), side(3, right))
}

#[test]
fn a_visit_edited_on_two_sides_reads_the_same() {
    let (left, right) = diverge(
        &[plan_visit(), edit_note(0, 0, "陈列")],
        &[
            start_visit(),
            record_step("stock", 3.into()),
            edit_note(2, 0, "良好"),
            finish_visit(),
        ],
        &[move_plan(200), edit_note(0, 1, "新"), cancel_visit(None)],
    );
    let (one, other) = (left.clone(), right.clone());
    let met = meet(left, right);
    let mut reversed = other;
    reversed.merge(&one);
    let view = VisitView::read(&met.index).unwrap();
    assert_eq!(VisitView::read(&reversed.index), Ok(view.clone()));
    assert_eq!((view.status, view.plan_start), (VisitStatus::Finished, at(200)));
    assert_eq!(view.events.len(), 4);
    assert_eq!(view.notes, "新列良好");
    assert_eq!(to_json(&met.doc)["notes"], "新列良好");
}

#[test]
fn a_customer_keeps_both_values_of_a_name() {
    let name = |name: &str| edit_customer(vec![CustomerField::Name(name.to_owned())]);
    let (left, right) = diverge(
        &[Command::AddCustomer(add_customer()), set_tag("vip", true)],
        &[name("left"), set_tag("vip", false), set_tag("new", true)],
        &[name("right"), set_tag("cold", true)],
    );
    let view = CustomerView::read(&meet(left, right).index).unwrap();
    assert_eq!(view.name, "right");
    assert_eq!(view.conflicts, [("name".to_owned(), vec!["left".to_owned()])]);
    assert_eq!(view.tags, ["cold", "new"]);
}

#[test]
fn a_customer_keeps_both_places_until_somebody_says_which() {
    let place = |lat| {
        edit_customer(vec![CustomerField::Position(
            Position::new(lat, 121.4737).unwrap(),
        )])
    };
    let (left, right) = diverge(
        &[Command::AddCustomer(add_customer())],
        &[place(31.2304)],
        &[place(31.2405)],
    );
    let mut met = meet(left, right);
    let view = CustomerView::read(&met.index).unwrap();
    assert_eq!(view.position.map(|place| place.lat()), Some(31.2405));
    assert_eq!(
        view.conflicts,
        [("position".to_owned(), vec!["31.2304,121.4737".to_owned()])]
    );
    met.run(3, &place(31.2304)).unwrap();
    assert_eq!(CustomerView::read(&met.index).unwrap().conflicts, []);
}

#[test]
fn appended_facts_all_stand_in_one_order() {
    let (left, right) = diverge(
        &[log_entry(1, "base")],
        &[log_entry(2, "left 1"), log_entry(3, "left 2")],
        &[log_entry(2, "right 1"), comment(person(SUPERVISOR), None)],
    );
    let met = meet(left, right);
    let view = ActivityView::read(&met.index).unwrap();
    assert_eq!((view.entries.len(), view.comments.len()), (4, 1));
    let shown: Vec<_> = view.entries.iter().map(|entry| entry.text.clone()).collect();
    let stored = to_json(&met.doc);
    let stored: Vec<_> = stored["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["text"].clone())
        .collect();
    assert_eq!(serde_json::json!(shown), serde_json::json!(stored));
}

#[test]
fn an_element_is_found_by_the_id_that_the_view_shows() {
    let (left, right) = diverge(
        &[draft_expense()],
        &[add_line("1"), add_line("2")],
        &[add_line("3"), add_line("4")],
    );
    let mut met = meet(left, right);
    let lines = ApprovalView::read(&met.index).unwrap().lines;
    for line in lines.iter().rev() {
        let remove = RemoveLine {
            document: document(6),
            line: line.id.clone(),
        };
        met.run(2, &Command::RemoveLine(remove)).unwrap();
        let left: Vec<_> = ApprovalView::read(&met.index)
            .unwrap()
            .lines
            .into_iter()
            .map(|l| l.id)
            .collect();
        assert!(!left.contains(&line.id));
    }
    assert!(ApprovalView::read(&met.index).unwrap().lines.is_empty());
}
