use std::collections::BTreeSet;

use rusqlite::Connection;

use super::ReplicaError;
use super::store::{documents as document_rows, outbox, settings};
use crate::model::DocumentId;

const LEAVING: &str = "leaving";

/// Removes a document that left this person's scope. One with unsent work stays until that has been delivered or
/// parked. Returns whether it went now.
pub(super) fn forget(tx: &Connection, document: DocumentId) -> Result<bool, ReplicaError> {
    if outbox::pending_of(tx, document)?.is_empty() {
        remove(tx, document)?;
        return Ok(true);
    }
    let mut leaving = get(tx)?;
    leaving.insert(document);
    put(tx, &leaving)?;
    Ok(false)
}

/// Removes the documents whose last unsent work has been settled since, and returns them.
pub(super) fn sweep(tx: &Connection) -> Result<Vec<DocumentId>, ReplicaError> {
    let mut leaving = get(tx)?;
    let mut gone = Vec::new();
    for document in &leaving {
        if outbox::pending_of(tx, *document)?.is_empty() {
            remove(tx, *document)?;
            gone.push(*document);
        }
    }
    if !gone.is_empty() {
        leaving.retain(|document| !gone.contains(document));
        put(tx, &leaving)?;
    }
    Ok(gone)
}

/// A document came back into scope before it had gone.
pub(super) fn returned(tx: &Connection, document: DocumentId) -> Result<(), ReplicaError> {
    let mut leaving = get(tx)?;
    if leaving.remove(&document) {
        put(tx, &leaving)?;
    }
    Ok(())
}

/// Removes the document for now. Should it come back it does so in pieces, and what is written before the last piece
/// is there must not take a sequence number that this phone's earlier operations have: its actor is spent.
fn remove(tx: &Connection, document: DocumentId) -> Result<(), ReplicaError> {
    document_rows::delete(tx, document)?;
    Ok(document_rows::next_rebase(tx, document)?)
}

fn get(tx: &Connection) -> Result<BTreeSet<DocumentId>, ReplicaError> {
    let Some(bytes) = settings::get(tx, LEAVING)? else {
        return Ok(BTreeSet::new());
    };
    minicbor::decode::<Vec<DocumentId>>(&bytes)
        .map(|ids| ids.into_iter().collect())
        .map_err(|error| ReplicaError::Record {
            what: "the list of leaving documents",
            detail: error.to_string(),
        })
}

fn put(tx: &Connection, leaving: &BTreeSet<DocumentId>) -> Result<(), ReplicaError> {
    let ids: Vec<DocumentId> = leaving.iter().copied().collect();
    let bytes = minicbor::to_vec(ids).map_err(|error| ReplicaError::Record {
        what: "the list of leaving documents",
        detail: error.to_string(),
    })?;
    Ok(settings::put(tx, LEAVING, &bytes)?)
}
