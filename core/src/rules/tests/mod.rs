//! Who may do what, written out cell by cell, and what a hostile app might try.

mod activity;
mod approval;
mod customer;
mod hostile;
mod table;
mod visit;

use crate::document::Command;
use crate::document::fixture::{COLLEAGUE, Desk, REP, SERVER, SUPERVISOR, principal};
use crate::gate::{DocumentIndex, Write};
use crate::model::Principal;
use crate::rules::{Before, judge};
use crate::wire::SCHEMA_VERSION;

/// Who judges the columns of a matrix: the rep whose document it is, a colleague, the supervisor of both, the
/// server.
const COLUMNS: [u128; 4] = [REP, COLLEAGUE, SUPERVISOR, SERVER];

/// The rule that refuses the command, or `ok`.
fn verdict(desk: &Desk, who: &Principal, command: &Command) -> String {
    let mut desk = desk.clone();
    let before = Before::of(desk.kind, &desk.index);
    let writes = desk.run(2, command).unwrap();
    ask(&desk.index, &before, &desk, who, &writes)
}

/// The same for whatever a peer writes with Automerge's own hands, by an app of `schema`.
fn tampered(desk: &Desk, who: u128, schema: u32, change: impl FnOnce(&mut automerge::AutoCommit)) -> String {
    let mut desk = desk.clone();
    let before = Before::of(desk.kind, &desk.index);
    let writes = desk.tamper(2, change);
    match judge(&principal(who), desk.kind, schema, &before, &desk.index, &writes) {
        Ok(()) => "ok".to_owned(),
        Err(rejection) => format!("{} {}", rejection.rule, rejection.path),
    }
}

fn ask(index: &DocumentIndex, before: &Before, desk: &Desk, who: &Principal, writes: &[Write]) -> String {
    match judge(who, desk.kind, SCHEMA_VERSION, before, index, writes) {
        Ok(()) => "ok".to_owned(),
        Err(rejection) => rejection.rule,
    }
}

/// Checks one row: what each column's person hears when they give the command on this desk.
fn row(name: &str, desk: &Desk, command: impl Fn(&Principal) -> Command, cells: [&str; 4]) {
    let heard = COLUMNS.map(|who| verdict(desk, &principal(who), &command(&principal(who))));
    assert_eq!(heard, cells, "{name}");
}

#[test]
fn zz_timing() {
    use crate::document::fixture::*;
    let t = std::time::Instant::now();
    let mut n = 0;
    let (mut w, mut a, mut b, mut j) = (0u128, 0u128, 0u128, 0u128);
    let mut day = Desk::new(crate::model::Kind::Activity);
    for round in 0..20 {
        let mut v = Desk::new(crate::model::Kind::Visit);
        let mut cmds = vec![plan_visit(), start_visit()];
        cmds.extend((0..5).map(|_| record_step("stock", 3.into())));
        cmds.extend((0..4).map(|_| edit_note(0, 0, &"字".repeat(75))));
        cmds.push(finish_visit());
        for i in 0..15 { let _ = i; cmds.push(log_entry(round, "a fairly long entry text of about one hundred and twenty bytes, as reps write them on the road every day, in fact")); }
        for c in &cmds {
            let d = if c.kind() == crate::model::Kind::Visit { &mut v } else { &mut day };
            let x = std::time::Instant::now();
            let written = crate::document::write(&mut d.doc, &actor_id(1), c, 0).unwrap();
            w += x.elapsed().as_nanos();
            let x = std::time::Instant::now();
            let before = Before::of(d.kind, &d.index);
            b += x.elapsed().as_nanos();
            let x = std::time::Instant::now();
            let writes = d.index.admit(&written.change).unwrap();
            d.index.seal(written.hash);
            a += x.elapsed().as_nanos();
            let x = std::time::Instant::now();
            judge(&principal(REP), d.kind, 1, &before, &d.index, &writes).unwrap();
            j += x.elapsed().as_nanos();
            n += 1;
        }
    }
    println!("n {n} total {:?} write {} us, before {} ns, admit {} ns, judge {} ns per op", t.elapsed(), w / 1000 / n, b / n, a / n, j / n);
}
