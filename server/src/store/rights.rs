use fieldbook_core::model::{DocumentId, PersonId, Principal, TenantId};

use super::Result;

/// Reading the rights of people as they were.
pub trait RightsReader {
    /// Who this person was to the rules at a moment, in milliseconds since 1970. Units do not move.
    fn principal_at(&self, tenant: TenantId, person: PersonId, at_ms: u64) -> Result<Option<Principal>>;
    /// Whose a document was at a moment; its first owner's before it was made here.
    fn owner_at(&self, tenant: TenantId, document: DocumentId, at_ms: u64) -> Result<Option<PersonId>>;
    /// When a person left the organisation, if they did.
    fn left_ms(&self, tenant: TenantId, person: PersonId) -> Result<Option<u64>>;
}

/// Ending rights.
pub trait RightsWriter {
    /// Writes down that a person left at a moment; the first time counts.
    fn set_left(&mut self, tenant: TenantId, person: PersonId, at_ms: u64) -> Result<()>;
}
