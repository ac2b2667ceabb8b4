use chrono::{DateTime, FixedOffset, NaiveDate};

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
