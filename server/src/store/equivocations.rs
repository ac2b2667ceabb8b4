use fieldbook_core::model::{DeviceId, TenantId};
use fieldbook_core::wire::Origin;

use super::{ActorRow, Result};

/// Two operations of one actor under one sequence number: only a copied installation, or a forger with its key, makes
/// both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EquivocationRow {
    /// The actor.
    pub actor: ActorRow,
    /// The sequence number that was used twice.
    pub sequence: u64,
    /// The hash of the operation that is stored.
    pub stored: [u8; 32],
    /// The hash of the operation that came later and was refused.
    pub claimed: [u8; 32],
    /// The device whose token brought the second one.
    pub device: DeviceId,
    /// When, in milliseconds since 1970.
    pub received_ms: u64,
    /// The operations that came, as sent; empty when they are too long to be kept.
    pub operations: Vec<u8>,
}

/// Reading the evidence.
pub trait EquivocationReader {
    /// All that is recorded, oldest first, at most `limit` rows.
    fn equivocations(&self, tenant: TenantId, limit: usize) -> Result<Vec<EquivocationRow>>;
    /// How many are recorded of one installation.
    fn equivocations_of(&self, tenant: TenantId, origin: &Origin) -> Result<u64>;
}

/// Recording the evidence.
pub trait EquivocationWriter {
    /// Records an equivocation; false when this one was recorded before.
    fn record_equivocation(&mut self, tenant: TenantId, row: &EquivocationRow) -> Result<bool>;
}
