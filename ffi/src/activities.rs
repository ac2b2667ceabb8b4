use std::sync::Arc;

use fieldbook_core::replica::{self, query};

use crate::shared::Shared;
use crate::values::count;
use crate::{CustomerId, Day, FieldbookError, LogId, PersonId, RecordState, Timestamp, VisitId};

/// One person's log of one day.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct DayLog {
    /// Its id.
    pub id: LogId,
    /// Whose.
    pub rep: PersonId,
    /// Which day.
    pub day: Day,
    /// The entries in their order.
    pub entries: Vec<LogEntry>,
    /// The remarks on them and on the day, in their order.
    pub comments: Vec<Comment>,
    /// Which truth it is.
    pub state: RecordState,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct LogEntry {
    /// Its name within the log.
    pub id: String,
    /// When, by the phone.
    pub at: Timestamp,
    /// What happened.
    pub text: String,
    /// The customer it is about.
    pub customer: Option<CustomerId>,
    /// The visit it belongs to.
    pub visit: Option<VisitId>,
}

/// One remark.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Comment {
    /// The entry it is about; the whole day when absent.
    pub entry: Option<String>,
    /// Who says it.
    pub by: PersonId,
    /// When, by the phone.
    pub at: Timestamp,
    /// What.
    pub text: String,
}

/// An entry to be written.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct NewEntry {
    /// What happened, 1 to 2,000 characters.
    pub text: String,
    /// The customer it is about.
    #[uniffi(default = None)]
    pub customer: Option<CustomerId>,
    /// The visit it belongs to.
    #[uniffi(default = None)]
    pub visit: Option<VisitId>,
}

/// The daily log.
#[derive(Debug, uniffi::Object)]
pub struct Activities(pub(crate) Arc<Shared>);

#[uniffi::export]
impl Activities {
    /// Writes an entry into today's log, which begins with its first one.
    pub fn log(&self, entry: NewEntry) -> Result<LogId, FieldbookError> {
        let (now, mut rng) = (self.0.now()?, self.0.rng());
        Ok(self.0.replica().log(&now, &mut rng, entry.into())?.into())
    }

    /// Changes the text of one's own entry.
    pub fn edit(&self, log: LogId, entry: &str, text: String) -> Result<(), FieldbookError> {
        Ok(self
            .0
            .replica()
            .edit_entry(&self.0.now()?, log.into(), entry, text)?)
    }

    /// Remarks on an entry, or on the whole day.
    pub fn comment(&self, log: LogId, entry: Option<String>, text: String) -> Result<(), FieldbookError> {
        Ok(self
            .0
            .replica()
            .comment(&self.0.now()?, log.into(), entry, text)?)
    }

    /// The latest days of a person that have a log, the last one first; one's own without a person.
    pub fn days(&self, person: Option<PersonId>, limit: u32) -> Result<Vec<DayLog>, FieldbookError> {
        let days = self
            .0
            .replica()
            .log_days(person.map(Into::into), limit as usize)?;
        Ok(days.into_iter().map(Into::into).collect())
    }

    /// A day's log; nothing when it is not on this phone.
    pub fn page(&self, log: LogId) -> Result<Option<DayLog>, FieldbookError> {
        Ok(self.0.replica().log_page(log.into())?.map(Into::into))
    }
}

impl From<NewEntry> for replica::NewLogEntry {
    fn from(entry: NewEntry) -> Self {
        Self {
            text: entry.text,
            customer: entry.customer.map(Into::into),
            visit: entry.visit.map(Into::into),
        }
    }
}

impl From<query::LogDay> for DayLog {
    fn from(log: query::LogDay) -> Self {
        let (mut entries, mut comments) = (Vec::with_capacity(count(log.items.len()) as usize), Vec::new());
        for item in log.items {
            let (at, text) = (Timestamp(item.at), item.text.unwrap_or_default());
            match item.kind {
                query::TimelineKind::Comment => comments.push(Comment {
                    entry: item.detail,
                    by: item.person.into(),
                    at,
                    text,
                }),
                _ => entries.push(LogEntry {
                    id: item.item,
                    at,
                    text,
                    customer: item.customer.map(Into::into),
                    visit: item.visit.map(Into::into),
                }),
            }
        }
        Self {
            id: log.document.into(),
            rep: log.rep.into(),
            day: Day(log.day),
            entries,
            comments,
            state: log.state.into(),
        }
    }
}
