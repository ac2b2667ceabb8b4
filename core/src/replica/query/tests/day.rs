//! A person's day, a visit's page, what is due, what state things are in.

use serde_json::json;

use crate::document::Command;
use crate::document::command::{LogEntry, Moment, RecordStep};
use crate::document::view::VisitStatus;
use crate::geo::Verdict;
use crate::replica::query::{self, Day, DocumentState, TimelineKind};
use crate::replica::store::parked::NewParked;
use crate::replica::store::testing::{
    Bench, add_customer, at, check_in, document, finish, person, plan, start,
};
use crate::replica::store::{documents, outbox, own, parked};
use crate::wire::Policy;

const DAY_MS: i64 = 86_400_000;

fn bench() -> Bench {
    let mut bench = Bench::new();
    bench.run(&add_customer(
        1,
        "Sunrise Market",
        Some("B"),
        Some((31.23, 121.47)),
    ));
    bench
}

fn step(visit: u128, step: &str, value: serde_json::Value, time: &str) -> Command {
    let (document, step) = (document(visit), step.to_owned());
    Command::RecordStep(RecordStep {
        document,
        step,
        at: at(time),
        value,
        note: Some("counted twice".to_owned()),
    })
}

#[test]
fn today_shows_the_plan_of_the_day_and_what_is_still_open() {
    let mut bench = bench();
    for command in [
        plan(10, 1, "23 15:00"),
        start(10, 11, "23 15:05"),
        plan(20, 1, "16:00"),
        plan(21, 1, "09:00"),
        plan(22, 1, "25 00:00"),
        plan(23, 2, "00:00"),
        start(21, 30, "09:01"),
        check_in(30, 21, 1, Moment::In, "09:01", Verdict::Inside),
        finish(21, 31, "09:30"),
    ] {
        bench.run(&command);
    }
    let today = bench.read(|conn| query::today(conn, &[person(1), person(2)], Day::of(at("08:00"))));
    let ids: Vec<_> = today.visits.iter().map(|visit| visit.document).collect();
    assert_eq!(
        ids,
        [10, 23, 21, 20].map(document),
        "another day's plan is missing, the open visit is there"
    );
    assert_eq!((today.done, today.planned), (1, 4));
    assert_eq!(today.next().unwrap().document, document(10));
    assert_eq!(
        bench.read(|conn| own::open_visit(conn, person(1))),
        Some(document(10))
    );
    let done = &today.visits[2];
    assert_eq!(done.status, VisitStatus::Finished);
    assert_eq!(done.customer_name.as_deref(), Some("Sunrise Market"));
    assert_eq!((done.started, done.ended), (Some(at("09:01")), Some(at("09:30"))));
    assert_eq!(
        done.started.unwrap().offset().local_minus_utc(),
        8 * 3600,
        "the offset is kept"
    );
    assert_eq!(
        (done.verdict, done.distance_m),
        (Some(Verdict::Inside), Some(35.0))
    );
    assert_eq!(
        today.visits[1].customer_name, None,
        "a customer that is not on this phone"
    );
}

#[test]
fn a_visits_page_has_its_steps_and_what_belongs_to_it() {
    let mut bench = bench();
    for command in [
        plan(9, 1, "05 10:00"),
        finish(9, 8, "05 10:30"),
        plan(10, 1, "10:00"),
        start(10, 11, "10:05"),
        step(10, "stock", json!(12), "10:06"),
        step(10, "display", json!(null), "10:07"),
        step(10, "stock", json!(14), "10:08"),
        check_in(12, 10, 1, Moment::Out, "10:30", Verdict::Unknown),
        check_in(11, 10, 1, Moment::In, "10:05", Verdict::Outside),
        Command::LogEntry(LogEntry {
            document: document(40),
            rep: person(1),
            day: at("10:10").date_naive(),
            at: at("10:10"),
            text: "wants two more facings".to_owned(),
            customer: None,
            visit: Some(document(10)),
        }),
    ] {
        bench.run(&command);
    }
    let page = bench
        .read(|conn| query::visit_detail(conn, document(10)))
        .unwrap();
    let steps: Vec<_> = page
        .steps
        .iter()
        .map(|step| (step.detail.as_deref().unwrap(), step.value.as_deref().unwrap()))
        .collect();
    assert_eq!(steps, [("stock", "14"), ("display", "null")]);
    let kinds: Vec<_> = page.timeline.iter().map(|item| item.kind).collect();
    use TimelineKind::{Entry, Started, Step};
    assert_eq!(kinds, [Started, Step, Step, Step, Entry]);
    let moments: Vec<_> = page.check_ins.iter().map(|row| row.moment).collect();
    assert_eq!(moments, [Moment::In, Moment::Out]);
    assert_eq!(page.visit.verdict, Some(Verdict::Outside));
    assert_eq!(page.last.unwrap().document, document(9));
    assert_eq!(bench.read(|conn| query::visit_detail(conn, document(99))), None);
    let customer = bench
        .read(|conn| query::customer_detail(conn, document(1), &Policy::default()))
        .unwrap();
    let kinds: Vec<_> = customer.timeline.iter().map(|item| item.kind).collect();
    assert_eq!(
        kinds,
        [Started, TimelineKind::Finished],
        "steps do not bury the rest on the customer's page"
    );
}

