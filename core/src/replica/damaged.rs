use std::collections::BTreeSet;

use rusqlite::Connection;

use super::ReplicaError;
use super::store::settings;
use crate::model::DocumentId;

const DAMAGED: &str = "damaged";

/// The documents whose history does not read on this phone.
pub(super) fn all(conn: &Connection) -> Result<BTreeSet<DocumentId>, ReplicaError> {
    let Some(bytes) = settings::get(conn, DAMAGED)? else {
        return Ok(BTreeSet::new());
    };
    minicbor::decode::<Vec<DocumentId>>(&bytes)
        .map(|ids| ids.into_iter().collect())
        .map_err(|error| ReplicaError::Record {
            what: "the list of damaged documents",
            detail: error.to_string(),
        })
}

/// Notes that a document does not read.
pub(super) fn note(conn: &Connection, document: DocumentId) -> Result<(), ReplicaError> {
    let mut damaged = all(conn)?;
    if damaged.insert(document) {
        put(conn, &damaged)?;
    }
    Ok(())
}

/// A document reads again.
pub(super) fn forget(conn: &Connection, document: DocumentId) -> Result<(), ReplicaError> {
    let mut damaged = all(conn)?;
    if damaged.remove(&document) {
        put(conn, &damaged)?;
    }
    Ok(())
}

fn put(conn: &Connection, damaged: &BTreeSet<DocumentId>) -> Result<(), ReplicaError> {
    let ids: Vec<DocumentId> = damaged.iter().copied().collect();
    let bytes = minicbor::to_vec(ids).map_err(|error| ReplicaError::Record {
        what: "the list of damaged documents",
        detail: error.to_string(),
    })?;
    Ok(settings::put(conn, DAMAGED, &bytes)?)
}
