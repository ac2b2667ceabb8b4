use automerge::ROOT;
use automerge::transaction::Transactable;
use serde_json::json;
use uuid::Uuid;

use crate::document::Command;
use crate::document::command::*;
use crate::document::fixture::*;
use crate::document::view::*;
use crate::geo::Position;
use crate::model::Kind;

#[test]
fn a_customer_reads_back() {
    let position = Position::new(31.0, 121.0).unwrap();
    let contact = |name: &str| ContactFields {
        name: Some(name.to_owned()),
        ..ContactFields::default()
    };
    let phone = ContactFields {
        phone: Some("138".to_owned()),
        ..ContactFields::default()
    };
    let desk = Desk::with(&[
        Command::AddCustomer(add_customer()),
        edit_customer(vec![
            CustomerField::Name("华东轴承厂".to_owned()),
            CustomerField::Position(position),
            CustomerField::StoreType("wholesale".to_owned()),
            CustomerField::Custom("floor".to_owned(), "2".to_owned()),
        ]),
        put_contact(contact("王")),
        put_contact(phone),
        set_tag("vip", true),
        set_tag("cold", true),
        set_tag("cold", false),
    ]);
    let view = CustomerView::read(&desk.index).unwrap();
    let expected = CustomerView {
        pool: false,
        requests: Vec::new(),
        owner: person(REP),
        name: "华东轴承厂".to_owned(),
        address: "12 Nanjing Road".to_owned(),
        position: Some(position),
        grade: None,
        external_id: Some("C-100".to_owned()),
        store_type: Some("wholesale".to_owned()),
        contacts: vec![ContactView {
            id: Uuid::from_u128(77),
            name: "王".to_owned(),
            role: None,
            phone: Some("138".to_owned()),
            email: None,
        }],
        tags: vec!["vip".to_owned()],
        custom: vec![("floor".to_owned(), "2".to_owned())],
        conflicts: Vec::new(),
    };
    assert_eq!(view, expected);
    assert_eq!(owner(Kind::Customer, &desk.index), Some(person(REP)));
}

#[test]
fn a_visit_reads_back() {
    let values = [
        json!(12),
        json!(2.5),
        json!("full"),
        json!(true),
        json!(null),
        json!(u64::MAX),
    ];
    let mut commands = vec![plan_visit(), move_plan(75), start_visit()];
    commands.extend(values.iter().map(|value| record_step("stock", value.clone())));
    let text = "call on Friday".to_owned();
    commands.push(Command::SetNextStep(SetNextStep {
        document: document(2),
        text,
    }));
    commands.push(edit_note(0, 0, "门口陈列"));
    commands.push(finish_visit());
    let desk = Desk::with(&commands);
    let view = VisitView::read(&desk.index).unwrap();
    assert_eq!(
        (view.rep, view.customer, view.status),
        (person(REP), document(1), VisitStatus::Finished)
    );
    assert_eq!(
        (view.plan_start, view.purpose.as_str(), view.template.as_str()),
        (at(75), "盘点", "store-visit@1")
    );
    assert_eq!(
        view.results
            .iter()
            .map(|result| result.value.clone())
            .collect::<Vec<_>>(),
        values
    );
    assert_eq!(
        (view.notes.as_str(), view.next_step.as_deref()),
        ("门口陈列", Some("call on Friday"))
    );
    assert_eq!(view.outcome.as_deref(), Some("ordered 10 cases"));
    let events: Vec<_> = view
        .events
        .iter()
        .map(|event| (event.event, event.at, event.check_in))
        .collect();
    assert_eq!(
        events,
        [
            (VisitStatus::Planned, at(30), None),
            (VisitStatus::Started, at(61), Some(document(3))),
            (VisitStatus::Finished, at(90), Some(document(4)))
        ]
    );
}

#[test]
fn a_real_check_in_beats_a_cancelled_plan() {
    use VisitStatus::{Cancelled, Finished, Planned, Started};
    let table = [
        (vec![], Planned),
        (vec![(Cancelled, false)], Cancelled),
        (vec![(Started, true)], Started),
        (vec![(Cancelled, false), (Started, true)], Started),
        (vec![(Started, true), (Cancelled, false)], Started),
        (vec![(Started, true), (Cancelled, true)], Cancelled),
        (
            vec![(Started, true), (Cancelled, true), (Finished, true)],
            Finished,
        ),
        (vec![(Finished, true), (Started, true)], Finished),
    ];
    for (events, status) in table {
        assert_eq!(VisitStatus::of_events(events.clone()), status, "{events:?}");
    }
}

#[test]
fn a_check_in_reads_back_with_and_without_a_fix() {
    let full = check_in();
    let bare = CheckIn {
        reading: None,
        fence: None,
        distance_m: None,
        reason: Some("underground".to_owned()),
        ..check_in()
    };
    for written in [full, bare] {
        let desk = Desk::with(&[Command::CheckIn(written.clone())]);
        assert_eq!(CheckIn::read(document(3), &desk.index), Ok(written));
    }
}

