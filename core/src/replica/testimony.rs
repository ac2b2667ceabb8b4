use std::collections::BTreeMap;

use automerge::Change;

use super::error::ReplicaError;
use super::store::segments::Format;
use super::store::testimony::{DoubtRow, Place};
use crate::gate::DocumentIndex;
use crate::model::{DocumentId, InstallationKey, derive_actor};
use crate::wire::{Origin, Testimony, operations};

/// Operations that a seal proves, and the rows that they are made of.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) testimony: Testimony,
    pub(super) places: Vec<Place>,
}

/// Puts rows of one document together, each actor's up to a row with a seal. What no seal proves is left out.
pub(super) fn pieces(rows: Vec<DoubtRow>, index: &DocumentIndex) -> Result<Vec<Piece>, ReplicaError> {
    let mut open: BTreeMap<([u8; 32], u32, u32), Vec<DoubtRow>> = BTreeMap::new();
    let mut made = Vec::new();
    for row in rows {
        let actor = (row.origin.public_key, row.origin.epoch, row.rebase);
        let run = open.entry(actor).or_default();
        let is_sealed = row.seal.is_some();
        run.push(row);
        if is_sealed {
            made.extend(piece(run, index)?);
            run.clear();
        }
    }
    Ok(made)
}

/// One piece of a run that ends with a seal.
fn piece(run: &[DoubtRow], index: &DocumentIndex) -> Result<Option<Piece>, ReplicaError> {
    let places = run.iter().map(|row| row.place).collect();
    // What came over the wire goes back as it came; older rows of its writer have no seal because no backup lacks them.
    let first = match run.iter().rposition(|row| row.format == Format::Operations) {
        // The last row has the seal: alone if it came over the wire, else with what this phone wrote since.
        Some(at) if at + 1 == run.len() => at,
        Some(at) => at + 1,
        None => 0,
    };
    let rows = &run[first..];
    let (Some(start), Some(last)) = (rows.first(), rows.last()) else {
        return Ok(None);
    };
    let Some(seal) = last.seal else { return Ok(None) };
    let operations = match start.format {
        Format::Operations => start.body.clone(),
        Format::Change => encode(rows, index)?,
    };
    let testimony = Testimony {
        document: start.document,
        kind: start.kind,
        origin: start.origin,
        rebase: start.rebase,
        base: start.base,
        count: rows.iter().map(|row| row.count).sum(),
        operations: operations.into(),
        seal,
    };
    Ok(Some(Piece { testimony, places }))
}

/// This phone's own changes as the wire carries them.
fn encode(rows: &[DoubtRow], index: &DocumentIndex) -> Result<Vec<u8>, ReplicaError> {
    let first = &rows[0];
    let unreadable = |detail: String| ReplicaError::Damaged {
        document: first.document,
        detail,
    };
    let (mut changes, mut hashes) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
    for row in rows {
        let change = Change::from_bytes(row.body.clone()).map_err(|error| unreadable(error.to_string()))?;
        hashes.push(change.hash());
        changes.push(change.decode());
    }
    let actor = derive_actor(&installation(&first.origin), first.document, first.rebase);
    let before = index.hash_of(&actor, first.base);
    operations::encode(&changes, &hashes, before, &|hash| index.max_op(hash))
        .map_err(|error| unreadable(error.to_string()))
}

fn installation(origin: &Origin) -> InstallationKey {
    InstallationKey {
        public_key: origin.public_key,
        epoch: origin.epoch,
    }
}

/// Rows by their document, the documents in the order in which they first come.
pub(super) fn by_document(rows: Vec<DoubtRow>) -> Vec<(DocumentId, Vec<DoubtRow>)> {
    let mut groups: Vec<(DocumentId, Vec<DoubtRow>)> = Vec::new();
    for row in rows {
        match groups.last_mut() {
            Some((document, group)) if *document == row.document => group.push(row),
            _ => groups.push((row.document, vec![row])),
        }
    }
    groups
}
