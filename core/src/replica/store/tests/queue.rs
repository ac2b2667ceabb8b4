//! The way of an operation through the outbox.

use crate::replica::store::testing::{Bench, add_customer, document, plan};
use crate::replica::store::{documents, outbox, pending, segments, totals};

fn bench() -> Bench {
    let mut bench = Bench::new();
    bench.run(&add_customer(1, "Sunrise Market", None, None));
    bench.run(&plan(10, 1, "10:00"));
    bench.run(&crate::document::Command::SetNextStep(
        crate::document::command::SetNextStep {
            document: document(10),
            text: "price list".to_owned(),
        },
    ));
    bench
}

#[test]
fn an_upload_takes_the_oldest_within_its_bounds() {
    let bench = bench();
    let taken = |limit, bytes| {
        let rows = bench.read(|conn| pending::oldest(conn, limit, bytes));
        rows.into_iter()
            .map(|row| (row.document, row.sequence))
            .collect::<Vec<_>>()
    };
    let all = [(document(1), 1), (document(10), 1), (document(10), 2)];
    assert_eq!(taken(10, 1 << 20), all);
    assert_eq!(taken(2, 1 << 20), all[..2]);
    assert_eq!(taken(10, 1), all[..1], "at least one, however large");
    assert_eq!(bench.read(pending::count), 3);
}

#[test]
fn what_was_accepted_can_be_offered_again() {
    let bench = bench();
    let visit = document(10);
    bench
        .store
        .write(|tx| outbox::accept(tx, visit, 0, 1, 2, 5_000))
        .unwrap();
    bench
        .store
        .write(|tx| outbox::accept(tx, visit, 0, 1, 2, 9_000))
        .unwrap();
    let accepted = |since| bench.read(|conn| outbox::accepted_since(conn, since)).len();
    assert_eq!(
        (accepted(5_000), accepted(5_001)),
        (2, 0),
        "a second answer does not move the time"
    );
    assert_eq!(bench.read(pending::count), 1);
    assert!(bench.read(|conn| outbox::pending_of(conn, visit)).is_empty());
    assert_eq!(
        bench
            .store
            .write(|tx| outbox::offer_again(tx, visit, 0, 2))
            .unwrap(),
        1
    );
    let again = bench.read(|conn| outbox::pending_of(conn, visit));
    assert_eq!(again.iter().map(|row| row.sequence).collect::<Vec<_>>(), [2]);
    assert_eq!(bench.read(pending::count), 2);
}

#[test]
fn old_commands_are_forgotten_and_their_history_stays() {
    let bench = bench();
    let visit = document(10);
    bench
        .store
        .write(|tx| outbox::accept(tx, visit, 0, 1, 1, 5_000))
        .unwrap();
    bench
        .store
        .write(|tx| outbox::accept(tx, visit, 0, 2, 2, 6_000))
        .unwrap();
    assert_eq!(
        bench
            .store
            .write(|tx| outbox::forget_accepted(tx, 5_000))
            .unwrap(),
        0
    );
    assert_eq!(
        bench
            .store
            .write(|tx| outbox::forget_accepted(tx, 5_001))
            .unwrap(),
        1
    );
    let kept = bench.read(|conn| outbox::from_sequence(conn, visit, 0, 1));
    assert_eq!(kept.iter().map(|row| row.sequence).collect::<Vec<_>>(), [2]);
    assert!(
        bench.read(|conn| pending::hash_of(conn, visit, 0, 1)).is_some(),
        "the next one names its hash"
    );
    assert_eq!(bench.read(|conn| segments::of(conn, visit)).len(), 2);
    assert_eq!(bench.read(totals::totals).accepted, 1);
}

#[test]
fn a_removed_segment_takes_its_record_with_it() {
    let bench = bench();
    let visit = document(10);
    let rows = bench.read(|conn| outbox::from_sequence(conn, visit, 0, 2));
    assert_eq!(rows.len(), 1);
    bench
        .store
        .write(|tx| segments::remove(tx, rows[0].position))
        .unwrap();
    assert!(
        bench
            .read(|conn| outbox::from_sequence(conn, visit, 0, 2))
            .is_empty()
    );
    assert_eq!(bench.read(|conn| segments::of(conn, visit)).len(), 1);
}

#[test]
fn the_count_of_spent_actors_outlives_the_document() {
    let bench = bench();
    let visit = document(10);
    let rebase = |bench: &Bench| bench.read(|conn| documents::rebase(conn, visit));
    assert_eq!(rebase(&bench), 0);
    bench.store.write(|tx| documents::next_rebase(tx, visit)).unwrap();
    bench.store.write(|tx| documents::next_rebase(tx, visit)).unwrap();
    bench.store.write(|tx| documents::delete(tx, visit)).unwrap();
    assert_eq!(rebase(&bench), 2);
    assert_eq!(bench.read(|conn| documents::get(conn, visit)), None);
}
