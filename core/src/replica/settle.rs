use rusqlite::Connection;

use super::documents::Documents;
use super::error::ReplicaError;
use super::execute::{Author, apply, refresh_state};
use super::live::Changed;
use super::parking::Parking;
use super::recovery;
use super::store::documents::DocumentState;
use super::store::outbox::{self, OutboxRow};
use super::store::parked::{self, NewParked};
use super::store::{Savepoint, documents as document_rows, projections, segments, testimony};
use super::upgrade;
use crate::document::Command;
use crate::model::{DocumentId, Kind};
use crate::wire::{Rejection, SectionVerdict, Verdict};

/// What was sent in one section, as the replica remembers it while the answer is on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentSection {
    /// The document.
    pub document: DocumentId,
    /// Its kind.
    pub kind: Kind,
    /// The rebase count of the actor.
    pub rebase: u32,
    /// The sequence of the operation before the first.
    pub base: u64,
    /// How many.
    pub count: u32,
}

/// How one section ended, for the totals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Settled {
    pub(super) accepted: u64,
    pub(super) duplicate: u64,
    pub(super) parked: u64,
    pub(super) offered_again: u64,
    pub(super) retry_after_ms: Option<u64>,
}

/// Takes the server's verdicts on one section into the store; `settled_ms` is the server's time.
pub(super) fn settle(
    tx: &Connection,
    documents: &mut Documents,
    author: &Author<'_>,
    sent: &SentSection,
    (verdict, settled_ms): (&SectionVerdict, u64),
    changed: &mut Changed,
) -> Result<Settled, ReplicaError> {
    let stored = u64::from(verdict.stored.min(sent.count));
    let mut settled = Settled {
        duplicate: u64::from(verdict.duplicate).min(stored),
        accepted: stored.saturating_sub(u64::from(verdict.duplicate)),
        ..Settled::default()
    };
    outbox::accept(
        tx,
        sent.document,
        sent.rebase,
        sent.base + 1,
        sent.base + stored,
        settled_ms,
    )?;
    if let Some(seal) = verdict.seal.filter(|_| stored > 0) {
        outbox::seal(tx, sent.document, sent.rebase, sent.base + stored, seal)?;
    }
    let mut sequence = sent.base + stored;
    for rest in &verdict.rest {
        sequence += 1;
        match rest {
            Verdict::Accepted | Verdict::Duplicate => {
                outbox::accept(tx, sent.document, sent.rebase, sequence, sequence, settled_ms)?;
                settled.accepted += 1;
            }
            Verdict::Transient { retry_after_ms } => settled.retry_after_ms = Some(*retry_after_ms),
            Verdict::WaitsOn(blocker) => {
                if blocker.document == sent.document && blocker.sequence != 0 && blocker.sequence <= sent.base
                {
                    // The server lacks operations that it once acknowledged: offer them again.
                    let from = blocker.sequence;
                    let proven = testimony::doubt(tx, sent.document, sent.rebase, from)?;
                    if proven > 0 {
                        recovery::hand_back(tx)?;
                    }
                    let behind = from + proven as u64;
                    let offered = proven + outbox::offer_again(tx, sent.document, sent.rebase, behind)?;
                    settled.offered_again += offered as u64;
                }
            }
            Verdict::Rejected(rejection)
                if rejection.is_of_a_copy() || upgrade::is_older(tx, sent, sequence)? =>
            {
                settled.parked += fork(tx, documents, author, sent, sequence)?;
                break;
            }
            Verdict::Rejected(rejection) => {
                let refusal = Refusal {
                    document: sent.document,
                    kind: sent.kind,
                    rebase: sent.rebase,
                    sequence,
                    rejection,
                    depends_on: None,
                };
                settled.parked += park_from(tx, documents, author, &refusal)?;
                break;
            }
        }
    }
    refresh_state(tx, sent.document)?;
    changed.documents.insert((sent.kind, sent.document));
    Ok(settled)
}

/// Another phone wrote another operation under the same name, one of the two being a copy of the other; or an older version of the
/// app wrote it. Nobody did anything wrong, so nothing is parked: this operation and the later ones are made anew under this
/// installation's next name.
fn fork(
    tx: &Connection,
    documents: &mut Documents,
    author: &Author<'_>,
    sent: &SentSection,
    sequence: u64,
) -> Result<u64, ReplicaError> {
    let undone = undo(tx, documents, (sent.document, sent.kind), sent.rebase, sequence)?;
    let mut parked = 0;
    for row in &undone {
        parked += u64::from(!replay(tx, documents, author, sent.kind, row, None)?);
    }
    Ok(parked)
}

