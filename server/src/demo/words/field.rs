use chrono::{DateTime, FixedOffset};
use fieldbook_core::geo::Verdict;
use fieldbook_core::model::Money;

use super::numbers::{day_and_time, distance, shop, thousands};
use crate::demo::cast::Member;
use crate::demo::day::Seen;

pub(in crate::demo) fn visited(rep: &Member, store: &str, seen: &Seen) -> String {
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

pub(in crate::demo) fn called_off(rep: &Member, store: &str, reason: &str) -> String {
    format!("{:<11}{:<28}called off: \"{reason}\"", rep.short, shop(store))
}

pub(in crate::demo) fn not_reached(rep: &Member, store: &str, note: &str) -> String {
    format!(
        "{:<11}{:<28}does not get there; notes for next time: \"{note}\"",
        rep.short,
        shop(store)
    )
}

/// The place in a store's name: "Store 2881 Kissimmee (E)" is in Kissimmee.
pub(in crate::demo) fn city(store: &str) -> &str {
    let place = store.splitn(3, ' ').nth(2).unwrap_or(store);
    place.split_once(" (").map_or(place, |(place, _)| place)
}

pub(in crate::demo) fn name_on_the_sign(store: &str) -> String {
    format!("{} Fresh Market", city(store))
}

pub(in crate::demo) fn name_in_the_contract(store: &str) -> String {
    format!("{} Fresh Foods LLC", city(store))
}

pub(in crate::demo) fn new_sign(rep: &Member, store: &str, name: &str) -> String {
    format!(
        "{} reads a new sign over {}, renames it \"{name}\" and takes down a new number for Ms Carter.",
        rep.short, store
    )
}

pub(in crate::demo) fn new_customer(rep: &Member, name: &str, word: &str, found: &str) -> String {
    format!(
        "{} finds a shop that nobody had on file, adds it and visits it at once: \"{name}\". \
         Searching the phone for \"{word}\" already finds \"{found}\".",
        rep.short
    )
}

pub(in crate::demo) fn moved_plan(
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
        store,
        day_and_time(to),
        note.trim()
    )
}

pub(in crate::demo) fn from_the_contract(who: &Member, rep: &Member, store: &str, name: &str) -> String {
    format!(
        "{} has the new contract of {}: renames it \"{name}\", with another number for Ms Carter. What {} changed there this \
         morning has not come through.",
        who.short, store, rep.short
    )
}

pub(in crate::demo) fn tries_to_move(
    who: &Member,
    rep: &Member,
    to: &DateTime<FixedOffset>,
    text: &str,
) -> String {
    format!(
        "{} moves {}'s first visit to {}: \"{text}\". On this phone it still looks planned, but {} was there at nine.",
        who.short,
        rep.short,
        day_and_time(to),
        rep.short
    )
}

pub(in crate::demo) fn moves_what_is_off(
    who: &Member,
    rep: &Member,
    to: &DateTime<FixedOffset>,
    text: &str,
) -> String {
    format!(
        "{}, in a car park without network, moves {}'s third visit to {}: \"{text}\". He cannot know that {} found the \
         door closed.",
        who.short,
        rep.short,
        day_and_time(to),
        rep.short
    )
}

pub(in crate::demo) fn logged(entries: usize) -> String {
    format!("The reps write {entries} entries in their logs of the day.")
}

pub(in crate::demo) fn handed_in(who: &Member, title: &str, total: &Money, over: Option<&str>) -> String {
    let over = over.map(|limit| format!(", over the limit of {limit}: it may be handed in, with a mark"));
    format!(
        "{} hands in \"{title}\", {total}{}.",
        who.short,
        over.unwrap_or_default()
    )
}

pub(in crate::demo) fn all_on_phones(items: u64) -> String {
    format!(
        "{} items are on the phones now and nowhere else.",
        thousands(items)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

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
