use std::cell::OnceCell;
use std::collections::BTreeMap;

use automerge::{Change, ChangeHash, ExpandedChange};

use crate::model::DocumentId;
use crate::replica::settle::SentSection;
use crate::replica::store::outbox;
use crate::replica::store::pending::{self, PendingRow};
use crate::replica::{Replica, ReplicaError};
use crate::wire::{Section, operations};

/// How many operations go into one request at most.
const MAX_OPERATIONS: usize = 2_000;
/// How many bytes of Automerge changes go into one request at most; what is sent is about half of it.
const MAX_BYTES: usize = 600 << 10;

/// What one request carries.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) sections: Vec<Section>,
    pub(super) sent: Vec<SentSection>,
    pub(super) waiting: u32,
}

/// Collects the oldest operations that the server has not acknowledged, grouped by document and actor. A
/// document that others refer to was made first, so its section comes first.
pub(super) fn collect(replica: &Replica) -> Result<Batch, ReplicaError> {
    let (rows, total) = replica.store().read(|conn| -> Result<_, ReplicaError> {
        Ok((
            pending::oldest(conn, MAX_OPERATIONS, MAX_BYTES)?,
            pending::count(conn)?,
        ))
    })?;
    let mut order = Vec::new();
    let mut groups: BTreeMap<(DocumentId, u32), Vec<PendingRow>> = BTreeMap::new();
    for row in rows {
        let group = groups.entry((row.document, row.rebase)).or_default();
        if group.is_empty() {
            order.push((row.document, row.rebase));
        }
        group.push(row);
    }
    let mut batch = Batch::default();
    let mut carried = 0;
    for key in order {
        let Some(rows) = groups.remove(&key) else { continue };
        carried += rows.len();
        let first = &rows[0];
        let previous = replica.store().read(|conn| -> Result<_, ReplicaError> {
            Ok(pending::hash_of(
                conn,
                first.document,
                first.rebase,
                first.sequence - 1,
            )?)
        })?;
        let (section, sent) = section(replica, &rows, previous.map(ChangeHash))?;
        batch.sections.push(section);
        batch.sent.push(sent);
    }
    batch.waiting = u32::try_from(total.saturating_sub(carried as u64)).unwrap_or(u32::MAX);
    if !batch.sent.is_empty() {
        replica.store().write(|tx| -> Result<(), ReplicaError> {
            for sent in &batch.sent {
                outbox::sent(
                    tx,
                    sent.document,
                    sent.rebase,
                    sent.base + 1,
                    sent.base + u64::from(sent.count),
                )?;
            }
            Ok(())
        })?;
    }
    Ok(batch)
}

fn section(
    replica: &Replica,
    rows: &[PendingRow],
    previous: Option<ChangeHash>,
) -> Result<(Section, SentSection), ReplicaError> {
    let first = &rows[0];
    let damaged = |detail: String| ReplicaError::Damaged {
        document: first.document,
        detail,
    };
    let index = OnceCell::new();
    let mut changes: Vec<ExpandedChange> = Vec::with_capacity(rows.len());
    let mut hashes: Vec<ChangeHash> = Vec::with_capacity(rows.len());
    for row in rows {
        let change = Change::from_bytes(row.body.clone()).map_err(|error| damaged(error.to_string()))?;
        hashes.push(change.hash());
        changes.push(change.decode());
    }
    let bytes = operations::encode(&changes, &hashes, previous, &|hash| {
        // Only a change that builds on something older than this section asks.
        index
            .get_or_init(|| replica.document(first.document).ok().flatten())
            .as_ref()
            .and_then(|index| index.max_op(hash))
    })
    .map_err(|error| damaged(error.to_string()))?;
    let mut check = [0u8; 4];
    if let Some(last) = hashes.last() {
        check.copy_from_slice(&last.0[..4]);
    }
    let sent = SentSection {
        document: first.document,
        kind: first.kind,
        rebase: first.rebase,
        base: first.sequence - 1,
        count: u32::try_from(rows.len()).unwrap_or(u32::MAX),
    };
    let section = Section {
        document: sent.document,
        kind: sent.kind,
        rebase: sent.rebase,
        base: sent.base,
        count: sent.count,
        check,
        operations: bytes.into(),
    };
    Ok((section, sent))
}
