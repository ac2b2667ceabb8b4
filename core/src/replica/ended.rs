use rusqlite::Connection;

use super::store::{documents as document_rows, settings, testimony};
use super::{Replica, ReplicaError, leaving};
use crate::model::DocumentId;
use crate::wire::Ended;

const ENDED: &str = "ended";

impl Replica {
    /// Does this phone no longer work for the organisation? Then it writes nothing new, holds only what was not accepted,
    /// and that stays until the person exports or discards it.
    ///
    /// # Errors
    /// When the store or the record does not read.
    pub fn ended(&self) -> Result<Option<Ended>, ReplicaError> {
        self.store().read(get)
    }
}

pub(super) fn get(conn: &Connection) -> Result<Option<Ended>, ReplicaError> {
    let Some(bytes) = settings::get(conn, ENDED)? else {
        return Ok(None);
    };
    let read = serde_json::from_slice(&bytes);
    read.map(Some).map_err(|error| ReplicaError::Record {
        what: "the end of the access",
        detail: error.to_string(),
    })
}

/// Refuses to write anything new on a phone whose access has ended.
pub(super) fn check(conn: &Connection) -> Result<(), ReplicaError> {
    match get(conn)? {
        None => Ok(()),
        Some(ended) => Err(ended.rejection().into()),
    }
}

/// The server says that the access has ended: everything goes but what was not handed in or not accepted, also what was kept
/// of documents that left. Returns the documents that went.
pub(super) fn take(tx: &Connection, ended: &Ended) -> Result<Vec<DocumentId>, ReplicaError> {
    let bytes = serde_json::to_vec(ended).map_err(|error| ReplicaError::Record {
        what: "the end of the access",
        detail: error.to_string(),
    })?;
    settings::put(tx, ENDED, &bytes)?;
    let mut gone = Vec::new();
    for row in document_rows::all(tx)? {
        if leaving::forget(tx, row.document)? {
            gone.push(row.document);
        }
    }
    testimony::forget_kept(tx)?;
    Ok(gone)
}
