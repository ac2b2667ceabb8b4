use automerge::AutoCommit;
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Apply, CommandError};
use crate::model::{DocumentId, Kind, PersonId};

/// One entry of a day's log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogEntry {
    /// The log of the day; made when it does not exist.
    pub document: DocumentId,
    /// Whose log.
    pub rep: PersonId,
    /// Which day, as the person sees it.
    pub day: NaiveDate,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
    /// What happened, 1 to 2,000 characters.
    pub text: String,
    /// The customer it is about.
    pub customer: Option<DocumentId>,
    /// The visit it belongs to.
    pub visit: Option<DocumentId>,
}

/// The author changes the text of an entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EditEntry {
    /// The log.
    pub document: DocumentId,
    /// The entry, as [`crate::gate::ElementId`] prints it.
    pub entry: String,
    /// The new text.
    pub text: String,
}

/// A remark of anybody who sees the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AddComment {
    /// The log.
    pub document: DocumentId,
    /// The entry it is about; the whole day when absent.
    pub entry: Option<String>,
    /// Who says it.
    pub by: PersonId,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
    /// What, 1 to 2,000 characters.
    pub text: String,
}
