use chrono::{DateTime, FixedOffset};
use fieldbook_core::document::view::ApprovalStatus;
use fieldbook_core::replica::query::InboxItem;
use fieldbook_core::replica::sync::Report;
use fieldbook_core::wire::Rejection;

use super::numbers::{bytes, counted, day_and_time, time};
use crate::demo::cast::Member;
use crate::demo::line::Break;

pub(in crate::demo) fn came_back(who: &Member, items: u64, report: &Report) -> String {
    let mut line = match items {
        0 => format!("{:<11}has nothing to send", who.short),
        _ => format!(
            "{:<11}sends {}: {} accepted",
            who.short,
            counted(items, "item"),
            report.accepted
        ),
    };
    if report.parked > 0 {
        let verb = if report.parked == 1 { "needs" } else { "need" };
        line.push_str(&format!(", {} {verb} attention", report.parked));
    }
    if report.news > 0 {
        line.push_str(&format!("; receives news of {}", counted(report.news, "record")));
    }
    line
}

pub(in crate::demo) fn broke_in_the_middle(who: &Member, items: u64, lost: Break) -> String {
    format!(
        "{:<11}the connection breaks after {} of {}. The server has kept nothing of it; the phone still has all {}, \
         shown as sent and not as accepted.",
        who.short,
        bytes(lost.sent),
        bytes(lost.of),
        counted(items, "item")
    )
}

pub(in crate::demo) fn answer_lost(items: u64, lost: Break) -> String {
    format!(
        "{:<11}Second try: all {} arrive, but the answer is lost on its way back. The phone cannot know, and keeps \
         showing {} as sent.",
        "",
        bytes(lost.of),
        counted(items, "item")
    )
}

pub(in crate::demo) fn had_it_already(report: &Report) -> String {
    format!(
        "{:<11}Third try: the server says \"I have these already\". {} accepted, none twice.",
        "",
        counted(report.duplicate, "item")
    )
}

/// A move that came too late: the visit stands, and who asked is told.
pub(in crate::demo) fn became_a_remark(
    who: &Member,
    rep: &Member,
    store: &str,
    began: Option<DateTime<FixedOffset>>,
    text: &str,
) -> String {
    let began = began.map(|at| format!(" at {}", time(&at))).unwrap_or_default();
    format!(
        "{} is told: {} was at {}{began}, so the visit stands.\n  Her move became a remark in it: \"{text}\"",
        who.short, rep.short, store
    )
}

pub(in crate::demo) fn needs_attention(
    who: &Member,
    rep: &Member,
    store: &str,
    rejection: &Rejection,
    kept: &str,
) -> String {
    format!(
        "{}: 1 item needs attention.\n  The move of the visit to {} was not accepted: {} had called it off.\n  \
         What to do: {}\n  Kept word for word: \"{kept}\"",
        who.short, store, rep.short, rejection.suggestion.en
    )
}

pub(in crate::demo) fn corrected(who: &Member, text: &str) -> String {
    format!(
        "{} puts it down as what comes next at that store, and sends it again: accepted.\n  Everybody in charge reads \"{text}\" \
         there now, and nothing waits any more.",
        who.short
    )
}

pub(in crate::demo) fn stands_in(who: &Member, stand_in: &Member, rep: &Member, title: &str) -> String {
    format!(
        "{} is on her way home and asks {} to decide {}'s \"{title}\" in her stead.\n  Then both find a minute for it, each \
         without network: {} says yes, {} says no.",
        who.short, stand_in.short, rep.short, who.short, stand_in.short
    )
}

pub(in crate::demo) fn came_second(second: &Member, first: &Member, note: &str) -> String {
    format!(
        "One decision counts: {}'s arrived first. {}'s phone says so and keeps his \"{note}\" with the request.",
        first.short, second.short
    )
}

pub(in crate::demo) fn both_names(shown: &str, other: &str) -> String {
    format!(
        "Two names for one store: everybody sees \"{shown}\";\n  \"{other}\" is kept beside it until somebody chooses."
    )
}

pub(in crate::demo) fn both_numbers(shown: &str, other: &str) -> String {
    format!("Two numbers for Ms Carter: {shown} shows, {other} is kept too.")
}

pub(in crate::demo) fn sees_moved_plan(
    who: &Member,
    store: &str,
    to: &DateTime<FixedOffset>,
    notes: &str,
) -> String {
    format!(
        "{}'s phone has the visit to {} on {} now.\n  Both wrote in its notes, and both stand: \"{}\"",
        who.short,
        store,
        day_and_time(to),
        notes.trim()
    )
}

pub(in crate::demo) fn inbox(who: &Member, items: &[InboxItem]) -> String {
    let mut text = format!(
        "{} has {} to decide.",
        who.short,
        counted(items.len() as u64, "expense")
    );
    for item in items {
        let (approval, over) = (&item.approval, &item.over_limit_by);
        let mark = over.map_or_else(String::new, |over| format!(", over the limit by {over}"));
        text.push_str(&format!("\n  \"{}\", {}{mark}", approval.title, approval.total));
    }
    text
}

pub(in crate::demo) fn learns(
    who: &Member,
    by: &Member,
    title: &str,
    status: ApprovalStatus,
    note: Option<&str>,
) -> String {
    let outcome = match status {
        ApprovalStatus::Approved => format!("approved by {}", by.short),
        _ => format!("returned by {}: \"{}\"", by.short, note.unwrap_or_default()),
    };
    format!("{}'s phone shows \"{title}\": {outcome}", who.short)
}
