use std::collections::BTreeMap;

use automerge::Change;
use rusqlite::Connection;

use super::error::ReplicaError;
use super::store::segments::{self, Format, SegmentRow};
use crate::document::rebuild;
use crate::gate::DocumentIndex;
use crate::model::{DocumentId, InstallationKey, derive_actor};
use crate::wire::operations::{Limits, Reader};

/// How much the cache may hold, in bytes as [`DocumentIndex::weight`] counts.
const BUDGET: usize = 4 << 20;
/// One document's index in memory.
#[derive(Debug, Default)]
struct Loaded {
    index: DocumentIndex,
    used: u64,
}

/// Indexes of documents opened lately, within a fixed memory budget. Everything here can be dropped at any time: the
/// store has it all. Automerge documents are made only when somebody asks for one.
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
        self.clock += 1;
        let used = self.clock;
        if !self.loaded.contains_key(&document) {
            self.make_room();
            let index = read(conn, document)?;
            self.loaded.insert(document, Loaded { index, used });
        }
        let loaded = self.loaded.entry(document).or_default();
        loaded.used = used;
        Ok(&mut loaded.index)
    }

    /// Forgets a document: its history in the store changed, or a write was rolled back.
    pub(super) fn evict(&mut self, document: DocumentId) {
        self.loaded.remove(&document);
    }

    /// Is the document in memory?
    pub(super) fn holds(&self, document: DocumentId) -> bool {
        self.loaded.contains_key(&document)
    }

    fn make_room(&mut self) {
        let mut weight: usize = self.loaded.values().map(|loaded| loaded.index.weight()).sum();
        while weight > BUDGET {
            let oldest = self
                .loaded
                .iter()
                .min_by_key(|(_, loaded)| loaded.used)
                .map(|(id, _)| *id);
            let Some(loaded) = oldest.and_then(|id| self.loaded.remove(&id)) else {
                return;
            };
            weight = weight.saturating_sub(loaded.index.weight());
        }
    }
}

/// Reads a document's index from its history in the store.
pub(super) fn read(conn: &Connection, document: DocumentId) -> Result<DocumentIndex, ReplicaError> {
    read_with(conn, document, |_| ())
}

/// Reads a document's changes from the store, in causal order.
pub(super) fn changes(conn: &Connection, document: DocumentId) -> Result<Vec<Change>, ReplicaError> {
    let mut changes = Vec::new();
    read_with(conn, document, |change| changes.push(change))?;
    Ok(changes)
}

fn read_with(
    conn: &Connection,
    document: DocumentId,
    mut each: impl FnMut(Change),
) -> Result<DocumentIndex, ReplicaError> {
    let mut index = DocumentIndex::new();
    for row in segments::of(conn, document)? {
        take_in(document, &row, &mut index, &mut each)?;
    }
    Ok(index)
}

fn take_in(
    document: DocumentId,
    row: &SegmentRow,
    index: &mut DocumentIndex,
    each: &mut impl FnMut(Change),
) -> Result<(), ReplicaError> {
    match row.format {
        Format::Change => {
            let change = Change::from_bytes(row.body.clone()).map_err(|error| damaged(document, &error))?;
            index
                .admit(&change.decode())
                .map_err(|error| damaged(document, &error))?;
            index.seal(change.hash());
            each(change);
        }
        Format::Operations => {
            let installation = InstallationKey {
                public_key: row.origin_key,
                epoch: row.origin_epoch,
            };
            let actor = derive_actor(&installation, document, row.rebase);
            // A segment may overlap one that came before it: an answer was lost and asked for again.
            let known = index.sequence(&actor);
            let mut reader = Reader::new(&row.body, actor, row.base, row.count, &Limits::default())
                .map_err(|error| damaged(document, &error))?;
            while let Some(expanded) = reader.next(index).map_err(|error| damaged(document, &error))? {
                if expanded.seq <= known {
                    continue;
                }
                index
                    .admit(&expanded)
                    .map_err(|error| damaged(document, &error))?;
                let (change, hash) = rebuild(expanded);
                index.seal(hash);
                each(change);
            }
        }
    }
    Ok(())
}

fn damaged(document: DocumentId, detail: &dyn std::fmt::Display) -> ReplicaError {
    ReplicaError::Damaged {
        document,
        detail: detail.to_string(),
    }
}
