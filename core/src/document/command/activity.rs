use automerge::ObjType;
use automerge::legacy::ObjectId;
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::writing::{append, begin, container, day, element, put_some};
use super::{Apply, CommandError};
use crate::document::draft::Draft;
use crate::model::{DocumentId, Kind, PersonId};
use crate::time::format_timestamp;

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

impl Apply for LogEntry {
    const KIND: Kind = Kind::Activity;
    const JOINS: bool = true;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn creates(&self) -> bool {
        true
    }
    fn refers_to(&self) -> Vec<DocumentId> {
        self.customer.into_iter().chain(self.visit).collect()
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        if draft.is_fresh() {
            begin(draft, Kind::Activity);
            draft.put(&ObjectId::Root, "rep", self.rep.to_string());
            draft.put(&ObjectId::Root, "day", day(self.day));
            container(draft, "entries", ObjType::List);
            container(draft, "comments", ObjType::List);
        }
        let entry = append(draft, "entries")?;
        draft.put(&entry, "at", format_timestamp(&self.at));
        draft.put(&entry, "text", self.text.as_str());
        put_some(draft, &entry, "customer", self.customer.map(|id| id.to_string()));
        put_some(draft, &entry, "visit", self.visit.map(|id| id.to_string()));
        Ok(())
    }
}

impl Apply for EditEntry {
    const KIND: Kind = Kind::Activity;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        let entry = element(draft, "entries", &self.entry)?;
        draft.put(&entry, "text", self.text.as_str());
        Ok(())
    }
}

impl Apply for AddComment {
    const KIND: Kind = Kind::Activity;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        if let Some(entry) = &self.entry {
            element(draft, "entries", entry)?;
        }
        let comment = append(draft, "comments")?;
        put_some(draft, &comment, "entry", self.entry.as_deref());
        draft.put(&comment, "by", self.by.to_string());
        draft.put(&comment, "at", format_timestamp(&self.at));
        draft.put(&comment, "text", self.text.as_str());
        Ok(())
    }
}
