//! Everything the demo says, in one place, so that it can be read as a whole and improved.
//!
//! Who reads it sells things. A record is *on the phone*, *sent*, *accepted*, or *needs attention*; nothing is ever
//! "synced" that is only saved, and nobody is accused of anything.

use chrono::{DateTime, FixedOffset};
use fieldbook_core::document::view::ApprovalStatus;
use fieldbook_core::geo::Verdict;
use fieldbook_core::model::Money;
use fieldbook_core::replica::query::InboxItem;
use fieldbook_core::replica::sync::Report;
use fieldbook_core::wire::Rejection;

use super::cast::Member;
use super::day::Seen;
use super::line::Break;
use super::moment::OFFICE_OFFSET_MIN;

pub(super) const OPENING: &str = "The office opens";
pub(super) const SIGNING_IN: &str = "Eight people sign in, each with a code that works once";
pub(super) const PLANNING: &str = "The supervisors plan the day";
pub(super) const LEAVING: &str = "Everybody drives off. No network from here on";
pub(super) const FIRST_STOP: &str = "First stores";
pub(super) const SECOND_STOP: &str = "Second stores";
pub(super) const ON_THE_TRAIN: &str = "Grace works on a train, without network too";
pub(super) const THIRD_STOP: &str = "After lunch";
pub(super) const FOURTH_STOP: &str = "Last stores";
pub(super) const PAPERWORK: &str = "In the car: logs and expenses";
pub(super) const COMING_BACK: &str = "Connections come back, one by one";
pub(super) const WHAT_BECAME: &str = "Everybody has heard from everybody. What became of it";
pub(super) const DECIDING: &str = "The supervisors decide";
pub(super) const CHECKING: &str = "Does everybody hold the same?";
pub(super) const OPEN_HOUSE: &str = "The office stays open";

pub(super) const SIGNED_IN: &str = "phones are ready";
pub(super) const FETCHING: &str = "phones have their plan";
pub(super) const COMPARED: &str = "phones compared";
pub(super) const PLANS_FETCHED: &str = "Every phone has the day's plan, and its own stores to work with.";
pub(super) const DECIDED: &str =
    "Each decision was shown as waiting for the server until the server had ruled.";
pub(super) const FAILED: &str = "The demo stopped";

pub(super) fn title(seed: u64) -> String {
    format!(
        "Fieldbook: a field day on Tuesday, 24 November 2026 (day {seed}; --seed N plays another)\n\
         One real server, eight real phone databases, everything in a temporary folder."
    )
}

pub(super) fn company(company: &str, region: &str, teams: &[(&str, &str)]) -> String {
    let teams: Vec<String> = teams
        .iter()
        .map(|(team, lead)| format!("{team} (led by {lead})"))
        .collect();
    format!("{company}, region {region}\nTeams: {}", teams.join(", "))
}

pub(super) fn territories(stores: usize, reps: usize) -> String {
    format!("{stores} real stores are on file, spread over {reps} reps.")
}

pub(super) fn server_at(address: &str) -> String {
    format!("The server answers at {address}, on this machine only.")
}

pub(super) fn signed_in(who: &Member, customers: u64) -> String {
    format!(
        "{:<16}{:<12}{customers:>4} customers on the phone",
        who.short,
        who.role.name()
    )
}

pub(super) fn round(rep: &Member, first: &str, stops: usize, way_km: f64) -> String {
    format!(
        "{:<11}{stops} stores, {way_km:.0} km, from {}",
        rep.short,
        shop(first)
    )
}

pub(super) fn planned(supervisor: &Member, visits: usize) -> String {
    format!("{} planned these {visits} visits.", supervisor.short)
}

pub(super) fn no_network(who: &Member) -> String {
    format!(
        "{}'s phone looks for the server: nobody answers. That is no error; all work goes on and is kept safe on \
         the phone.",
        who.short
    )
}

pub(super) fn visited(rep: &Member, store: &str, seen: &Seen) -> String {
    let stock = match seen.cases {
        0 => "shelf empty".to_owned(),
        1 => "1 case".to_owned(),
        cases => format!("{cases} cases"),
    };
    let line = format!("{:<11}{:<28}{:<12}", rep.short, shop(store), stock);
    match (seen.verdict, seen.distance_m) {
        (Verdict::Inside, Some(metres)) => format!("{line}on site, {} from the address", distance(metres)),
        (Verdict::Outside, Some(metres)) => {
            format!(
                "{line}{} from the address on file\n{}",
                distance(metres),
                says(seen.reason)
            )
        }
        (_, Some(metres)) => format!("{line}about {} from the address", distance(metres)),
        (_, None) => format!("{line}no position, starts anyway\n{}", says(seen.reason)),
    }
}

fn says(reason: Option<&str>) -> String {
    format!("{:<11}says why: \"{}\"", "", reason.unwrap_or_default())
}

