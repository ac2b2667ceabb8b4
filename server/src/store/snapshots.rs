use fieldbook_core::model::{DocumentId, TenantId};

use super::Result;

/// A document as it was after a segment of the log, for readers that do not read operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotRow {
    /// The document.
    pub document: DocumentId,
    /// The sequence of the last segment that is in it.
    pub as_of: u64,
    /// What the document shows, as JSON; texts are strings.
    pub json: String,
}

/// A document that could not be materialised: it waits for the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAsideRow {
    /// The document.
    pub document: DocumentId,
    /// The sequence of its last segment then.
    pub as_of: u64,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
    /// What happened.
    pub reason: String,
    /// The operator asked to try it again.
    pub is_released: bool,
}

/// Documents to be materialised, and where in the log that leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
    /// The documents, each once.
    pub documents: Vec<DocumentId>,
    /// The sequence up to which the log has no others.
    pub until: u64,
}

/// Reading what was materialised.
pub trait SnapshotReader {
    /// What is next: released documents, then those of at most `rows` rows of the log that were not looked at yet.
    /// Documents that are set aside are left out.
    fn backlog(&self, tenant: TenantId, rows: usize) -> Result<Backlog>;
    /// The snapshot of a document.
    fn snapshot(&self, tenant: TenantId, document: DocumentId) -> Result<Option<SnapshotRow>>;
    /// What is set aside, oldest first.
    fn set_aside(&self, tenant: TenantId) -> Result<Vec<SetAsideRow>>;
}

/// Writing what was materialised.
pub trait SnapshotWriter {
    /// Replaces a document's snapshot; it is not set aside any more.
    fn put_snapshot(&mut self, tenant: TenantId, row: &SnapshotRow) -> Result<()>;
    /// Sets a document aside.
    fn put_aside(&mut self, tenant: TenantId, row: &SetAsideRow) -> Result<()>;
    /// Lets a document be tried again; false when it is not set aside.
    fn try_again(&mut self, tenant: TenantId, document: DocumentId) -> Result<bool>;
    /// Remembers up to where the log was looked at.
    fn materialised(&mut self, tenant: TenantId, until: u64) -> Result<()>;
}
