//! A file that an older version of the app wrote. Its work goes on in today's words: what waits is made anew where it has to be,
//! and what cannot be carried over is parked. Nothing is reset.

mod steps;
mod written_by;

use std::path::Path;

use rusqlite::Connection;

use super::Replica;
use super::documents::{self, Documents};
use super::error::ReplicaError;
use super::execute::{Author, refresh_state};
use super::parking::Parking;
use super::settle::{SentSection, park, replay, undo};
use super::store::documents::{self as document_rows, DocumentRow, DocumentState};
use super::store::outbox::{self, OutboxRow};
use super::store::{Savepoint, StoreError, parked, projections};
use crate::model::DocumentId;
use steps::{Unfit, upgrade};
use written_by::WrittenBy;

impl Replica {
    /// Brings everything in the file to today's version, in one transaction; nothing happens when it is there already.
    pub(super) fn upgrade(&self) -> Result<(), ReplicaError> {
        let today = WrittenBy::today();
        let found = self.store().read(written_by::get)?;
        match found {
            Some(found) if found == today => return Ok(()),
            Some(found) if found.schema > today.schema => return Err(self.newer(found, today)),
            _ => {}
        }
        let mut documents = self.lock_documents();
        self.store().write(|tx| -> Result<(), ReplicaError> {
            // A file of before the versions were noted, or a new one.
            let found = found.unwrap_or(WrittenBy::first());
            if found.schema < today.schema {
                let older = outbox::pending(tx)?.into_iter().map(|row| row.hash);
                self.make_anew(tx, &mut documents, found.schema)?;
                rename_commands(tx, found.schema)?;
                written_by::put_older(tx, &older.collect::<Vec<_>>())?;
            }
            project_all(tx)?;
            written_by::put(tx, today)
        })
    }

    /// A newer version's commands would not read here; the file stays as it is.
    fn newer(&self, found: WrittenBy, today: WrittenBy) -> ReplicaError {
        let error = StoreError::NewerVersion {
            path: self.store().path().unwrap_or(Path::new("")).to_owned(),
            found: found.schema.into(),
            supported: today.schema.into(),
        };
        error.into()
    }

    /// Makes anew what is only on this phone and was written in another way.
    fn make_anew(&self, tx: &Connection, documents: &mut Documents, from: u32) -> Result<(), ReplicaError> {
        // Before a first sign-in nothing can have been written.
        let Ok(installation) = self.installation() else {
            return Ok(());
        };
        let principal = self.principal()?;
        for document in outbox::documents_pending(tx)? {
            let waiting = Waiting::read(tx, document, from)?;
            let author = Author {
                installation,
                principal: &principal,
                at_ms: waiting.at_ms(),
            };
            let savepoint = Savepoint::begin(tx)?;
            match waiting.make_anew(tx, documents, &author) {
                Ok(()) => savepoint.keep()?,
                // One that does not read stays as it is, and holds up no other.
                Err(ReplicaError::Damaged { document, detail }) => {
                    tracing::warn!(%document, detail, "a document cannot be brought to this version");
                    savepoint.take_back()?;
                    documents.evict(document);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// Did an older version of the app write this operation? When the server refuses it, that may be for how it was written: it is made
/// anew from its command once, and what today's version writes stands for itself.
pub(super) fn is_older(tx: &Connection, sent: &SentSection, sequence: u64) -> Result<bool, ReplicaError> {
    let older = written_by::older(tx)?;
    if older.is_empty() {
        return Ok(false);
    }
    let rows = outbox::from_sequence(tx, sent.document, sent.rebase, sequence)?;
    Ok(rows.first().is_some_and(|row| older.contains(&row.hash)))
}

/// The work of this phone on one document that no server has accepted.
struct Waiting {
    document: DocumentId,
    /// In the order they were written, each with what it comes to today.
    rows: Vec<(OutboxRow, Result<bool, Unfit>)>,
}

impl Waiting {
    fn read(tx: &Connection, document: DocumentId, from: u32) -> Result<Self, ReplicaError> {
        let rows = outbox::pending_of(tx, document)?.into_iter().map(|mut row| {
            let upgraded = upgrade(&row.command, from).map(|upgraded| {
                row.command = upgraded.text;
                upgraded.is_anew
            });
            (row, upgraded)
        });
        Ok(Self {
            document,
            rows: rows.collect(),
        })
    }

    /// When the last of it was written: what is parked now was so no earlier.
    fn at_ms(&self) -> u64 {
        let written = self.rows.iter().map(|(row, _)| row.written_ms);
        written.max().unwrap_or(0)
    }

    /// From the first operation on that is not written like that any more, all of it. What was sent stays as it is: a server
    /// may have it under its name.
    fn make_anew(
        &self,
        tx: &Connection,
        documents: &mut Documents,
        author: &Author<'_>,
    ) -> Result<(), ReplicaError> {
        let is_older = |(row, upgraded): &(OutboxRow, Result<bool, Unfit>)| {
            row.state == DocumentState::OnPhone && *upgraded != Ok(false)
        };
        let Some(first) = self.rows.iter().position(is_older) else {
            return Ok(());
        };
        let later = &self.rows[first..];
        if later.iter().any(|(row, _)| row.state == DocumentState::Sent) {
            return Ok(());
        }
        let Some((row, _)) = later.first() else {
            return Ok(());
        };
        undo(tx, documents, (self.document, row.kind), row.rebase, row.sequence)?;
        let mut refused = None;
        for (row, upgraded) in later {
            match upgraded {
                Err(unfit) => {
                    let rejection = Parking::Older(unfit).rejection();
                    let id = park(tx, author, row.kind, row, &rejection, refused)?;
                    refused = refused.or(Some(id));
                }
                Ok(_) => {
                    replay(tx, documents, author, row.kind, row, refused)?;
                }
            }
        }
        refresh_state(tx, self.document)
    }
}

/// All recorded commands in today's words: of what waits, of what was accepted and may have to be offered again, and of what is
/// parked. One that cannot be carried over stays word for word.
fn rename_commands(tx: &Connection, from: u32) -> Result<(), ReplicaError> {
    for (position, command) in outbox::commands(tx)? {
        if let Ok(upgraded) = upgrade(&command, from)
            && upgraded.text != command
        {
            outbox::set_command(tx, position, &upgraded.text)?;
        }
    }
    for row in parked::all(tx)? {
        if let Ok(upgraded) = upgrade(&row.command, from)
            && upgraded.text != row.command
        {
            parked::set_command(tx, row.id, &upgraded.text)?;
        }
    }
    Ok(())
}

/// The lists of all documents anew: what they show may be read otherwise now.
fn project_all(tx: &Connection) -> Result<(), ReplicaError> {
    for DocumentRow { document, kind, .. } in document_rows::all(tx)? {
        match documents::read(tx, document) {
            Ok(index) if !index.is_empty() => projections::project(tx, kind, document, &index, &[])?,
            Ok(_) | Err(ReplicaError::Damaged { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
