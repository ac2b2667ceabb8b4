use std::collections::BTreeMap;

use fieldbook_core::model::DocumentId;

/// What the people of a story were told: what they did, and what was acknowledged to their phones.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger {
    /// Every operation that a phone wrote, in order.
    pub written: Vec<WrittenOperation>,
    /// Every operation that the server acknowledged and a phone took note of, with its recorded command.
    pub acknowledged: BTreeMap<Acknowledged, String>,
}

/// An operation that a phone said it saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WrittenOperation {
    /// The phone, by its place in the cast.
    pub phone: usize,
    /// The step that did it.
    pub step: u32,
    /// The document.
    pub document: DocumentId,
    /// The recorded command.
    pub command: String,
    /// What can only be in the document's history if the operation is; absent for a removal, say.
    pub mark: Option<String>,
}

/// An operation that was acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Acknowledged {
    /// The phone, by its place in the cast.
    pub phone: usize,
    /// The document.
    pub document: DocumentId,
    /// The change's hash.
    pub hash: [u8; 32],
}

/// An operation that travels in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Carried {
    /// The document.
    pub document: DocumentId,
    /// The change's hash.
    pub hash: [u8; 32],
    /// The recorded command.
    pub command: String,
}
