use super::{heard_at, row};
use crate::document::Command;
use crate::document::command::*;
use crate::document::fixture::*;
use crate::document::view::ActivityView;
use crate::model::Kind;

#[test]
fn who_logs_edits_and_comments() {
    let none = Desk::new(Kind::Activity);
    let there = Desk::with(&[log_entry(1, "called")]);
    let entry = ActivityView::read(&there.index).unwrap().entries[0].id.clone();
    let edited = |text: &str| {
        let (entry, text) = (entry.clone(), text.to_owned());
        move |_: &_| {
            Command::EditEntry(EditEntry {
                document: document(5),
                entry: entry.clone(),
                text: text.clone(),
            })
        }
    };
    let rep = [
        "ok",
        "writer.not_allowed",
        "writer.not_allowed",
        "writer.not_allowed",
    ];
    let first = ["ok", "creation.owner", "creation.owner", "creation.owner"];
    row("the first entry", &none, |_| log_entry(1, "called"), first);
    row("another entry", &there, |_| log_entry(2, "met"), rep);
    row("an edit", &there, edited("called twice"), rep);
    row(
        "an emptied entry",
        &there,
        edited(""),
        ["value.required", rep[1], rep[2], rep[3]],
    );
    let viewers = ["ok", "writer.not_allowed", "ok", "writer.not_allowed"];
    row(
        "a remark",
        &there,
        |who| comment(who.person, Some(entry.clone())),
        viewers,
    );
    row(
        "a remark on the day",
        &there,
        |who| comment(who.person, None),
        viewers,
    );
    let forged = [
        "writer.by",
        "writer.not_allowed",
        "writer.by",
        "writer.not_allowed",
    ];
    row(
        "a remark in another's name",
        &there,
        |_| comment(person(7), None),
        forged,
    );
}

#[test]
fn an_entry_is_edited_for_a_day_by_the_dates_of_both() {
    const DAY_MS: u64 = 24 * 3600 * 1000;
    let there = Desk::with(&[log_entry(1, "called")]);
    let entry = ActivityView::read(&there.index).unwrap().entries[0].id.clone();
    let edit = Command::EditEntry(EditEntry {
        document: document(5),
        entry: entry.clone(),
        text: "called twice".to_owned(),
    });
    for (at_ms, heard) in [
        (WRITTEN_MS, "ok"),
        (WRITTEN_MS + DAY_MS, "ok"),
        (WRITTEN_MS + DAY_MS + 1, "entry.closed"),
        // Another phone of the author that runs behind.
        (WRITTEN_MS - DAY_MS, "ok"),
    ] {
        assert_eq!(heard_at(at_ms, &there, REP, &edit), heard, "{at_ms}");
    }
    let late = WRITTEN_MS + 7 * DAY_MS;
    assert_eq!(
        heard_at(late, &there, REP, &log_entry(2, "met")),
        "ok",
        "a new entry"
    );
    let remark = comment(person(REP), Some(entry));
    assert_eq!(heard_at(late, &there, REP, &remark), "ok", "a remark");
}
