use fieldbook_core::model::{DeviceId, DocumentId, Kind, TenantId};
use fieldbook_core::wire::{Origin, Seal};

use super::{DocumentRow, NewSegment, Proof, Result};

/// One row of the log of operations with everything that its hash covers, and the hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditedSegment {
    /// Its place in the log.
    pub sequence: u64,
    /// The document.
    pub document: DocumentId,
    /// The kind in the document's row; absent when there is none.
    pub kind: Option<Kind>,
    /// The device that sent it, absent for the server's own and for what was handed back to it.
    pub device: Option<DeviceId>,
    /// The installation that wrote it.
    pub origin: Origin,
    /// The rebase count of the actor.
    pub rebase: u32,
    /// How many operations of the actor came before.
    pub base: u64,
    /// How many operations it holds.
    pub count: u32,
    /// The operations.
    pub operations: Vec<u8>,
    /// When it arrived, in milliseconds since 1970.
    pub received_ms: u64,
    /// The seal of the last operation.
    pub seal: Seal,
    /// Which request proves who wrote it.
    pub proof: Option<Proof>,
    /// The hash chain here.
    pub hash: [u8; 32],
}

impl AuditedSegment {
    /// The segment as it was appended.
    pub fn as_appended(&self) -> NewSegment<'_> {
        NewSegment {
            device: self.device,
            origin: self.origin,
            rebase: self.rebase,
            base: self.base,
            count: self.count,
            operations: &self.operations,
            received_ms: self.received_ms,
            seal: self.seal,
            proof: self.proof,
        }
    }
}

/// Reading everything, row by row, as an audit wants it.
pub trait AuditReader {
    /// The log of operations after `after`, at most `limit` rows.
    fn audited_log(&self, tenant: TenantId, after: u64, limit: usize) -> Result<Vec<AuditedSegment>>;
    /// The segments of one document, in log order.
    fn audited_segments(&self, tenant: TenantId, document: DocumentId) -> Result<Vec<AuditedSegment>>;
    /// All documents, sorted by id.
    fn audited_documents(&self, tenant: TenantId) -> Result<Vec<(DocumentId, DocumentRow)>>;
    /// The sequence at which a document last left somebody, 0 when it never did.
    fn last_move(&self, tenant: TenantId, document: DocumentId) -> Result<u64>;
}
