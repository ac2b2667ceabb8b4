use fieldbook_core::model::{DocumentId, PersonId, Principal, Role, ServerId, TenantId, UnitId};
use fieldbook_core::wire::{Policy, Reference};

use super::Result;

/// The server itself.
#[derive(Clone, PartialEq, Eq)]
pub struct ServerRow {
    /// Its id; phones refuse another one behind the same address.
    pub id: ServerId,
    /// Grows when the server is restored from a backup.
    pub epoch: u32,
    /// The seed of its Ed25519 key; it writes rulings and imports with it.
    pub secret: [u8; 32],
    /// The public key of that seed.
    pub public_key: [u8; 32],
}

impl std::fmt::Debug for ServerRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The secret never reaches a log.
        f.debug_struct("ServerRow")
            .field("id", &self.id)
            .field("epoch", &self.epoch)
            .finish_non_exhaustive()
    }
}

/// One organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantRow {
    /// Its id.
    pub id: TenantId,
    /// Its name.
    pub name: String,
}

/// One node of the organisation tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRow {
    /// Its id.
    pub id: UnitId,
    /// The unit above, absent at the top.
    pub parent: Option<UnitId>,
    /// Its name, unique in the organisation.
    pub name: String,
}

/// One person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    /// Their id.
    pub id: PersonId,
    /// Their unit.
    pub unit: UnitId,
    /// Their name, unique in the organisation.
    pub name: String,
    /// What they do.
    pub role: Role,
}

/// Reading the server, its organisations, units and people.
pub trait OrganisationReader {
    /// The server itself.
    fn server(&self) -> Result<ServerRow>;
    /// All organisations, by name.
    fn tenants(&self) -> Result<Vec<TenantRow>>;
    /// All units, parents before their children and siblings by name.
    fn units(&self, tenant: TenantId) -> Result<Vec<UnitRow>>;
    /// All people, by name.
    fn people(&self, tenant: TenantId) -> Result<Vec<PersonRow>>;
    /// One person.
    fn person(&self, tenant: TenantId, person: PersonId) -> Result<Option<PersonRow>>;
    /// One person by name.
    fn person_named(&self, tenant: TenantId, name: &str) -> Result<Option<PersonRow>>;
    /// One unit by name.
    fn unit_named(&self, tenant: TenantId, name: &str) -> Result<Option<UnitRow>>;
    /// Who this person is to the rules: a rep sees themselves, a supervisor everybody of their unit and of the
    /// units below.
    fn principal(&self, tenant: TenantId, person: PersonId) -> Result<Option<Principal>>;
    /// The rules of the house.
    fn policy(&self, tenant: TenantId) -> Result<Policy>;
    /// The version of the reference rows; grows with every change of units, people or policy.
    fn reference_version(&self, tenant: TenantId) -> Result<u64>;
    /// The reference rows as this person may see them.
    fn reference(&self, tenant: TenantId, person: PersonId) -> Result<Reference>;
    /// The customer that was imported under this number of another system.
    fn external_customer(&self, tenant: TenantId, external_id: &str) -> Result<Option<DocumentId>>;
}

/// Writing the server, its organisations, units and people.
pub trait OrganisationWriter {
    /// Writes down who this server is; once.
    fn put_server(&mut self, server: &ServerRow) -> Result<()>;
    /// Adds an organisation.
    fn add_tenant(&mut self, tenant: &TenantRow) -> Result<()>;
    /// Adds a unit.
    fn add_unit(&mut self, tenant: TenantId, unit: &UnitRow) -> Result<()>;
    /// Adds a person.
    fn add_person(&mut self, tenant: TenantId, person: &PersonRow) -> Result<()>;
    /// Moves a person to another unit. Who sees their documents changes with that, from the next exchange on; what was
    /// written before is judged by where they were then.
    fn move_person(&mut self, tenant: TenantId, person: PersonId, unit: UnitId, now_ms: u64) -> Result<()>;
    /// Makes a person a rep or a supervisor; what was written before is judged by what they were then.
    fn set_role(&mut self, tenant: TenantId, person: PersonId, role: Role, now_ms: u64) -> Result<()>;
    /// Changes the rules of the house.
    fn set_policy(&mut self, tenant: TenantId, policy: &Policy) -> Result<()>;
    /// Remembers which document an imported customer became.
    fn remember_external(&mut self, tenant: TenantId, external_id: &str, document: DocumentId) -> Result<()>;
}
