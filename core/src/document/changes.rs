use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, AutoCommit, AutoSerde, Change, ChangeHash, ExpandedChange, TextEncoding};

use super::{Command, CommandError};

/// One command as one Automerge change.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The change, taken apart for the gate and the wire.
    pub change: ExpandedChange,
    /// Its hash.
    pub hash: ChangeHash,
    /// The change as Automerge stores it, not compressed.
    pub raw: Vec<u8>,
}

/// Writes `command` into `doc` as one change of `actor`, made at `time_ms` (Unix time in milliseconds, which
/// is what the change's time field holds here).
///
/// A command that finds everything as it wants it writes an empty change, so that one command is always one
/// operation. On an error the document is as it was before.
pub fn write(
    doc: &mut AutoCommit,
    actor: &ActorId,
    command: &Command,
    time_ms: i64,
) -> Result<Written, CommandError> {
    if doc.pending_ops() > 0 {
        doc.rollback();
        return Err(lost("another command was left unfinished in it"));
    }
    doc.set_actor(actor.clone());
    let fresh = doc.get_heads().is_empty();
    if let Err(error) = command.apply(doc, fresh) {
        doc.rollback();
        return Err(error);
    }
    let options = CommitOptions::default().with_time(time_ms);
    let hash = if doc.pending_ops() == 0 {
        doc.rollback();
        doc.empty_change(options)
    } else {
        doc.commit_with(options)
            .ok_or_else(|| lost("the commit made no change"))?
    };
    let change = doc
        .get_change_by_hash(&hash)
        .ok_or_else(|| lost("the change just made is not there"))?;
    Ok(Written {
        change: change.decode(),
        hash,
        raw: change.raw_bytes().to_vec(),
    })
}

/// Puts a change together again that the gate has admitted, and computes its hash.
///
/// Automerge trusts what it is given here: never call it with a change that the gate has not seen.
pub fn rebuild(change: ExpandedChange) -> (Change, ChangeHash) {
    let change = Change::from(change);
    let hash = change.hash();
    (change, hash)
}

/// Makes a document of its changes, each after those it depends on; of none, an empty document.
///
/// Positions in texts count Unicode scalar values.
pub fn materialise(changes: Vec<Change>) -> Result<AutoCommit, CommandError> {
    let mut doc = AutoCommit::new_with_encoding(TextEncoding::UnicodeCodePoint);
    let count = changes.len();
    doc.apply_changes(changes)?;
    let missing = doc.get_missing_deps(&[]).len();
    if missing > 0 {
        return Err(lost(&format!(
            "{missing} changes that these {count} build on are not there"
        )));
    }
    Ok(doc)
}

/// The document as JSON, texts as strings; for comparing replicas.
pub fn to_json(doc: &AutoCommit) -> serde_json::Value {
    serde_json::to_value(AutoSerde::from(doc)).unwrap_or_default()
}

fn lost(problem: &str) -> CommandError {
    CommandError::Document(problem.to_owned())
}
