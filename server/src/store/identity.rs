use fieldbook_core::model::{DeviceId, PersonId, TenantId};

use super::Result;

/// One installation of the app on one phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceRow {
    /// Its id.
    pub id: DeviceId,
    /// Its organisation.
    pub tenant: TenantId,
    /// Whose phone it is.
    pub person: PersonId,
    /// Its Ed25519 public key.
    pub public_key: [u8; 32],
    /// The epoch of its actors.
    pub epoch: u32,
    /// What the person calls it.
    pub name: String,
    /// When it was registered, in milliseconds since 1970.
    pub created_ms: u64,
    /// When it last synced, 0 if never.
    pub seen_ms: u64,
    /// How many operations still waited on it then: those that it kept back, and those that it brought and that were not stored.
    pub waiting: u32,
    /// The last contact at which nothing waited on it, 0 if there was none. A phone that is new counts from its enrolment,
    /// a copy from the contact of the phone that it was copied from.
    pub drained_ms: u64,
    /// When it was revoked, if it was. It may still hand in what was written before.
    pub revoked_ms: Option<u64>,
    /// The highest number of a request of its that was written down.
    pub number: u64,
    /// The device whose data and key it was copied from, before it took a key of its own.
    pub copied_from: Option<DeviceId>,
    /// When it had removed what it held, if it was ended and has: it is locked.
    pub closed_ms: Option<u64>,
}

/// One enrolment code, known by its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeRow {
    /// The organisation.
    pub tenant: TenantId,
    /// Whom it signs in.
    pub person: PersonId,
    /// From when on it is refused, in milliseconds since 1970.
    pub expires_ms: u64,
    /// When it was used, if it was.
    pub used_ms: Option<u64>,
    /// The device key that used it.
    pub used_by: Option<[u8; 32]>,
}

/// One sign-in of a device; its tokens come and go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FamilyRow {
    /// Its number.
    pub id: u64,
    /// The device.
    pub device: DeviceId,
    /// When the newest of its tokens that was ever used had been issued, in milliseconds since 1970; 0 when none was.
    pub proven_ms: u64,
    /// When it was revoked, if it was.
    pub revoked_ms: Option<u64>,
}

/// One access token, known by its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessRow {
    /// The sign-in it belongs to.
    pub family: FamilyRow,
    /// When it was issued, in milliseconds since 1970.
    pub issued_ms: u64,
    /// From when on it is refused, in milliseconds since 1970.
    pub expires_ms: u64,
}

/// One refresh token, known by its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefreshRow {
    /// The sign-in it belongs to.
    pub family: FamilyRow,
    /// When it was issued, in milliseconds since 1970.
    pub issued_ms: u64,
    /// From when on it is refused, in milliseconds since 1970.
    pub expires_ms: u64,
    /// When it was replaced by a newer one, if it was.
    pub rotated_ms: Option<u64>,
}

/// Reading devices, codes and tokens.
pub trait IdentityReader {
    /// One device.
    fn device(&self, tenant: TenantId, device: DeviceId) -> Result<Option<DeviceRow>>;
    /// The device with this public key, in any organisation of this server.
    fn device_with_key(&self, public_key: &[u8; 32]) -> Result<Option<DeviceRow>>;
    /// All devices of an organisation, in the order they were registered.
    fn devices(&self, tenant: TenantId) -> Result<Vec<DeviceRow>>;
    /// The devices of an organisation that took the place of a copy since then.
    fn copies(&self, tenant: TenantId, since_ms: u64) -> Result<Vec<DeviceRow>>;
    /// An enrolment code by the hash of its text.
    fn code(&self, hash: &[u8; 32]) -> Result<Option<CodeRow>>;
    /// An access token by the hash of its text.
    fn access(&self, tenant: TenantId, hash: &[u8; 32]) -> Result<Option<AccessRow>>;
    /// A refresh token by the hash of its text.
    fn refresh(&self, tenant: TenantId, hash: &[u8; 32]) -> Result<Option<RefreshRow>>;
}

/// Writing devices, codes and tokens.
pub trait IdentityWriter {
    /// Registers a device, or changes name, epoch and person of one that is known by its id.
    fn put_device(&mut self, device: &DeviceRow) -> Result<()>;
    /// Notes that a device synced, how many operations still wait on it and which number its request had. When nothing
    /// waits, [`DeviceRow::drained_ms`] moves; nothing moves it back.
    fn touch_device(
        &mut self,
        tenant: TenantId,
        device: DeviceId,
        now_ms: u64,
        waiting: u32,
        number: u64,
    ) -> Result<()>;
    /// Revokes a device: from then on it only hands in what was written before. The first time counts.
    fn revoke_device(&mut self, tenant: TenantId, device: DeviceId, now_ms: u64) -> Result<()>;
    /// Locks a device that has removed what it held, and ends all its sign-ins.
    fn close_device(&mut self, tenant: TenantId, device: DeviceId, now_ms: u64) -> Result<()>;
    /// Stores an enrolment code.
    fn add_code(&mut self, hash: &[u8; 32], code: &CodeRow) -> Result<()>;
    /// Marks a code as used by a device key.
    fn use_code(&mut self, hash: &[u8; 32], now_ms: u64, by: &[u8; 32]) -> Result<()>;
    /// Opens a sign-in and returns its number; earlier ones of the device are revoked.
    fn open_family(&mut self, tenant: TenantId, device: DeviceId, now_ms: u64) -> Result<u64>;
    /// Revokes a sign-in: none of its tokens works again.
    fn revoke_family(&mut self, tenant: TenantId, family: u64, now_ms: u64) -> Result<()>;
    /// Stores an access token, and drops those of the sign-in that expired a day ago.
    fn add_access(
        &mut self,
        tenant: TenantId,
        hash: &[u8; 32],
        family: u64,
        now_ms: u64,
        expires_ms: u64,
    ) -> Result<()>;
    /// Stores a refresh token.
    fn add_refresh(
        &mut self,
        tenant: TenantId,
        hash: &[u8; 32],
        family: u64,
        now_ms: u64,
        expires_ms: u64,
    ) -> Result<()>;
    /// Notes that a token of the sign-in that was issued at `issued_ms` was used.
    fn prove(&mut self, tenant: TenantId, family: u64, issued_ms: u64) -> Result<()>;
    /// Marks every refresh token of the sign-in that was not replaced yet as replaced now.
    fn rotate(&mut self, tenant: TenantId, family: u64, now_ms: u64) -> Result<()>;
}
