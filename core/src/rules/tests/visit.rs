use serde_json::json;

use super::{ask, row};
use crate::document::Command;
use crate::document::command::*;
use crate::document::fixture::*;
use crate::model::{Kind, Principal};
use crate::rules::Before;

const TEAM: [&str; 4] = ["ok", "writer.not_allowed", "ok", "writer.not_allowed"];

/// Only the rep may do it, and hears this.
fn rep(heard: &str) -> [&str; 4] {
    [
        heard,
        "writer.not_allowed",
        "writer.not_allowed",
        "writer.not_allowed",
    ]
}

/// The rep hears one thing, the supervisor another.
fn pair<'a>(rep: &'a str, supervisor: &'a str) -> [&'a str; 4] {
    [rep, "writer.not_allowed", supervisor, "writer.not_allowed"]
}

struct Stages {
    planned: Desk,
    called_off: Desk,
    started: Desk,
    broken_off: Desk,
    finished: Desk,
}

fn stages() -> Stages {
    Stages {
        planned: Desk::with(&[plan_visit()]),
        called_off: Desk::with(&[plan_visit(), cancel_visit(None)]),
        started: Desk::with(&[plan_visit(), start_visit()]),
        broken_off: Desk::with(&[plan_visit(), start_visit(), cancel_visit(Some(document(4)))]),
        finished: Desk::with(&[plan_visit(), start_visit(), finish_visit()]),
    }
}

#[test]
fn who_plans_and_moves_a_visit() {
    let at = stages();
    let none = Desk::new(Kind::Visit);
    row(
        "plan",
        &none,
        |_| plan_visit(),
        ["ok", "creation.owner", "ok", "creation.owner"],
    );
    let to_99 = |who: &Principal| move_plan_by(who.person, 99);
    row(
        "move a planned one",
        &at.planned,
        to_99,
        ["ok", "writer.not_allowed", "ok", "writer.not_allowed"],
    );
    row(
        "move one called off",
        &at.called_off,
        to_99,
        pair("visit.closed", "visit.closed"),
    );
    row(
        "move a started one",
        &at.started,
        to_99,
        pair("plan.started", "plan.started"),
    );
    row(
        "move a finished one",
        &at.finished,
        to_99,
        pair("plan.started", "plan.started"),
    );
}

#[test]
fn who_starts_and_finishes_a_visit() {
    let at = stages();
    row("start a planned one", &at.planned, |_| start_visit(), rep("ok"));
    // Whoever called it off could not know that the rep was there.
    row(
        "start one called off",
        &at.called_off,
        |_| start_visit(),
        rep("ok"),
    );
    // Two phones of one rep: both readings stand.
    row("start a started one", &at.started, |_| start_visit(), rep("ok"));
    row(
        "start one broken off",
        &at.broken_off,
        |_| start_visit(),
        rep("visit.closed"),
    );
    row(
        "start a finished one",
        &at.finished,
        |_| start_visit(),
        rep("visit.closed"),
    );
    row(
        "finish a planned one",
        &at.planned,
        |_| finish_visit(),
        rep("visit.not_started"),
    );
    row("finish a started one", &at.started, |_| finish_visit(), rep("ok"));
    row(
        "finish a finished one",
        &at.finished,
        |_| finish_visit(),
        rep("visit.closed"),
    );
}

#[test]
fn who_cancels_a_visit() {
    let at = stages();
    let (bare, read) = (
        |who: &Principal| cancel_visit_by(who.person, None),
        |who: &Principal| cancel_visit_by(who.person, Some(document(4))),
    );
    row("planned", &at.planned, bare, TEAM);
    row("called off already", &at.called_off, bare, TEAM);
    row(
        "started, no reading",
        &at.started,
        bare,
        pair("creation.missing", "visit.started"),
    );
    row("started, with a reading", &at.started, read, rep("ok"));
    row(
        "broken off",
        &at.broken_off,
        bare,
        pair("visit.closed", "visit.closed"),
    );
    row(
        "finished",
        &at.finished,
        bare,
        pair("visit.closed", "visit.closed"),
    );
}

