use automerge::{ActorId, AutoCommit, AutoSerde, Change, ChangeHash, ExpandedChange, TextEncoding};

use super::draft::Draft;
use super::{Command, CommandError};
use crate::gate::DocumentIndex;

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

/// Writes `command` as one change of `actor` on top of what `index` holds, made at `time_ms` (Unix time in
/// milliseconds, which is what the change's time field holds here).
///
/// The index is not changed: admit and seal the change to go on from it. A command that finds everything as it
/// wants it writes an empty change, so that one command is always one operation.
///
/// # Errors
/// A command that does not fit the document.
pub fn write(
    index: &DocumentIndex,
    actor: &ActorId,
    command: &Command,
    time_ms: i64,
) -> Result<Written, CommandError> {
    let mut draft = Draft::new(index, actor);
    command.apply(&mut draft)?;
    let change = draft.finish(time_ms);
    let (made, hash) = rebuild(change.clone());
    Ok(Written {
        change,
        hash,
        raw: made.raw_bytes().to_vec(),
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
