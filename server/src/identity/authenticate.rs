use fieldbook_core::model::{DeviceId, TenantId};
use fieldbook_core::trust::{self, Claim};

use super::token::{self, Use};
use super::{IdentityError, Numbers, copy};
use crate::exchange::Caller;
use crate::store::{DeviceRow, Reader, Store, StoreError};

/// How often a device's last contact is written down, in milliseconds: an idle exchange costs no write.
const CONTACT_EVERY_MS: u64 = 10 * 60 * 1000;

/// Somebody with a good access token.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who they are.
    pub caller: Caller,
    /// Until when the token works, in milliseconds since 1970.
    pub expires_ms: u64,
    /// The first of the phones that the device comes from by copies; itself when it is no copy.
    pub root: DeviceId,
    device: DeviceRow,
    family: u64,
    /// When the token was issued, if this is its sign-in's first sight of one so new.
    unproven_ms: Option<u64>,
}

/// Says who presents this access token.
///
/// # Errors
/// A token that is malformed, of another organisation, unknown, expired, or of a device or sign-in that was
/// revoked.
pub fn authenticate(reader: &dyn Reader, text: &str, now_ms: u64) -> Result<SignedIn, IdentityError> {
    let presented = token::parse(text, Use::Access)?;
    check_tenant(reader, presented.tenant)?;
    let tenant = presented.tenant;
    let found = reader.access(tenant, &presented.hash)?;
    let row = found.ok_or(IdentityError::UnknownToken)?;
    let unknown = |what, id: String| StoreError::Unknown { what, id };
    let id = row.family.device;
    let device = reader
        .device(tenant, id)?
        .ok_or_else(|| unknown("device", id.to_string()))?;
    if device.closed_ms.is_some() {
        return Err(IdentityError::DeviceRevoked);
    }
    if row.family.revoked_ms.is_some() {
        return Err(IdentityError::Revoked);
    }
    if now_ms >= row.expires_ms {
        return Err(IdentityError::ExpiredToken);
    }
    let caller = Caller::on(reader, &device)?;
    let root = copy::root(reader, &device)?;
    let unproven_ms = (row.issued_ms > row.family.proven_ms).then_some(row.issued_ms);
    Ok(SignedIn {
        caller,
        root,
        expires_ms: row.expires_ms,
        device,
        family: row.family.id,
        unproven_ms,
    })
}

impl SignedIn {
    /// Uses the number of a request that this device signed.
    ///
    /// # Errors
    /// [`IdentityError::Copied`] when it was used before.
    pub fn take_number(&self, numbers: &Numbers, number: u64) -> Result<(), IdentityError> {
        if numbers.take(self.device.id, self.device.number, number) {
            return Ok(());
        }
        tracing::warn!(device = %self.device.id, number, "a request was sent again, or by a copy of the phone");
        Err(IdentityError::Copied)
    }

    /// Did this device's key sign it?
    ///
    /// # Errors
    /// [`IdentityError::WrongSignature`] when not.
    pub fn check(&self, claim: &Claim<'_>, signature: &[u8; 64]) -> Result<(), IdentityError> {
        let key = &self.device.public_key;
        if trust::is_signed(key, &claim.message(key), signature) {
            return Ok(());
        }
        tracing::warn!(device = %self.device.id, "a token was used by somebody who does not hold the phone's key");
        Err(IdentityError::WrongSignature)
    }

    /// Writes down that the device was here and what still waits on it, when that is new.
    ///
    /// # Errors
    /// When the store refuses; the exchange itself stands all the same.
    pub fn note_contact<S: Store>(
        &self,
        store: &S,
        waiting: u32,
        number: u64,
        now_ms: u64,
    ) -> Result<(), StoreError> {
        let is_recent = now_ms.abs_diff(self.device.seen_ms) < CONTACT_EVERY_MS;
        if is_recent && waiting == self.device.waiting && self.unproven_ms.is_none() {
            return Ok(());
        }
        let (tenant, device) = (self.device.tenant, self.device.id);
        let (family, unproven_ms) = (self.family, self.unproven_ms);
        store.write(move |writer| {
            if let Some(issued_ms) = unproven_ms {
                writer.prove(tenant, family, issued_ms)?;
            }
            writer.touch_device(tenant, device, now_ms, waiting, number)
        })
    }
}

/// Does this server hold the organisation that a token names?
pub(super) fn check_tenant(reader: &dyn Reader, tenant: TenantId) -> Result<(), IdentityError> {
    let is_here = reader.tenants()?.iter().any(|known| known.id == tenant);
    // Which organisations are here is no business of a stranger.
    if is_here {
        Ok(())
    } else {
        Err(IdentityError::OtherTenant(tenant))
    }
}
