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
