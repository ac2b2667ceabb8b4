use fieldbook_core::model::{DeviceId, DocumentId, TenantId};

use super::Result;

/// A document in which a phone wrote operations that are dated later than the server's clock was when they came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FutureRow {
    /// The document.
    pub document: DocumentId,
    /// The phone.
    pub device: DeviceId,
    /// The latest date of these operations, in milliseconds since 1970.
    pub written_ms: u64,
    /// The server's clock when that one came, in milliseconds since 1970.
    pub received_ms: u64,
}

/// Reading what is dated in the future.
pub trait FutureReader {
    /// All that is noted, oldest arrival first, at most `limit` rows.
    fn future_dated(&self, tenant: TenantId, limit: usize) -> Result<Vec<FutureRow>>;
}

/// Noting what is dated in the future.
pub trait FutureWriter {
    /// Notes it; of one phone and document the latest date stays.
    fn note_future(&mut self, tenant: TenantId, row: &FutureRow) -> Result<()>;
}
