use std::cell::OnceCell;
use std::collections::BTreeMap;

use automerge::{Change, ChangeHash, ExpandedChange};

use crate::model::DocumentId;
use crate::replica::live::Changed;
use crate::replica::settle::SentSection;
use crate::replica::store::pending::{self, PendingRow};
use crate::replica::store::{documents as document_rows, outbox};
use crate::replica::{Replica, ReplicaError, damaged, recovery};
use crate::wire::{Section, operations};

/// How many operations go into one request at most.
const MAX_OPERATIONS: usize = 2_000;
/// How many bytes of Automerge changes go into one request at most; what is sent is about half of it.
const MAX_BYTES: usize = 600 << 10;

/// How many single operations (characters of a text, say) one section and one request may unfold to; the server
/// takes some more.
const MAX_UNFOLDED_SECTION: usize = 60_000;
const MAX_UNFOLDED: usize = 200_000;

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
        // New work may build on what the server lost: that comes first.
        let rows = match recovery::phase(conn)? {
            None => pending::oldest(conn, MAX_OPERATIONS, MAX_BYTES)?,
            Some(_) => Vec::new(),
        };
        Ok((rows, pending::count(conn)?))
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
    let (mut carried, mut unfolded) = (0, 0);
    for key in order {
        let Some(rows) = groups.remove(&key) else { continue };
        match section(replica, &rows) {
            Ok(made) if unfolded > 0 && unfolded + made.unfolded > MAX_UNFOLDED => break,
            Ok(made) => {
                carried += made.sent.count as u64;
                unfolded += made.unfolded;
                batch.sections.push(made.section);
                batch.sent.push(made.sent);
            }
            Err(ReplicaError::Damaged { document, detail }) => {
                tracing::error!(%document, detail, "a document does not read; the others are sent");
                replica.store().write(|tx| damaged::note(tx, document))?;
            }
            Err(error) => return Err(error),
        }
    }
    batch.waiting = u32::try_from(total.saturating_sub(carried)).unwrap_or(u32::MAX);
    mark_sent(replica, &batch.sent)?;
    Ok(batch)
}

/// The operations are on their way: their records say *sent*.
fn mark_sent(replica: &Replica, sections: &[SentSection]) -> Result<(), ReplicaError> {
    if sections.is_empty() {
        return Ok(());
    }
    let newly = replica.store().write(|tx| -> Result<Changed, ReplicaError> {
        let mut changed = Changed::default();
        for sent in sections {
            let last = sent.base + u64::from(sent.count);
            if outbox::sent(tx, sent.document, sent.rebase, sent.base + 1, last)? > 0 {
                document_rows::refresh_state(tx, sent.document)?;
                changed.documents.insert((sent.kind, sent.document));
                changed.status = true;
            }
        }
        Ok(changed)
    })?;
    replica.live().notify(&newly);
    Ok(())
}

/// One section, ready to go.
struct Made {
    section: Section,
    sent: SentSection,
    /// How many single operations the server unfolds it to.
    unfolded: usize,
}

/// Makes a section of the first of these operations, as many as one section may unfold to but at least one.
fn section(replica: &Replica, rows: &[PendingRow]) -> Result<Made, ReplicaError> {
    let first = &rows[0];
    let damaged = |detail: String| ReplicaError::Damaged {
        document: first.document,
        detail,
    };
    let previous = match first.sequence {
        1 => None,
        sequence => replica
            .store()
            .read(|conn| pending::hash_of(conn, first.document, first.rebase, sequence - 1))?,
    };
    let index = OnceCell::new();
    let mut changes: Vec<ExpandedChange> = Vec::with_capacity(rows.len());
    let mut hashes: Vec<ChangeHash> = Vec::with_capacity(rows.len());
    let mut unfolded = 0;
    for row in rows {
        let change = Change::from_bytes(row.body.clone()).map_err(|error| damaged(error.to_string()))?;
        if !changes.is_empty() && unfolded + change.len() > MAX_UNFOLDED_SECTION {
            break;
        }
        unfolded += change.len();
        hashes.push(change.hash());
        changes.push(change.decode());
    }
    let bytes = operations::encode(&changes, &hashes, previous.map(ChangeHash), &|hash| {
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
        count: u32::try_from(changes.len()).unwrap_or(u32::MAX),
    };
    let section = Section {
        document: sent.document,
        kind: sent.kind,
        rebase: sent.rebase,
        base: sent.base,
        count: sent.count,
        check,
        operations: bytes.into(),
        former: first.origin != replica.installation()?,
    };
    Ok(Made {
        section,
        sent,
        unfolded,
    })
}