pub(super) fn called_off(rep: &Member, store: &str, reason: &str) -> String {
    format!("{:<11}{:<28}called off: \"{reason}\"", rep.short, shop(store))
}

pub(super) fn not_reached(rep: &Member, store: &str, note: &str) -> String {
    format!(
        "{:<11}{:<28}does not get there; notes for next time: \"{note}\"",
        rep.short,
        shop(store)
    )
}

/// The place in a store's name: "Store 2881 Kissimmee (E)" is in Kissimmee.
pub(super) fn city(store: &str) -> &str {
    let place = store.splitn(3, ' ').nth(2).unwrap_or(store);
    place.split_once(" (").map_or(place, |(place, _)| place)
}

pub(super) fn name_on_the_sign(store: &str) -> String {
    format!("{} Fresh Market", city(store))
}

pub(super) fn name_in_the_contract(store: &str) -> String {
    format!("{} Fresh Foods LLC", city(store))
}

pub(super) fn new_sign(rep: &Member, store: &str, name: &str) -> String {
    format!(
        "{} reads a new sign over {}, renames it \"{name}\" and takes down a new number for Ms Carter.",
        rep.short,
        shop(store)
    )
}

pub(super) fn new_customer(rep: &Member, name: &str, word: &str, found: &str) -> String {
    format!(
        "{} finds a shop that nobody had on file, adds it and visits it at once: \"{name}\". \
         Searching the phone for \"{word}\" already finds \"{found}\".",
        rep.short
    )
}

pub(super) fn moved_plan(
    who: &Member,
    rep: &Member,
    store: &str,
    to: &DateTime<FixedOffset>,
    note: &str,
) -> String {
    format!(
        "{} moves {}'s visit to {} to {} and notes in it: \"{}\"",
        who.short,
        rep.short,
        shop(store),
        day_and_time(to),
        note.trim()
    )
}

pub(super) fn from_the_contract(who: &Member, rep: &Member, store: &str, name: &str) -> String {
    format!(
        "{} has the new contract of {}: renames it \"{name}\", with another number for Ms Carter. What {} changed there this \
         morning has not come through.",
        who.short,
        shop(store),
        rep.short
    )
}

pub(super) fn tries_to_move(who: &Member, rep: &Member, to: &DateTime<FixedOffset>, text: &str) -> String {
    format!(
        "{} moves {}'s first visit to {}: \"{text}\". On this phone it still looks planned, but {} was there at nine.",
        who.short,
        rep.short,
        day_and_time(to),
        rep.short
    )
}

pub(super) fn logged(entries: usize) -> String {
    format!("The reps write {entries} entries in their logs of the day.")
}

pub(super) fn handed_in(who: &Member, title: &str, total: &Money, over: Option<&str>) -> String {
    let over = over.map(|limit| format!(", over the limit of {limit}: it may be handed in, with a mark"));
    format!(
        "{} hands in \"{title}\", {total}{}.",
        who.short,
        over.unwrap_or_default()
    )
}

pub(super) fn all_on_phones(items: u64) -> String {
    format!(
        "{} items are on the phones now and nowhere else.",
        thousands(items)
    )
}

