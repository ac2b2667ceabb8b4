use fieldbook_core::model::{DocumentId, TenantId};
use fieldbook_core::wire::{Origin, Rejection};

use super::Result;

/// One actor of a document: whose sequence numbers they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActorRow {
    /// The document.
    pub document: DocumentId,
    /// The installation.
    pub origin: Origin,
    /// The rebase count.
    pub rebase: u32,
}

/// Reading what was refused.
pub trait RefusalReader {
    /// The sequence number that this actor spent on a refused operation, and why it was refused.
    fn refusal(&self, tenant: TenantId, actor: &ActorRow) -> Result<Option<(u64, Rejection)>>;
    /// How many refusals of one installation are remembered.
    fn refusals(&self, tenant: TenantId, origin: &Origin) -> Result<u64>;
}

/// Remembering what was refused: a sequence number that was spent on a refused operation is never used again, so the
/// same message, come again, gets the same verdict.
pub trait RefusalWriter {
    /// Remembers a refusal; the first one of an actor stands.
    fn refuse(
        &mut self,
        tenant: TenantId,
        actor: &ActorRow,
        sequence: u64,
        rejection: &Rejection,
    ) -> Result<()>;
}
