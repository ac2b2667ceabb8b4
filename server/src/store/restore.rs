use fieldbook_core::model::{DeviceId, DocumentId, TenantId};

use super::Result;

/// One restore of this server from a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RestoreRow {
    /// The epoch that began with it.
    pub epoch: u32,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
    /// Until when rulings wait for phones that may hold one that was lost, in milliseconds since 1970.
    pub hold_until_ms: u64,
}

/// Reading what a restore left to be done.
pub trait RestoreReader {
    /// The last restore, `None` when there never was one.
    fn restored(&self) -> Result<Option<RestoreRow>>;
    /// How many devices that were seen at or after `since_ms`, or made between then and this restore, have not caught up with it.
    /// Only those count that still have access: not revoked, not locked, of nobody who left.
    fn behind(&self, restore: &RestoreRow, since_ms: u64) -> Result<u64>;
    /// Has this device caught up with `epoch`?
    fn has_caught_up(&self, tenant: TenantId, device: DeviceId, epoch: u32) -> Result<bool>;
    /// Documents whose rulings wait, at most `limit`.
    fn held(&self, limit: usize) -> Result<Vec<(TenantId, DocumentId)>>;
}

/// Writing down a restore and what it leaves to be done.
pub trait RestoreWriter {
    /// The server goes on under a new epoch.
    fn put_restore(&mut self, restore: &RestoreRow) -> Result<()>;
    /// Rulings of the last restore wait until another time.
    fn set_hold(&mut self, hold_until_ms: u64) -> Result<()>;
    /// A device has read the log of `epoch` and handed back what it held.
    fn caught_up(&mut self, tenant: TenantId, device: DeviceId, epoch: u32) -> Result<()>;
    /// The rulings on this document wait.
    fn hold(&mut self, tenant: TenantId, document: DocumentId) -> Result<()>;
    /// They wait no longer.
    fn release(&mut self, tenant: TenantId, document: DocumentId) -> Result<()>;
}
