use fieldbook_core::model::{DeviceId, DocumentId, Kind, PersonId, TenantId};
use fieldbook_core::wire::{Origin, Rejection};

use super::Result;

/// Operations that came in when the right to write them had ended.
#[derive(Clone, Debug, PartialEq)]
pub struct QuarantineRow {
    /// Its number in the organisation, from 1; 0 before it is stored.
    pub number: u64,
    /// Who wrote them.
    pub person: PersonId,
    /// The device that sent them.
    pub device: DeviceId,
    /// The document.
    pub document: DocumentId,
    /// Its kind.
    pub kind: Kind,
    /// The installation that wrote them.
    pub origin: Origin,
    /// The rebase count of the actor.
    pub rebase: u32,
    /// How many operations of this actor came before.
    pub base: u64,
    /// How many operations were sent with them.
    pub count: u32,
    /// The operations, exactly as sent.
    pub operations: Vec<u8>,
    /// The sequence of the first one that is in quarantine; those before are in the log.
    pub sequence: u64,
    /// When they arrived, in milliseconds since 1970.
    pub received_ms: u64,
    /// Why they were not accepted.
    pub rejection: Rejection,
}

/// Reading what is in quarantine.
pub trait QuarantineReader {
    /// Everything that is in quarantine, in the order of arrival.
    fn quarantined(&self, tenant: TenantId) -> Result<Vec<QuarantineRow>>;
}

/// Holding what is not accepted.
pub trait QuarantineWriter {
    /// Holds operations and returns their number.
    fn quarantine(&mut self, tenant: TenantId, row: &QuarantineRow) -> Result<u64>;
}
