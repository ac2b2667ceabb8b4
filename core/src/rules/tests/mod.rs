//! Who may do what, written out cell by cell, and what a hostile app might try.

mod activity;
mod approval;
mod customer;
mod hostile;
mod matrix;
mod refusals;
mod table;
mod values;
mod visit;

use crate::document::Command;
use crate::document::fixture::{COLLEAGUE, Desk, REP, SERVER, SUPERVISOR, WRITTEN_MS, principal};
use crate::gate::{DocumentIndex, Write};
use crate::model::Principal;
use crate::rules::{Attempt, Before, judge};
use crate::wire::SCHEMA_VERSION;

/// Who judges the columns of a matrix: the rep whose document it is, a colleague, the supervisor of both, the
/// server.
const COLUMNS: [u128; 4] = [REP, COLLEAGUE, SUPERVISOR, SERVER];

/// What somebody hears who gives the command at this time.
fn heard_at(at_ms: u64, desk: &Desk, who: u128, command: &Command) -> String {
    let mut desk = desk.clone();
    let before = Before::of(desk.kind, &desk.index);
    let writes = desk.run(2, command).unwrap();
    let attempt = Attempt {
        principal: &principal(who),
        kind: desk.kind,
        schema: SCHEMA_VERSION,
        at_ms,
    };
    judge(&attempt, &before, &desk.index, &writes)
        .map_or_else(|rejection| rejection.rule, |()| "ok".to_owned())
}

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
    let attempt = Attempt {
        principal: &principal(who),
        kind: desk.kind,
        schema,
        at_ms: WRITTEN_MS,
    };
    match judge(&attempt, &before, &desk.index, &writes) {
        Ok(()) => "ok".to_owned(),
        Err(rejection) => format!("{} {}", rejection.rule, rejection.path),
    }
}

fn ask(index: &DocumentIndex, before: &Before, desk: &Desk, who: &Principal, writes: &[Write]) -> String {
    let attempt = Attempt {
        principal: who,
        kind: desk.kind,
        schema: SCHEMA_VERSION,
        at_ms: WRITTEN_MS,
    };
    match judge(&attempt, before, index, writes) {
        Ok(()) => "ok".to_owned(),
        Err(rejection) => rejection.rule,
    }
}

/// Checks one row: what each column's person hears when they give the command on this desk.
fn row(name: &str, desk: &Desk, command: impl Fn(&Principal) -> Command, cells: [&str; 4]) {
    let heard = COLUMNS.map(|who| verdict(desk, &principal(who), &command(&principal(who))));
    assert_eq!(heard, cells, "{name}");
}
