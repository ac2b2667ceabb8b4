//! What names a document that could not be made: it waits with it.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::ReplicaError;
use super::parking::Parking;
use super::store::outbox::{self, OutboxRow};
use super::store::{documents as document_rows, parked};
use crate::document::Command;
use crate::model::DocumentId;
use crate::wire::Rejection;

/// An operation that names a document whose creation is parked.
pub(super) struct Dependent {
    /// The operation.
    pub(super) row: OutboxRow,
    /// The parked creation.
    pub(super) depends_on: i64,
    /// What to tell the person.
    pub(super) rejection: Rejection,
}

/// The oldest unsettled operation that names a document whose creation is parked.
///
/// The server has nothing that names such a document: it lets that wait until the document is there.
pub(super) fn next(tx: &Connection) -> Result<Option<Dependent>, ReplicaError> {
    let missing = parked_creations(tx)?;
    if missing.is_empty() {
        return Ok(None);
    }
    for row in outbox::pending(tx)? {
        let Ok(command) = serde_json::from_str::<Command>(&row.command) else {
            continue;
        };
        let named = command.refers_to();
        let found = named
            .iter()
            .find_map(|document| missing.get(document).map(|parked| (*document, *parked)));
        if let Some((document, depends_on)) = found {
            let rejection = Parking::DependsOnRecord(document).rejection();
            return Ok(Some(Dependent {
                row,
                depends_on,
                rejection,
            }));
        }
    }
    Ok(None)
}

/// The documents that are not there because what makes them is parked, with its number.
fn parked_creations(tx: &Connection) -> Result<BTreeMap<DocumentId, i64>, ReplicaError> {
    let mut missing = BTreeMap::new();
    for row in parked::all(tx)? {
        let creates = serde_json::from_str::<Command>(&row.command).is_ok_and(|command| command.creates());
        if creates && !document_rows::has_history(tx, row.document)? {
            missing.entry(row.document).or_insert(row.id);
        }
    }
    Ok(missing)
}
