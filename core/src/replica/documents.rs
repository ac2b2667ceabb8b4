use std::collections::BTreeMap;

use automerge::{AutoCommit, Change};
use rusqlite::Connection;

use super::error::ReplicaError;
use super::store::segments::{self, Format, SegmentRow};
use crate::document::{materialise, rebuild};
use crate::gate::DocumentIndex;
use crate::model::{DocumentId, InstallationKey, derive_actor};
use crate::wire::operations::{Limits, Reader};

/// How much the cache may hold, in bytes as [`DocumentIndex::weight`] counts.
const BUDGET: usize = 4 << 20;
/// An Automerge document of our size weighs about this much; measured, see `docs/decisions`.
const AUTOMERGE_WEIGHT: usize = 20 << 10;

/// One document in memory: its index, and the Automerge document once somebody writes into it.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) index: DocumentIndex,
    automerge: Option<AutoCommit>,
    used: u64,
}

impl Loaded {
    fn weight(&self) -> usize {
        self.index.weight() + self.automerge.as_ref().map_or(0, |_| AUTOMERGE_WEIGHT)
    }
}

/// Documents opened lately, within a fixed memory budget. Everything here can be dropped at any time: the
/// store has it all.
#[derive(Debug, Default)]
pub(super) struct Documents {
    loaded: BTreeMap<DocumentId, Loaded>,
    clock: u64,
}

impl Documents {
    /// The document's index, read from the store when it is not in memory; empty for an unknown document.
    pub(super) fn index(
        &mut self,
        conn: &Connection,
        document: DocumentId,
    ) -> Result<&mut DocumentIndex, ReplicaError> {
        Ok(&mut self.open(conn, document)?.index)
    }

    /// The document for writing: its index and its Automerge document.
    pub(super) fn writable(
        &mut self,
        conn: &Connection,
        document: DocumentId,
    ) -> Result<(&mut DocumentIndex, &mut AutoCommit), ReplicaError> {
        let loaded = self.open(conn, document)?;
        if loaded.automerge.is_none() {
            let (_, changes) = read(conn, document)?;
            loaded.automerge = Some(materialise(changes).map_err(|error| damaged(document, error))?);
        }
        match &mut loaded.automerge {
            Some(automerge) => Ok((&mut loaded.index, automerge)),
            None => Err(damaged(document, "it could not be materialised")),
        }
    }

    /// After operations were taken into the index from outside, Automerge's copy is stale.
    pub(super) fn drop_automerge(&mut self, document: DocumentId) {
        if let Some(loaded) = self.loaded.get_mut(&document) {
            loaded.automerge = None;
        }
    }

    /// Forgets a document: its history in the store changed, or a write was rolled back.
    pub(super) fn evict(&mut self, document: DocumentId) {
        self.loaded.remove(&document);
    }

    /// Is the document in memory?
    pub(super) fn holds(&self, document: DocumentId) -> bool {
        self.loaded.contains_key(&document)
    }

    fn open(&mut self, conn: &Connection, document: DocumentId) -> Result<&mut Loaded, ReplicaError> {
        self.clock += 1;
        let used = self.clock;
        if !self.loaded.contains_key(&document) {
            self.make_room(document);
            let (index, _) = read(conn, document)?;
            self.loaded.insert(document, Loaded { index, automerge: None, used });
        }
        let loaded = self.loaded.entry(document).or_default();
        loaded.used = used;
        Ok(loaded)
    }

    fn make_room(&mut self, keep: DocumentId) {
        let mut weight: usize = self.loaded.values().map(Loaded::weight).sum();
        while weight > BUDGET {
            let oldest = self.loaded.iter().filter(|(id, _)| **id != keep).min_by_key(|(_, l)| l.used);
            let Some((&id, loaded)) = oldest else { return };
            weight -= loaded.weight();
            self.loaded.remove(&id);
        }
    }
}

/// Reads a document's history from the store: its index and its changes, in causal order.
pub(super) fn read(
    conn: &Connection,
    document: DocumentId,
) -> Result<(DocumentIndex, Vec<Change>), ReplicaError> {
    let mut index = DocumentIndex::new();
    let mut changes = Vec::new();
    for row in segments::of(conn, document)? {
        take_in(document, &row, &mut index, &mut changes)?;
    }
    Ok((index, changes))
}

fn take_in(
    document: DocumentId,
    row: &SegmentRow,
    index: &mut DocumentIndex,
    changes: &mut Vec<Change>,
) -> Result<(), ReplicaError> {
    match row.format {
        Format::Change => {
            let change = Change::from_bytes(row.body.clone()).map_err(|error| damaged(document, error))?;
            index.admit(&change.decode()).map_err(|error| damaged(document, error))?;
            index.seal(change.hash());
            changes.push(change);
        }
        Format::Operations => {
            let installation = InstallationKey { public_key: row.origin_key, epoch: row.origin_epoch };
            let actor = derive_actor(&installation, document, row.rebase);
            // A segment may overlap one that came before it: an answer was lost and asked for again.
            let known = index.sequence(&actor);
            let mut reader = Reader::new(&row.body, actor, row.base, row.count, &Limits::default())
                .map_err(|error| damaged(document, error))?;
            while let Some(expanded) = reader.next(index).map_err(|error| damaged(document, error))? {
                if expanded.seq <= known {
                    continue;
                }
                index.admit(&expanded).map_err(|error| damaged(document, error))?;
                let (change, hash) = rebuild(expanded);
                index.seal(hash);
                changes.push(change);
            }
        }
    }
    Ok(())
}

fn damaged(document: DocumentId, detail: impl ToString) -> ReplicaError {
    ReplicaError::Damaged { document, detail: detail.to_string() }
}
