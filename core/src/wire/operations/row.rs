//! What a row of changes has to be for its reader to derive the rest.

use automerge::{ActorId, ChangeHash, ExpandedChange};

use super::OperationsError;

/// The changes are of one actor and in sequence, each with its hash.
pub(super) fn check_row(
    changes: &[ExpandedChange],
    hashes: &[ChangeHash],
    writer: &ActorId,
) -> Result<(), OperationsError> {
    let first = changes.first().map_or(1, |change| change.seq);
    let in_sequence = changes
        .iter()
        .zip(first..)
        .all(|(change, sequence)| change.seq == sequence);
    if !in_sequence || changes.iter().any(|change| change.actor_id != *writer) {
        return Err(OperationsError::Unsupported(
            "changes that are no row of one actor",
        ));
    }
    if changes.len() != hashes.len() {
        return Err(OperationsError::Unsupported("changes without their hashes"));
    }
    if changes.iter().any(|change| !change.extra_bytes.is_empty()) {
        return Err(OperationsError::Unsupported("extra bytes"));
    }
    Ok(())
}

/// The first counter is never sent, so it has to be the one that the reader derives.
pub(super) fn check_start(
    change: &ExpandedChange,
    max_op_of: impl Fn(&ChangeHash) -> Option<u64>,
) -> Result<(), OperationsError> {
    let mut highest = 0;
    for hash in &change.deps {
        highest = highest.max(max_op_of(hash).ok_or(OperationsError::UnknownDependency(*hash))?);
    }
    if change.start_op.get() == highest + 1 {
        Ok(())
    } else {
        Err(OperationsError::Unsupported(
            "a first counter that does not follow from the dependencies",
        ))
    }
}
