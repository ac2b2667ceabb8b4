use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjType, ROOT};
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::writing::{append, begin, container, day, element, put_some};
use super::{Apply, CommandError};
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
    fn apply(&self, doc: &mut AutoCommit, fresh: bool) -> Result<(), CommandError> {
        if fresh {
            begin(doc, Kind::Activity)?;
            doc.put(ROOT, "rep", self.rep.to_string())?;
            doc.put(ROOT, "day", day(self.day))?;
            container(doc, "entries", ObjType::List)?;
            container(doc, "comments", ObjType::List)?;
        }
        let entry = append(doc, "entries")?;
        doc.put(&entry, "at", format_timestamp(&self.at))?;
        doc.put(&entry, "text", self.text.as_str())?;
        put_some(doc, &entry, "customer", self.customer.map(|id| id.to_string()))?;
        put_some(doc, &entry, "visit", self.visit.map(|id| id.to_string()))
    }
}

impl Apply for EditEntry {
    const KIND: Kind = Kind::Activity;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, doc: &mut AutoCommit, _: bool) -> Result<(), CommandError> {
        let (_, _, entry) = element(doc, "entries", &self.entry)?;
        Ok(doc.put(&entry, "text", self.text.as_str())?)
    }
}

impl Apply for AddComment {
    const KIND: Kind = Kind::Activity;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, doc: &mut AutoCommit, _: bool) -> Result<(), CommandError> {
        if let Some(entry) = &self.entry {
            element(doc, "entries", entry)?;
        }
        let comment = append(doc, "comments")?;
        put_some(doc, &comment, "entry", self.entry.as_deref())?;
        doc.put(&comment, "by", self.by.to_string())?;
        doc.put(&comment, "at", format_timestamp(&self.at))?;
        Ok(doc.put(&comment, "text", self.text.as_str())?)
    }
}
