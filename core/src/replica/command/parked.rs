use rusqlite::Connection;

use crate::document::Command;
use crate::replica::documents::Documents;
use crate::replica::execute::{Author, apply};
use crate::replica::live::Changed;
use crate::replica::query::{self, Parked};
use crate::replica::store::{Savepoint, documents, parked};
use crate::replica::{Now, Replica, ReplicaError, contact};

impl Replica {
    /// What was not accepted and waits for the person, with their own words and the reason, oldest first.
    ///
    /// # Errors
    /// When the store or a record does not read.
    pub fn parked(&self) -> Result<Vec<Parked>, ReplicaError> {
        Ok(self.store().read(query::parked)?)
    }

    /// Sends parked work again, corrected: writes `command` and takes the parked one away, in one transaction. What
    /// was parked only because it follows that one is made anew, too; returns how many operations were written.
    ///
    /// # Errors
    /// A rule that forbids the corrected command, too; everything stays as it was then.
    pub fn resend_parked(&self, now: &Now, id: i64, command: &Command) -> Result<u64, ReplicaError> {
        let principal = self.principal()?;
        let installation = self.installation()?;
        let mut documents = self.lock_documents();
        let mut changed = Changed {
            status: true,
            ..Changed::default()
        };
        let written = self.store().write(|tx| -> Result<u64, ReplicaError> {
            let author = Author {
                installation,
                principal: &principal,
                at_ms: contact::best_ms(contact::get(tx)?.as_ref(), now),
            };
            // Asked for twice (a double tap), the second finds nothing.
            let parked = parked::get(tx, id)?.filter(|row| row.document == command.document());
            let parked = parked.ok_or(ReplicaError::NotParked(id))?;
            apply(tx, &mut documents, &author, command)?;
            changed.documents.insert((command.kind(), command.document()));
            // Those that follow are read before the one they follow goes, which takes the link away.
            let followers: Vec<i64> = parked::all(tx)?
                .iter()
                .filter(|row| row.depends_on == Some(parked.id))
                .map(|row| row.id)
                .collect();
            parked::remove(tx, parked.id)?;
            let mut written = 1;
            for follower in followers {
                written += u64::from(release(tx, &mut documents, &author, follower, &mut changed)?);
            }
            Ok(written)
        });
        if written.is_err() {
            documents.evict(command.document());
            for (_, document) in &changed.documents {
                documents.evict(*document);
            }
        }
        drop(documents);
        if written.is_ok() {
            self.live().notify(&changed);
        }
        written
    }

    /// Throws parked work away because the person said so; false when there was none under this id.
    ///
    /// # Errors
    /// When the store does not write.
    pub fn discard_parked(&self, id: i64) -> Result<bool, ReplicaError> {
        let row = self.store().read(|conn| parked::get(conn, id))?;
        let removed = self.store().write(|tx| -> Result<bool, ReplicaError> {
            let removed = parked::remove(tx, id)?;
            if let Some(row) = &row {
                documents::delete_if_empty(tx, row.document)?;
            }
            Ok(removed)
        })?;
        if let Some(row) = row {
            let documents = std::iter::once((row.kind, row.document)).collect();
            self.live().notify(&Changed {
                documents,
                status: true,
            });
        }
        Ok(removed)
    }

    /// Everything parked as JSON, for a colleague or for support: what the person did and why it was not accepted.
    ///
    /// # Errors
    /// When the store or a record does not read.
    pub fn export_parked(&self) -> Result<serde_json::Value, ReplicaError> {
        let rows = self.store().read(parked::all)?;
        let text =
            |json: &str| serde_json::from_str(json).unwrap_or(serde_json::Value::String(json.to_owned()));
        let items = rows.iter().map(|row| {
            serde_json::json!({
                "id": row.id,
                "kind": row.kind,
                "document": row.document,
                "command": text(&row.command),
                "rejection": text(&row.rejection),
                "depends_on": row.depends_on,
                "written_ms": row.written_ms,
                "parked_ms": row.parked_ms,
            })
        });
        Ok(items.collect())
    }
}

/// Makes a parked follower anew; it stays parked when it does not fit. True when it was made.
fn release(
    tx: &Connection,
    documents: &mut Documents,
    author: &Author<'_>,
    id: i64,
    changed: &mut Changed,
) -> Result<bool, ReplicaError> {
    let Some(row) = parked::get(tx, id)? else {
        return Ok(false);
    };
    let command: Command = serde_json::from_str(&row.command).map_err(|error| ReplicaError::Record {
        what: "a parked command",
        detail: error.to_string(),
    })?;
    let then = Author {
        at_ms: row.written_ms,
        ..*author
    };
    let savepoint = Savepoint::begin(tx)?;
    match apply(tx, documents, &then, &command) {
        Ok(()) => {
            savepoint.keep()?;
            parked::remove(tx, id)?;
            changed.documents.insert((row.kind, row.document));
            Ok(true)
        }
        Err(ReplicaError::Refused(_) | ReplicaError::Command(_)) => {
            savepoint.take_back()?;
            documents.evict(row.document);
            Ok(false)
        }
        Err(error) => Err(error),
    }
}
