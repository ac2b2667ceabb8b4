use super::Rule;
use crate::model::DocumentId;
use crate::wire::Rejection;

/// May a person start `visit` while `open` is the one they have under way?
///
/// Asked on the phone before it writes, so that a second start offers to finish the first. Two phones of one person may
/// do it all the same, offline: then both visits stand and both show as open.
///
/// # Errors
/// Another visit is open.
pub fn check_one_at_a_time(open: Option<DocumentId>, visit: DocumentId) -> Result<(), Rejection> {
    match open.filter(|open| *open != visit) {
        None => Ok(()),
        Some(other) => Err(Rule::AnotherOpen
            .at(
                "events",
                ("one open visit at a time", "同时只进行一次拜访"),
                format!("visit {other} is open"),
            )
            .into()),
    }
}
