use fieldbook_core::trust::{self, Claim};

use super::token::{self, Tokens};
use super::{IdentityError, Numbers};
use crate::store::{DeviceRow, RestoreRow, Writer};

/// How a phone takes its sign-in up again on a server that was restored from a backup. Its tokens were renewed since, so the
/// server does not know them; the key of the phone it knows.
#[derive(Clone, Debug)]
pub struct Resumption {
    /// The phone's key.
    pub public_key: [u8; 32],
    /// The epoch that began with the restore, as the server told.
    pub epoch: u32,
    /// The number of the request, from the same count as all that the phone signs with one.
    pub number: u64,
    /// The key's signature, see [`Claim::Resumption`].
    pub signature: [u8; 64],
}

/// Opens a new sign-in for a phone that has not caught up with a restore; it ends the one that the backup knew.
///
/// Only the phone's key can do that, only after a restore, only until the phone has caught up, and each request once: it names
/// the epoch, so none is of any use after another restore, and its number is written down.
///
/// # Errors
/// A key that is not registered or did not sign, a phone that was revoked or whose person left, a number that was used,
/// [`IdentityError::NothingToResume`].
pub fn resume(
    writer: &mut dyn Writer,
    numbers: &Numbers,
    request: &Resumption,
    now_ms: u64,
    rng: &mut impl rand::Rng,
) -> Result<Tokens, IdentityError> {
    let device = writer.device_with_key(&request.public_key)?;
    let device = device.ok_or(IdentityError::UnknownKey)?;
    let claim = Claim::Resumption {
        server: writer.server()?.id,
        tenant: device.tenant,
        epoch: request.epoch,
        number: request.number,
    };
    if !trust::is_signed(
        &request.public_key,
        &claim.message(&request.public_key),
        &request.signature,
    ) {
        return Err(IdentityError::WrongSignature);
    }
    let left = writer.left_ms(device.tenant, device.person)?;
    if device.revoked_ms.or(device.closed_ms).or(left).is_some() {
        return Err(IdentityError::DeviceRevoked);
    }
    let restored = writer.restored()?.filter(|it| it.epoch == request.epoch);
    let restored = restored.ok_or(IdentityError::NothingToResume)?;
    if !is_behind(writer, &device, &restored)? {
        return Err(IdentityError::NothingToResume);
    }
    let is_fresh = request.number > device.number;
    if !is_fresh || !numbers.take(device.id, device.number, request.number) {
        return Err(IdentityError::Copied);
    }
    let (tenant, id) = (device.tenant, device.id);
    // When it was last here stays as it is: it says how old what the phone brings may be.
    writer.touch_device(tenant, id, device.seen_ms, device.waiting, request.number)?;
    let family = writer.open_family(tenant, id, now_ms)?;
    tracing::info!(event = "resumed", device = %id, epoch = restored.epoch, "a phone took its sign-in up again");
    Ok(token::issue(writer, tenant, family, now_ms, rng)?)
}

/// A phone that was there before the restore and has not caught up with it.
fn is_behind(
    writer: &mut dyn Writer,
    device: &DeviceRow,
    restored: &RestoreRow,
) -> Result<bool, IdentityError> {
    let has_caught_up = writer.has_caught_up(device.tenant, device.id, restored.epoch)?;
    Ok(device.created_ms <= restored.at_ms && !has_caught_up)
}
