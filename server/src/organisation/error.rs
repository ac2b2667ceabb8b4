use chrono::{DateTime, SecondsFormat};

use crate::store::StoreError;

/// Why the organisation was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OrganisationError {
    /// A name that cannot be used.
    #[error("{name:?} cannot be the name of a {what}: {problem}")]
    Name {
        /// What was to be named.
        what: &'static str,
        /// The name.
        name: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// No unit or person of this name or id.
    #[error("there is no {what} {name:?}; {}", known_names(.known))]
    NotFound {
        /// What was looked for.
        what: &'static str,
        /// The name or id that was given.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// The person has left already.
    #[error("{name} left already, at {since_ms} ms since 1970; fieldbook device list shows their phones")]
    Left {
        /// Who.
        name: String,
        /// When.
        since_ms: u64,
    },
    /// Something that was given for a command and that cannot be.
    #[error("{argument}: {problem}")]
    Argument {
        /// Which argument of the command, for example `--at`.
        argument: &'static str,
        /// What is wrong with it, and what to do.
        problem: String,
    },
    /// It is so already.
    #[error("{0}")]
    Unchanged(String),
    /// The server has no organisation.
    #[error("this server has no organisation yet; run `fieldbook init` to the end")]
    NoOrganisation,
    /// The store did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Names in an error message at most.
const SHOWN: usize = 12;

fn known_names(known: &[String]) -> String {
    if known.is_empty() {
        return "there is none yet".to_owned();
    }
    let shown = known
        .iter()
        .take(SHOWN)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    match known.len().saturating_sub(SHOWN) {
        0 => format!("there is: {shown}"),
        more => format!("there is: {shown} and {more} more"),
    }
}

/// A moment as an operator reads it, in UTC.
pub(super) fn moment(at_ms: u64) -> String {
    let at = i64::try_from(at_ms)
        .ok()
        .and_then(DateTime::from_timestamp_millis);
    at.map_or_else(
        || format!("{at_ms} ms since 1970"),
        |at| at.to_rfc3339_opts(SecondsFormat::Secs, true),
    )
}
