//! A document whose history does not read on this phone is fetched again. What rotted is put aside, the log is read from the start
//! once, and what the person did and the server has not is made anew on what came.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::documents::{self, Documents};
use super::error::ReplicaError;
use super::execute::{Author, refresh_state};
use super::live::Changed;
use super::settle::replay;
use super::store::{documents as document_rows, outbox, projections, segments, settings};
use super::{damaged, principal, recovery};
use crate::model::{DocumentId, derive_actor};

const REFETCH: &str = "refetch";

/// How far the fetching of a document has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Phase {
    /// The log is read from the start; nothing of it has come yet.
    Asked,
    /// What was here is put aside, and it comes in.
    Coming,
    /// What came does not read either. It is not asked for again.
    InVain,
}

/// Asks for the documents that do not read and were not asked for yet: the next exchange reads the log from its start. True
/// when there is one.
pub(super) fn ask(tx: &Connection) -> Result<bool, ReplicaError> {
    let mut fetched = all(tx)?;
    let known = fetched.len();
    for document in damaged::all(tx)? {
        if !fetched.iter().any(|(other, _)| *other == document) {
            fetched.push((document, Phase::Asked));
        }
    }
    if fetched.len() == known {
        return Ok(false);
    }
    put(tx, &fetched)?;
    principal::forget_cursor(tx)?;
    // As after a loss of the server's: everything is shown, this phone's own work too.
    recovery::begin(tx)?;
    Ok(true)
}

/// News of a document come in: when it was asked for, what is here of it is put aside for them.
pub(super) fn make_room(
    tx: &Connection,
    documents: &mut Documents,
    document: DocumentId,
) -> Result<(), ReplicaError> {
    let mut fetched = all(tx)?;
    let asked = fetched
        .iter_mut()
        .find(|(other, phase)| *other == document && *phase == Phase::Asked);
    let Some((_, phase)) = asked else {
        return Ok(());
    };
    *phase = Phase::Coming;
    put(tx, &fetched)?;
    segments::set_aside(tx, document)?;
    // Whoever writes on what comes does not do so under a number that is aside.
    document_rows::next_rebase(tx, document)?;
    documents.evict(document);
    Ok(())
}

/// What came of a document does not read: what was here before stays.
pub(super) fn came_in_vain(tx: &Connection, document: DocumentId) -> Result<(), ReplicaError> {
    let mut fetched = all(tx)?;
    for (other, phase) in &mut fetched {
        if *other == document {
            *phase = Phase::InVain;
        }
    }
    put(tx, &fetched)
}

/// The log was read to its end: what is aside of this person's work and did not come is made anew. Returns how many operations
/// were parked because they no longer fit.
pub(super) fn finish(
    tx: &Connection,
    documents: &mut Documents,
    author: &Author<'_>,
    changed: &mut Changed,
) -> Result<u64, ReplicaError> {
    let mut parked = 0;
    let fetched = all(tx)?;
    if fetched.iter().all(|(_, phase)| *phase == Phase::InVain) {
        return Ok(0);
    }
    let mut left = Vec::new();
    for (document, phase) in fetched {
        if phase == Phase::Asked {
            // The server has nothing of it: all that there is are the person's own words.
            segments::set_aside(tx, document)?;
            document_rows::next_rebase(tx, document)?;
            documents.evict(document);
        }
        match (phase, documents::read(tx, document)) {
            (Phase::InVain, _) | (_, Err(ReplicaError::Damaged { .. })) => {
                left.push((document, Phase::InVain));
            }
            (_, Err(error)) => return Err(error),
            (_, Ok(_)) => {
                parked += restore(tx, documents, author, document, changed)?;
                damaged::forget(tx, document)?;
            }
        }
    }
    put(tx, &left)?;
    Ok(parked)
}

/// The person's unsettled work on a document that reads again.
fn restore(
    tx: &Connection,
    documents: &mut Documents,
    author: &Author<'_>,
    document: DocumentId,
    changed: &mut Changed,
) -> Result<u64, ReplicaError> {
    let aside = outbox::aside_of(tx, document)?;
    let came = documents::read(tx, document)?;
    segments::remove_aside(tx, document)?;
    let mut parked = 0;
    for (row, origin) in aside {
        changed.documents.insert((row.kind, document));
        let actor = derive_actor(&origin, document, row.rebase);
        let is_there = came
            .hash_of(&actor, row.sequence)
            .is_some_and(|hash| hash.0 == row.hash);
        if !is_there {
            parked += u64::from(!replay(tx, documents, author, row.kind, &row, None)?);
        }
    }
    if let Some(row) = document_rows::get(tx, document)? {
        let index = documents::read(tx, document)?;
        projections::project(tx, row.kind, document, &index, &[])?;
        changed.documents.insert((row.kind, document));
    }
    refresh_state(tx, document)?;
    Ok(parked)
}

fn all(conn: &Connection) -> Result<Vec<(DocumentId, Phase)>, ReplicaError> {
    let Some(bytes) = settings::get(conn, REFETCH)? else {
        return Ok(Vec::new());
    };
    serde_json::from_slice(&bytes).map_err(|error| unreadable(&error))
}

fn put(tx: &Connection, fetched: &[(DocumentId, Phase)]) -> Result<(), ReplicaError> {
    if fetched.is_empty() {
        return Ok(settings::remove(tx, REFETCH)?);
    }
    let bytes = serde_json::to_vec(fetched).map_err(|error| unreadable(&error))?;
    Ok(settings::put(tx, REFETCH, &bytes)?)
}

fn unreadable(error: &dyn std::fmt::Display) -> ReplicaError {
    ReplicaError::Record {
        what: "the list of documents that are fetched again",
        detail: error.to_string(),
    }
}