/// The desk with what somebody does who has seen only the plan, judged when it arrives after everything else.
fn late(desk: &Desk, who: u128, command: &Command) -> String {
    let mut away = Desk::with(&[plan_visit()]);
    away.run(2, command).unwrap();
    let mut desk = desk.clone();
    let before = Before::of(Kind::Visit, &desk.index);
    let change = away.changes.last().unwrap();
    let writes = desk.index.admit(&change.decode()).unwrap();
    desk.index.seal(change.hash());
    ask(&desk.index, &before, &desk, &principal(who), &writes)
}

#[test]
fn who_could_not_know_of_the_start_may_still_change_the_plan() {
    let at = stages();
    for who in [REP, SUPERVISOR] {
        let (moved, cancelled) = (move_plan_by(person(who), 99), cancel_visit_by(person(who), None));
        for (name, desk) in [
            ("started", &at.started),
            ("broken off", &at.broken_off),
            ("finished", &at.finished),
        ] {
            assert_eq!(late(desk, who, &moved), "ok", "move of one {name}");
            assert_eq!(late(desk, who, &cancelled), "ok", "cancel of one {name}");
        }
        assert_eq!(late(&at.called_off, who, &moved), "visit.closed");
    }
    let stranger = move_plan_by(person(COLLEAGUE), 99);
    assert_eq!(late(&at.started, COLLEAGUE, &stranger), "writer.not_allowed");
    let forged = cancel_visit_by(person(REP), None);
    assert_eq!(late(&at.started, SUPERVISOR, &forged), "writer.by");
}

#[test]
fn who_records_and_notes() {
    let at = stages();
    let step = |_: &_| record_step("stock", json!(3));
    let next = |_: &_| {
        Command::SetNextStep(SetNextStep {
            document: document(2),
            text: "call".to_owned(),
        })
    };
    row(
        "step of a planned one",
        &at.planned,
        step,
        rep("visit.not_started"),
    );
    row(
        "step of one called off",
        &at.called_off,
        step,
        rep("visit.closed"),
    );
    row("step of a started one", &at.started, step, rep("ok"));
    row("step of a finished one", &at.finished, step, rep("visit.closed"));
    for (name, desk) in [
        ("planned", &at.planned),
        ("started", &at.started),
        ("finished", &at.finished),
    ] {
        row(name, desk, |_| edit_note(0, 0, "note"), TEAM);
        row(name, desk, next, TEAM);
    }
}

#[test]
fn values_of_a_visit_are_checked() {
    let at = stages();
    let long = |_: &_| edit_note(0, 0, &"长".repeat(10_001));
    row(
        "a long note",
        &at.planned,
        long,
        pair("value.too_long", "value.too_long"),
    );
    let full = Desk::with(&[plan_visit(), edit_note(0, 0, &"长".repeat(9_999))]);
    row("the last character", &full, |_| edit_note(0, 0, "a"), TEAM);
    row(
        "one too many",
        &full,
        |_| edit_note(0, 0, "ab"),
        pair("value.too_long", "value.too_long"),
    );
    row(
        "a long result",
        &at.started,
        |_| record_step("stock", json!("x".repeat(501))),
        rep("value.too_long"),
    );
    row(
        "a step without a name",
        &at.started,
        |_| record_step("", json!(1)),
        rep("value.required"),
    );
}

#[test]
fn who_checks_in() {
    let none = Desk::new(Kind::CheckIn);
    let cells = ["ok", "creation.owner", "creation.owner", "creation.owner"];
    row("with a fix", &none, |_| Command::CheckIn(check_in()), cells);
    let bare = CheckIn {
        reading: None,
        fence: None,
        distance_m: None,
        ..check_in()
    };
    row("without a fix", &none, |_| Command::CheckIn(bare.clone()), cells);
}
