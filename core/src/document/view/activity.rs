use chrono::{DateTime, FixedOffset, NaiveDate};

use super::ViewError;
use super::fields::Fields;
use crate::gate::DocumentIndex;
use crate::model::{DocumentId, PersonId};

/// One rep's log of one day.
#[derive(Clone, Debug, PartialEq)]
pub struct ActivityView {
    /// Whose log.
    pub rep: PersonId,
    /// Which day.
    pub day: NaiveDate,
    /// The entries, in the order of the document.
    pub entries: Vec<EntryView>,
    /// The remarks, in the order of the document.
    pub comments: Vec<CommentView>,
}

/// One entry.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryView {
    /// The entry's element in the document.
    pub id: String,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
    /// What happened.
    pub text: String,
    /// The customer it is about.
    pub customer: Option<DocumentId>,
    /// The visit it belongs to.
    pub visit: Option<DocumentId>,
}

/// One remark.
#[derive(Clone, Debug, PartialEq)]
pub struct CommentView {
    /// The remark's element in the document.
    pub id: String,
    /// The entry it is about; the whole day when absent.
    pub entry: Option<String>,
    /// Who says it.
    pub by: PersonId,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
    /// What.
    pub text: String,
}

impl ActivityView {
    /// Reads the log of a day.
    ///
    /// # Errors
    /// A field of the table that must be there is missing or holds something else.
    pub fn read(index: &DocumentIndex) -> Result<Self, ViewError> {
        let root = Fields::root(index.root());
        Ok(Self {
            rep: root.parse("rep")?,
            day: root.date("day")?,
            entries: entries(root)?,
            comments: comments(root)?,
        })
    }
}

fn entries(root: Fields<'_>) -> Result<Vec<EntryView>, ViewError> {
    let entry = |id: String, fields: Fields<'_>| {
        Ok(EntryView {
            id,
            at: fields.timestamp("at")?,
            text: fields.string("text")?,
            customer: fields.parse_optional("customer")?,
            visit: fields.parse_optional("visit")?,
        })
    };
    let elements = root.list("entries")?.iter();
    elements
        .map(|(id, map)| entry(id.to_string(), Fields::below(map, "entries/[]/")))
        .collect()
}

fn comments(root: Fields<'_>) -> Result<Vec<CommentView>, ViewError> {
    let comment = |id: String, fields: Fields<'_>| {
        Ok(CommentView {
            id,
            entry: fields.optional("entry"),
            by: fields.parse("by")?,
            at: fields.timestamp("at")?,
            text: fields.string("text")?,
        })
    };
    let elements = root.list("comments")?.iter();
    elements
        .map(|(id, map)| comment(id.to_string(), Fields::below(map, "comments/[]/")))
        .collect()
}