#[test]
fn a_log_reads_back_with_edits_and_remarks() {
    let mut desk = Desk::with(&[log_entry(1, "first"), log_entry(2, "second")]);
    let entry = ActivityView::read(&desk.index).unwrap().entries[0].id.clone();
    let text = "first, corrected".to_owned();
    let edit = Command::EditEntry(EditEntry {
        document: document(5),
        entry: entry.clone(),
        text,
    });
    desk.run(1, &edit).unwrap();
    desk.run(3, &comment(person(SUPERVISOR), Some(entry.clone())))
        .unwrap();
    desk.run(3, &comment(person(SUPERVISOR), None)).unwrap();
    let view = ActivityView::read(&desk.index).unwrap();
    assert_eq!((view.rep, view.day), (person(REP), at(0).date_naive()));
    let texts: Vec<_> = view
        .entries
        .iter()
        .map(|entry| (entry.at, entry.text.as_str()))
        .collect();
    assert_eq!(texts, [(at(1), "first, corrected"), (at(2), "second")]);
    assert_eq!(view.entries[1].customer, Some(document(1)));
    let remarks: Vec<_> = view
        .comments
        .iter()
        .map(|comment| (comment.by, comment.entry.clone()))
        .collect();
    assert_eq!(
        remarks,
        [(person(SUPERVISOR), Some(entry)), (person(SUPERVISOR), None)]
    );
}

#[test]
fn an_approval_reads_back_through_its_life() {
    let mut desk = Desk::with(&[draft_expense(), add_line("128.50"), add_line("20"), add_line("1")]);
    let read = |desk: &Desk| ApprovalView::read(&desk.index).unwrap();
    let line = read(&desk).lines[2].id.clone();
    desk.run(
        1,
        &Command::RemoveLine(RemoveLine {
            document: document(6),
            line,
        }),
    )
    .unwrap();
    let draft = read(&desk);
    assert_eq!(
        (draft.status, draft.total.to_string()),
        (ApprovalStatus::Draft, "CNY 148.50".to_owned())
    );
    assert_eq!(
        draft
            .lines
            .iter()
            .map(|line| line.amount.amount.to_string())
            .collect::<Vec<_>>(),
        ["128.50", "20"]
    );
    desk.run(1, &submit(draft.revision.clone(), "148.50")).unwrap();
    assert_eq!(read(&desk).status, ApprovalStatus::Submitted);
    assert_eq!(read(&desk).revision, draft.revision);
    let mut edited = desk.clone();
    edited.run(1, &add_line("5")).unwrap();
    assert_eq!(read(&edited).status, ApprovalStatus::Draft);
    assert_ne!(read(&edited).revision, draft.revision);
    desk.run(
        3,
        &decide(person(SUPERVISOR), draft.revision.clone(), Decision::Approve),
    )
    .unwrap();
    assert_eq!(read(&desk).status, ApprovalStatus::Provisional);
    for (decision, status) in [
        (Decision::Approve, ApprovalStatus::Approved),
        (Decision::Reject, ApprovalStatus::Rejected),
        (Decision::Return, ApprovalStatus::Returned),
    ] {
        let mut ruled = desk.clone();
        let opened = rule_open(last_submission(&desk), draft.revision.clone());
        ruled.run(9, &opened).unwrap();
        ruled
            .run(9, &rule_outcome(draft.revision.clone(), decision))
            .unwrap();
        let view = read(&ruled);
        assert_eq!(
            (view.status, view.outcome.map(|outcome| outcome.ruling)),
            (status, Some(7))
        );
    }
}

#[test]
fn a_returned_request_is_changed_and_handed_in_again() {
    let mut desk = Desk::with(&[draft_expense(), add_line("10")]);
    let revision = revision(&desk.index);
    desk.run(1, &submit(revision.clone(), "10")).unwrap();
    let opened = rule_open(last_submission(&desk), revision.clone());
    desk.run(9, &opened).unwrap();
    desk.run(9, &rule_outcome(revision, Decision::Return)).unwrap();
    desk.run(1, &add_line("5")).unwrap();
    let view = ApprovalView::read(&desk.index).unwrap();
    assert_eq!(view.status, ApprovalStatus::Draft);
    desk.run(1, &submit(view.revision, "15")).unwrap();
    assert_eq!(
        ApprovalView::read(&desk.index).unwrap().status,
        ApprovalStatus::Submitted
    );
}

#[test]
fn the_revision_is_the_content_not_its_history() {
    let one = Desk::with(&[draft_expense(), add_line("10")]);
    let mut other = Desk::with(&[draft_expense(), add_line("7"), add_line("10")]);
    let line = ApprovalView::read(&other.index).unwrap().lines[0].id.clone();
    other
        .run(
            2,
            &Command::RemoveLine(RemoveLine {
                document: document(6),
                line,
            }),
        )
        .unwrap();
    assert_eq!(revision(&one.index), revision(&other.index));
    // Computed elsewhere, from the canonical JSON that the documentation of `revision` describes.
    assert_eq!(revision(&one.index), "f4fc31a6fad68863b7e2b672caa9eda3");
}

#[test]
fn a_missing_field_is_named() {
    let mut desk = Desk::with(&[plan_visit()]);
    desk.tamper(2, |doc| doc.delete(ROOT, "rep").unwrap());
    let error = VisitView::read(&desk.index).unwrap_err();
    assert_eq!(error.field, "rep");
    assert_eq!(owner(Kind::Visit, &desk.index), None);
    let mut desk = Desk::with(&[plan_visit()]);
    desk.tamper(2, |doc| doc.put(ROOT, "customer", "nobody").unwrap());
    assert_eq!(VisitView::read(&desk.index).unwrap_err().field, "customer");
    assert_eq!(CustomerView::read(&desk.index).unwrap_err().field, "owner");
}
