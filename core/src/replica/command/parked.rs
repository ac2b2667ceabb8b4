use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::document::Command;
use crate::replica::documents::Documents;
use crate::replica::execute::{Author, apply};
use crate::replica::live::Changed;
use crate::replica::parking::Parking;
use crate::replica::query::{self, Parked};
use crate::replica::settle;
use crate::replica::store::parked::ParkedRow;
use crate::replica::store::{Savepoint, documents, parked};
use crate::replica::{Now, Replica, ReplicaError, contact, ended};

impl Replica {
    /// What was not accepted and waits for the person, with their own words and the reason, oldest first.
    ///
    /// # Errors
    /// When the store or a record does not read.
    pub fn parked(&self) -> Result<Vec<Parked>, ReplicaError> {
        Ok(self.store().read(query::parked)?)
    }

    /// Sends parked work again, corrected: writes `command` and takes the parked one away, in one transaction. What
    /// was parked only because it needs that one is made anew, too, also in other documents: the visit of a customer,
    /// its check-ins. Returns how many operations were written.
    ///
    /// # Errors
    /// A rule that forbids the corrected command, too; everything stays as it was then.
    pub fn resend_parked(&self, now: &Now, id: i64, command: &Command) -> Result<u64, ReplicaError> {
        let principal = self.principal()?;
        let installation = self.installation()?;
        let mut documents = self.lock_documents();
        let mut changed = Changed {
            status: true,
            own: true,
            ..Changed::default()
        };
        let written = self.store().write(|tx| -> Result<u64, ReplicaError> {
            ended::check(tx)?;
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
            let mut written = 1;
            let mut followers = taken_away(tx, parked.id)?;
            while let Some(follower) = followers.pop_first() {
                if release(tx, &mut documents, &author, follower, &mut changed)? {
                    written += 1;
                    followers.append(&mut taken_away(tx, follower)?);
                }
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

    /// What was parked only because it needs this one, directly or through another: what would be left with nothing to
    /// stand on when this one is discarded. In the order it was parked.
    ///
    /// # Errors
    /// When the store or a record does not read.
    pub fn depending_on_parked(&self, id: i64) -> Result<Vec<Parked>, ReplicaError> {
        let rows = self.store().read(|conn| parked::depending_on(conn, id))?;
        Ok(rows.into_iter().map(Parked::from).collect())
    }

    /// Throws parked work away with everything that needs it, because the person said so after being shown
    /// [`Replica::depending_on_parked`]. Returns how many items went, 0 when there was none under this id.
    ///
    /// # Errors
    /// When the store does not write; nothing is thrown away then.
    pub fn discard_parked_with_dependents(&self, id: i64) -> Result<u64, ReplicaError> {
        let gone = self.store().write(|tx| -> Result<Vec<ParkedRow>, ReplicaError> {
            let mut gone = parked::depending_on(tx, id)?;
            gone.extend(parked::get(tx, id)?);
            for row in &gone {
                parked::remove(tx, row.id)?;
            }
            for row in &gone {
                documents::delete_if_empty(tx, row.document)?;
            }
            Ok(gone)
        })?;
        self.live().notify(&Changed {
            own: false,
            documents: gone.iter().map(|row| (row.kind, row.document)).collect(),
            status: !gone.is_empty(),
        });
        Ok(gone.len() as u64)
    }

    /// Throws parked work away because the person said so; false when there was none under this id. What needs it stays,
    /// to be corrected or discarded on its own.
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
                own: false,
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

/// Takes a parked operation away; what needed it, read before the link to it goes.
fn taken_away(tx: &Connection, id: i64) -> Result<BTreeSet<i64>, ReplicaError> {
    let rows = parked::all(tx)?;
    let followers = rows.iter().filter(|row| row.depends_on == Some(id));
    let followers = followers.map(|row| row.id).collect();
    parked::remove(tx, id)?;
    Ok(followers)
}

/// Makes a parked follower anew; when it does not fit it stays parked, with the reason of now. True when it was made.
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
    // Of another version of the app: kept word for word.
    let Ok(command) = serde_json::from_str::<Command>(&row.command) else {
        return Ok(false);
    };
    let then = Author {
        at_ms: row.written_ms,
        ..*author
    };
    changed.documents.insert((row.kind, row.document));
    let savepoint = Savepoint::begin(tx)?;
    let error = match apply(tx, documents, &then, &command) {
        Ok(()) => {
            savepoint.keep()?;
            return Ok(true);
        }
        Err(error) => error,
    };
    let rejection = match error {
        ReplicaError::Refused(rejection) => rejection,
        ReplicaError::Command(error) => Parking::DependsOnRejected(error.to_string()).rejection(),
        error => return Err(error),
    };
    savepoint.take_back()?;
    documents.evict(row.document);
    parked::set_rejection(tx, id, &settle::rejection_text(&rejection)?)?;
    Ok(false)
}
