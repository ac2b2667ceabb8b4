//! What a document shows, from the index and from Automerge.

use automerge::AutoCommit;

use crate::document::shown;
use crate::gate::{DocumentIndex, Shown};

/// The document as the index has it.
pub(super) fn by_index(index: &DocumentIndex) -> Shown {
    index.shown()
}

/// The document as Automerge has it.
pub(super) fn by_automerge(doc: &mut AutoCommit) -> Shown {
    shown(doc)
}