/// Takes the operations of this phone from one on out of a document, and whatever was written on top of them.
pub(super) fn undo(
    tx: &Connection,
    documents: &mut Documents,
    (document, kind): (DocumentId, Kind),
    rebase: u32,
    sequence: u64,
) -> Result<Vec<OutboxRow>, ReplicaError> {
    let from = outbox::from_sequence(tx, document, rebase, sequence)?;
    let Some(first) = from.first().map(|row| row.position) else {
        return Ok(Vec::new());
    };
    // A copied phone has two names: what it wrote under its own stands on what it had written under the former.
    let mut undone = outbox::pending_of(tx, document)?;
    undone.retain(|row| row.position >= first);
    for row in &undone {
        segments::remove(tx, row.position)?;
    }
    documents.evict(document);
    document_rows::next_rebase(tx, document)?;
    let index = super::documents::read(tx, document)?;
    projections::remove(tx, document)?;
    if !index.is_empty() {
        projections::project(tx, kind, document, &index, &[])?;
    }
    Ok(undone)
}

/// An operation of this phone that cannot stand, and why.
pub(super) struct Refusal<'a> {
    pub(super) document: DocumentId,
    pub(super) kind: Kind,
    pub(super) rebase: u32,
    pub(super) sequence: u64,
    pub(super) rejection: &'a Rejection,
    /// The parked operation that it needs.
    pub(super) depends_on: Option<i64>,
}

/// A refused operation is parked; the document is rebuilt from what the server accepted, and the later
/// operations of this phone are made anew from their recorded commands by the actor of the next rebase. One that
/// no longer fits depended on the refused one and is parked with it. Returns how many were parked.
pub(super) fn park_from(
    tx: &Connection,
    documents: &mut Documents,
    author: &Author<'_>,
    refusal: &Refusal<'_>,
) -> Result<u64, ReplicaError> {
    let kind = refusal.kind;
    let undone = undo(
        tx,
        documents,
        (refusal.document, kind),
        refusal.rebase,
        refusal.sequence,
    )?;
    let Some((refused, later)) = undone.split_first() else {
        return Ok(0);
    };
    let first = park(tx, author, kind, refused, refusal.rejection, refusal.depends_on)?;
    let mut parked = 1;
    for row in later {
        if is_out_of_reach(refusal.rejection) {
            park(tx, author, kind, row, refusal.rejection, Some(first))?;
            parked += 1;
        } else {
            parked += u64::from(!replay(tx, documents, author, kind, row, Some(first))?);
        }
    }
    Ok(parked)
}

/// Nothing that this phone writes into the document is accepted any more: making the later operations anew would only
/// hand them in again one by one.
fn is_out_of_reach(rejection: &Rejection) -> bool {
    matches!(
        rejection.rule.as_str(),
        "document.unknown" | "rights.left" | "rights.revoked"
    )
}

/// Makes one recorded command anew; parks it when it no longer fits. True when it was made.
pub(super) fn replay(
    tx: &Connection,
    documents: &mut Documents,
    author: &Author<'_>,
    kind: Kind,
    row: &OutboxRow,
    depends_on: Option<i64>,
) -> Result<bool, ReplicaError> {
    let Ok(command) = serde_json::from_str::<Command>(&row.command) else {
        // Written by another version of the app: kept word for word.
        park(
            tx,
            author,
            kind,
            row,
            &Parking::UnknownCommand.rejection(),
            depends_on,
        )?;
        return Ok(false);
    };
    let then = Author {
        at_ms: row.written_ms,
        ..*author
    };
    // A failed attempt may have written some rows: the savepoint takes them back.
    let savepoint = Savepoint::begin(tx)?;
    match apply(tx, documents, &then, &command) {
        Ok(()) => {
            savepoint.keep()?;
            Ok(true)
        }
        Err(ReplicaError::Refused(rejection)) => {
            savepoint.take_back()?;
            documents.evict(row.document);
            park(tx, author, kind, row, &rejection, depends_on)?;
            Ok(false)
        }
        Err(ReplicaError::Command(error)) => {
            savepoint.take_back()?;
            documents.evict(row.document);
            park(
                tx,
                author,
                kind,
                row,
                &Parking::DependsOnRejected(error.to_string()).rejection(),
                depends_on,
            )?;
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

/// Puts an operation aside for the person; answers its number.
pub(super) fn park(
    tx: &Connection,
    author: &Author<'_>,
    kind: Kind,
    row: &OutboxRow,
    rejection: &Rejection,
    depends_on: Option<i64>,
) -> Result<i64, ReplicaError> {
    debug_assert_ne!(
        row.state,
        DocumentState::Accepted,
        "an accepted operation is never parked"
    );
    let text = rejection_text(rejection)?;
    let parked = NewParked {
        document: row.document,
        kind,
        command: &row.command,
        rejection: &text,
        depends_on,
        written_ms: row.written_ms,
        parked_ms: author.at_ms,
    };
    Ok(parked::insert(tx, &parked)?)
}

/// A rejection as parked work keeps it.
pub(super) fn rejection_text(rejection: &Rejection) -> Result<String, ReplicaError> {
    serde_json::to_string(rejection).map_err(|error| ReplicaError::Record {
        what: "the rejection",
        detail: error.to_string(),
    })
}
