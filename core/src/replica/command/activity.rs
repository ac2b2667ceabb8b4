use crate::document::Command;
use crate::document::command::{AddComment, EditEntry, LogEntry};
use crate::model::DocumentId;
use crate::replica::{Now, Replica, ReplicaError, store};

/// An entry for today's log.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewLogEntry {
    /// What happened, 1 to 2,000 characters.
    pub text: String,
    /// The customer it is about.
    pub customer: Option<DocumentId>,
    /// The visit it belongs to.
    pub visit: Option<DocumentId>,
}

impl Replica {
    /// Writes an entry into today's log, which begins with its first entry. Returns the log.
    ///
    /// # Errors
    /// A rule that forbids it, such as an empty text; nothing is written then.
    pub fn log(
        &self,
        now: &Now,
        rng: &mut impl rand::Rng,
        entry: NewLogEntry,
    ) -> Result<DocumentId, ReplicaError> {
        let rep = self.identity()?.person;
        let day = now.at.date_naive();
        let known = self.store().read(|conn| store::own::log_of(conn, rep, day))?;
        let document = known.unwrap_or_else(|| DocumentId::generate(now.unix_ms(), rng));
        let NewLogEntry {
            text,
            customer,
            visit,
        } = entry;
        let command = LogEntry {
            document,
            rep,
            day,
            at: now.at,
            text,
            customer,
            visit,
        };
        self.execute(now, &[Command::LogEntry(command)])?;
        Ok(document)
    }

    /// Changes the text of one's own entry.
    ///
    /// # Errors
    /// An entry that is not there or not one's own.
    pub fn edit_entry(
        &self,
        now: &Now,
        log: DocumentId,
        entry: &str,
        text: String,
    ) -> Result<(), ReplicaError> {
        let command = EditEntry {
            document: log,
            entry: entry.to_owned(),
            text,
        };
        self.execute(now, &[Command::EditEntry(command)])
    }

    /// Remarks on an entry, or on the whole day.
    ///
    /// # Errors
    /// A log that is not on this phone.
    pub fn comment(
        &self,
        now: &Now,
        log: DocumentId,
        entry: Option<String>,
        text: String,
    ) -> Result<(), ReplicaError> {
        let by = self.identity()?.person;
        let command = AddComment {
            document: log,
            entry,
            by,
            at: now.at,
            text,
        };
        self.execute(now, &[Command::AddComment(command)])
    }
}
