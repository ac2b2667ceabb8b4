use super::numbers::{counted, thousands};
use crate::demo::cast::Member;

pub(in crate::demo) fn agrees(who: &Member, documents: usize) -> String {
    format!(
        "{:<11}holds {documents:>3} records, all as the server has them",
        who.short
    )
}

pub(in crate::demo) fn differs(who: &Member, differences: &[String]) -> String {
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

pub(in crate::demo) fn closing(agree: bool, items: u64) -> String {
    if agree {
        format!(
            "All eight phones and the server hold the same. Of {} items that people wrote, most of them without\n\
             network, none was lost and none counted twice; the one that could not be accepted was kept word\n\
             for word, until its author had corrected it.",
            thousands(items)
        )
    } else {
        "The phones and the server do NOT hold the same. This is a defect: please report the day's number."
            .to_owned()
    }
}

/// What the server has signed for every phone.
pub(in crate::demo) fn receipts(phones: usize, items: u64, rows: u64, rulings: u64) -> String {
    format!(
        "{phones} phones hold a receipt that the server signed: it has all {} of their items.\n\
         Its log stood at row {rows} then, its decisions at number {rulings}: nobody can change them unseen.",
        thousands(items)
    )
}

pub(in crate::demo) fn fingerprint(state_hash: &str) -> String {
    format!(
        "Fingerprint of the day's records: {}",
        &state_hash.get(..16).unwrap_or(state_hash)
    )
}

pub(in crate::demo) fn open_house(address: &str) -> String {
    format!("The server listens on http://{address} (stop it with Ctrl-C; the day's records go with it)")
}

pub(in crate::demo) fn invitation(who: &Member, code: &str, link: &str) -> String {
    format!(
        "Sign in as {} ({}): code {code}\n  {link}",
        who.short,
        who.role.name()
    )
}