/// One customer of each sort, visited on days of November; today is the 24th.
#[test]
fn the_next_visit_is_due_a_cycle_after_the_last_valid_one() {
    let mut bench = bench();
    let mut visit = |number: u128, customer: u128, day: &str, verdict| {
        for command in [
            plan(number, customer, &format!("{day} 10:00")),
            check_in(
                number + 1,
                number,
                customer,
                Moment::In,
                &format!("{day} 10:00"),
                verdict,
            ),
            finish(number, number + 2, &format!("{day} 11:00")),
        ] {
            bench.run(&command);
        }
    };
    visit(100, 1, "09", Verdict::Inside);
    visit(110, 1, "20", Verdict::Outside);
    visit(120, 2, "10", Verdict::Uncertain);
    visit(130, 3, "01", Verdict::Inside);
    for (number, name, grade) in [
        (2, "on the day", Some("B")),
        (3, "no cycle", None),
        (4, "never", Some("A")),
    ] {
        bench.run(&add_customer(number, name, grade, None));
    }
    let policy = Policy::default();
    let due_at = |time| {
        let due = bench.read(|conn| query::due(conn, at(time).timestamp_millis(), &policy, 10));
        due.into_iter()
            .map(|row| (row.customer.document, row.due_ms))
            .collect::<Vec<_>>()
    };
    let first = (document(1), Some(at("09 11:00").timestamp_millis() + 14 * DAY_MS));
    let second = (document(2), Some(at("10 11:00").timestamp_millis() + 14 * DAY_MS));
    assert_eq!(
        due_at("24 10:59"),
        [first, (document(4), None)],
        "an off-site visit does not count"
    );
    assert_eq!(due_at("24 11:00"), [first, second, (document(4), None)]);
    assert_eq!(
        bench
            .read(|conn| query::due(conn, i64::MAX / 2, &policy, 2))
            .len(),
        2
    );
}

#[test]
fn a_record_is_as_good_as_the_worst_of_its_operations() {
    let mut bench = bench();
    let visit = document(10);
    bench.run(&plan(10, 1, "10:00"));
    bench.run(&start(10, 11, "10:05"));
    bench.run(&check_in(11, 10, 1, Moment::In, "10:05", Verdict::Inside));
    let state = |bench: &Bench| bench.read(|conn| query::state_of(conn, visit)).unwrap();
    let settle = |bench: &Bench, document, from, to| {
        bench
            .store
            .write(|tx| {
                outbox::accept(tx, document, 0, from, to, 5_000)?;
                documents::refresh_state(tx, document)
            })
            .unwrap();
    };
    assert_eq!(state(&bench), DocumentState::OnPhone);
    settle(&bench, visit, 1, 1);
    assert_eq!(state(&bench), DocumentState::OnPhone);
    bench.store.write(|tx| outbox::sent(tx, visit, 0, 2, 2)).unwrap();
    bench
        .store
        .write(|tx| documents::refresh_state(tx, visit))
        .unwrap();
    assert_eq!(state(&bench), DocumentState::Sent);
    settle(&bench, visit, 2, 2);
    assert_eq!(state(&bench), DocumentState::Accepted);
    let row = bench.read(|conn| query::visit_detail(conn, visit)).unwrap().visit;
    assert_eq!(
        row.state,
        DocumentState::OnPhone,
        "its check-in is still on this phone"
    );
    let totals = bench.read(query::totals);
    assert_eq!(
        (
            totals.documents,
            totals.on_phone,
            totals.sent,
            totals.accepted,
            totals.attention
        ),
        (3, 2, 0, 2, 0)
    );
    assert_eq!((totals.operations(), totals.all_accepted()), (4, false));
    assert_eq!(totals.oldest_pending_ms, Some(1_001));
}

#[test]
fn parked_work_waits_for_the_person_whatever_becomes_of_the_document() {
    let mut bench = bench();
    let visit = document(10);
    bench.run(&plan(10, 1, "10:00"));
    let command = serde_json::to_string(&plan(10, 1, "11:00")).unwrap();
    let new = NewParked {
        document: visit,
        kind: crate::model::Kind::Visit,
        command: &command,
        rejection: "{}",
        depends_on: None,
        written_ms: 7,
        parked_ms: 9,
    };
    let first = bench.store.write(|tx| parked::insert(tx, &new)).unwrap();
    let second = bench
        .store
        .write(|tx| {
            parked::insert(
                tx,
                &NewParked {
                    depends_on: Some(first),
                    ..new
                },
            )
        })
        .unwrap();
    assert_eq!(
        bench.read(|conn| query::state_of(conn, visit)),
        Some(DocumentState::Attention)
    );
    bench.store.write(|tx| documents::delete(tx, visit)).unwrap();
    assert_eq!(
        bench.read(|conn| query::state_of(conn, visit)),
        Some(DocumentState::Attention)
    );
    assert!(bench.store.write(|tx| parked::remove(tx, first)).unwrap());
    let left = bench.read(query::parked);
    assert_eq!(left.len(), 1);
    assert_eq!((left[0].id, left[0].depends_on), (second, None));
    assert_eq!(left[0].command, Some(plan(10, 1, "11:00")));
    assert_eq!(
        (left[0].recorded.as_str(), left[0].rejection.is_none()),
        (command.as_str(), true)
    );
    bench.store.write(|tx| parked::remove(tx, second)).unwrap();
    assert_eq!(bench.read(|conn| query::state_of(conn, visit)), None);
}