pub(super) fn came_back(who: &Member, items: u64, report: &Report) -> String {
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

pub(super) fn broke_in_the_middle(who: &Member, items: u64, lost: Break) -> String {
    format!(
        "{:<11}the connection breaks after {} of {}. The server has kept nothing of it; the phone still has all {}, \
         shown as sent and not as accepted.",
        who.short,
        bytes(lost.sent),
        bytes(lost.of),
        counted(items, "item")
    )
}

pub(super) fn answer_lost(items: u64, lost: Break) -> String {
    format!(
        "{:<11}Second try: all {} arrive, but the answer is lost on its way back. The phone cannot know, and keeps \
         showing {} as sent.",
        "",
        bytes(lost.of),
        counted(items, "item")
    )
}

pub(super) fn had_it_already(report: &Report) -> String {
    format!(
        "{:<11}Third try: the server says \"I have these already\". {} accepted, none twice.",
        "",
        counted(report.duplicate, "item")
    )
}

pub(super) fn needs_attention(
    who: &Member,
    rep: &Member,
    store: &str,
    began: Option<DateTime<FixedOffset>>,
    rejection: &Rejection,
    kept: &str,
) -> String {
    let began = began.map(|at| format!(" at {}", time(&at))).unwrap_or_default();
    format!(
        "{}: 1 item needs attention.\n  The move of the visit to {} was not accepted: {} had started it{began}.\n  \
         What to do: {}\n  Kept word for word: \"{kept}\"",
        who.short,
        shop(store),
        rep.short,
        rejection.suggestion.en
    )
}

pub(super) fn both_names(shown: &str, other: &str) -> String {
    format!(
        "Two names for one store: everybody sees \"{shown}\";\n  \"{other}\" is kept beside it until somebody chooses."
    )
}

pub(super) fn both_numbers(shown: &str, other: &str) -> String {
    format!("Two numbers for Ms Carter: {shown} shows, {other} is kept too.")
}

pub(super) fn sees_moved_plan(who: &Member, store: &str, to: &DateTime<FixedOffset>, notes: &str) -> String {
    format!(
        "{}'s phone has the visit to {} on {} now.\n  Both wrote in its notes, and both stand: \"{}\"",
        who.short,
        shop(store),
        day_and_time(to),
        notes.trim()
    )
}

pub(super) fn inbox(who: &Member, items: &[InboxItem]) -> String {
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

pub(super) fn learns(
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

pub(super) fn agrees(who: &Member, documents: usize) -> String {
    format!(
        "{:<11}holds {documents:>3} records, all as the server has them",
        who.short
    )
}

pub(super) fn differs(who: &Member, differences: &[String]) -> String {
    let mut text = format!(
        "{:<11}differs in {}:",
        who.short,
        counted(differences.len() as u64, "way")
    );
    for difference in differences.iter().take(5) {
        text.push_str(&format!("\n  {difference}"));
    }
    text
}

pub(super) fn closing(agree: bool, items: u64) -> String {
    if agree {
        format!(
            "All eight phones and the server hold the same. Of {} items that people wrote, most of them without\n\
             network, none was lost and none counted twice; the one that could not be accepted waits with\n\
             its author, word for word.",
            thousands(items)
        )
    } else {
        "The phones and the server do NOT hold the same. This is a defect: please report the day's number."
            .to_owned()
    }
}

pub(super) fn fingerprint(state_hash: &str) -> String {
    format!(
        "Fingerprint of the day's records: {}",
        &state_hash.get(..16).unwrap_or(state_hash)
    )
}

pub(super) fn open_house(address: &str) -> String {
    format!("The server is at http://{address}. Stop it with Ctrl-C; the day's records go with it.")
}

pub(super) fn invitation(who: &Member, code: &str, link: &str) -> String {
    format!(
        "Sign in as {} ({}): code {code}\n  {link}",
        who.short,
        who.role.name()
    )
}

/// A store's name as a line has room for it.
fn shop(name: &str) -> String {
    const ROOM: usize = 27;
    if name.chars().count() <= ROOM {
        return name.to_owned();
    }
    let short: String = name.chars().take(ROOM - 1).collect();
    format!("{}…", short.trim_end())
}

fn day_and_time(at: &DateTime<FixedOffset>) -> String {
    format!("{} {}", at.format("%a %-d Nov"), time(at))
}

/// The time of day, with a word when it is not the office's.
fn time(at: &DateTime<FixedOffset>) -> String {
    let is_ours = at.offset().local_minus_utc() == OFFICE_OFFSET_MIN * 60;
    format!(
        "{}{}",
        at.format("%H:%M"),
        if is_ours { "" } else { " local time" }
    )
}

fn counted(count: u64, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {what}{plural}", thousands(count))
}

/// 420 m, 1.2 km.
fn distance(metres: f64) -> String {
    if metres < 1000.0 {
        format!("{metres:.0} m")
    } else {
        format!("{:.1} km", metres / 1000.0)
    }
}

/// 512 B, 1.2 KB, 3.4 MB.
pub(super) fn bytes(count: u64) -> String {
    match count {
        0..1_000 => format!("{count} B"),
        1_000..1_000_000 => format!("{:.1} KB", count as f64 / 1e3),
        _ => format!("{:.1} MB", count as f64 / 1e6),
    }
}

/// 1234567 as 1,234,567.
pub(super) fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(
            [thousands(7), thousands(1_234), thousands(1_234_567)],
            ["7", "1,234", "1,234,567"]
        );
        assert_eq!(
            [bytes(512), bytes(1_250), bytes(3_400_000)],
            ["512 B", "1.2 KB", "3.4 MB"]
        );
        assert_eq!([distance(35.2), distance(1_240.0)], ["35 m", "1.2 km"]);
        assert_eq!(
            [counted(1, "item"), counted(212, "item")],
            ["1 item", "212 items"]
        );
    }

    #[test]
    fn a_store_is_named_by_its_place() {
        assert_eq!(
            (city("Store 2881 Kissimmee (E)"), city("Corner")),
            ("Kissimmee", "Corner")
        );
        assert_eq!(
            name_on_the_sign("Store 174 West Palm Beach"),
            "West Palm Beach Fresh Market"
        );
        assert_eq!(
            shop("Store 1234 West Palm Beach (AP)"),
            "Store 1234 West Palm Beach…"
        );
    }
}
