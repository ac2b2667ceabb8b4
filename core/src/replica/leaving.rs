use std::collections::BTreeSet;

use rusqlite::Connection;

use super::store::testimony::{self as testimony_rows, Run};
use super::store::{documents as document_rows, outbox, receipts, settings};
use super::testimony::pieces;
use super::{ReplicaError, documents, principal};
use crate::model::DocumentId;

const LEAVING: &str = "leaving";

/// Removes a document that left this person's scope. One with unsent work stays until that has been delivered or
/// parked. Returns whether it went now.
pub(super) fn forget(tx: &Connection, document: DocumentId) -> Result<bool, ReplicaError> {
    if is_settled(tx, document)? {
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
        if is_settled(tx, *document)? {
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

/// Nothing of it is still to be sent, or to be handed back to a server that lost it.
fn is_settled(tx: &Connection, document: DocumentId) -> Result<bool, ReplicaError> {
    Ok(outbox::pending_of(tx, document)?.is_empty() && !testimony_rows::is_in_doubt(tx, document)?)
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
    if let Some(identity) = principal::identity(tx)? {
        keep(tx, document, &identity.server_key)?;
        receipts::leave(tx, &identity.installation(), document)?;
    }
    document_rows::delete(tx, document)?;
    Ok(document_rows::next_rebase(tx, document)?)
}

/// Keeps this phone's own accepted operations of a document that goes, for the case that the server loses them, and the
/// rulings that they may build on: whoever has the document now may not have synced yet.
fn keep(tx: &Connection, document: DocumentId, server_key: &[u8; 32]) -> Result<(), ReplicaError> {
    let (rows, settled_ms) = testimony_rows::own(tx, document, server_key)?;
    if rows.is_empty() {
        return Ok(());
    }
    let made = documents::read(tx, document).and_then(|index| pieces(rows, &index));
    let made = match made {
        Ok(made) => made,
        Err(ReplicaError::Damaged { document, detail }) => {
            tracing::error!(%document, detail, "a document that leaves does not read; nothing of it is kept");
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    for piece in made {
        let testimony = piece.testimony;
        let run = Run {
            document,
            origin: testimony.origin,
            rebase: testimony.rebase,
            base: testimony.base,
            count: testimony.count,
        };
        let proof = (testimony.operations.as_slice(), testimony.seal);
        testimony_rows::keep(tx, testimony.kind, &run, proof, settled_ms)?;
    }
    Ok(())
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
