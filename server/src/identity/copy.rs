use ed25519_dalek::VerifyingKey;
use fieldbook_core::model::DeviceId;
use fieldbook_core::trust::{self, copy_message};

use super::IdentityError;
use super::enrol::{Enrolled, sign_in};
use crate::store::{DeviceRow, Reader, StoreError, Writer};

/// Copies of a phone, and of its copies, that are registered in a day: enough for phones that are restored or replaced. What is
/// counted by installation stays bounded so.
const COPIES_A_DAY: usize = 5;
const DAY_MS: u64 = 24 * 60 * 60 * 1000;
/// Copies of copies of a phone, one after the other.
const DEEPEST: usize = 16;

/// How a copied phone takes a key of its own.
#[derive(Clone, Debug)]
pub struct Copied {
    /// The key that it was copied with.
    pub former: [u8; 32],
    /// Its own from now on.
    pub public_key: [u8; 32],
    /// The former key's signature over both: whoever copied the phone's data holds it.
    pub former_signature: [u8; 64],
    /// The own key's.
    pub signature: [u8; 64],
}

/// Registers a copied phone as a device of its own, of the same person, and signs it in. The device that it was copied
/// from stays as it is. Asked for again (the answer was lost) it is the same device, with new tokens.
///
/// # Errors
/// A former key that is not registered or was revoked, or that was copied too often, an own key that is unusable or somebody else's, a signature that
/// is not good.
pub fn register_copy(
    writer: &mut dyn Writer,
    request: &Copied,
    now_ms: u64,
    rng: &mut impl rand::Rng,
) -> Result<Enrolled, IdentityError> {
    let server = writer.server()?;
    let message = copy_message(server.id, &request.former, &request.public_key);
    let former = writer.device_with_key(&request.former)?;
    let former = former.ok_or(IdentityError::UnknownKey)?;
    if !trust::is_signed(&request.former, &message, &request.former_signature) {
        return Err(IdentityError::WrongSignature);
    }
    if former.revoked_ms.is_some() {
        return Err(IdentityError::DeviceRevoked);
    }
    let key = VerifyingKey::from_bytes(&request.public_key).map_err(|_| IdentityError::BadKey)?;
    if key.is_weak() || request.public_key == server.public_key {
        return Err(IdentityError::BadKey);
    }
    if !trust::is_signed(&request.public_key, &message, &request.signature) {
        return Err(IdentityError::WrongSignature);
    }
    let device = match writer.device_with_key(&request.public_key)? {
        Some(known) if known.copied_from != Some(former.id) => return Err(IdentityError::KeyTaken),
        Some(known) if known.revoked_ms.is_some() => return Err(IdentityError::DeviceRevoked),
        Some(known) => known,
        None => {
            check_count(writer, &former, now_ms)?;
            let copy = DeviceRow {
                id: DeviceId::generate(now_ms, rng),
                public_key: request.public_key,
                epoch: 0,
                name: format!("{} (copy)", former.name),
                created_ms: now_ms,
                seen_ms: 0,
                waiting: 0,
                revoked_ms: None,
                number: 0,
                copied_from: Some(former.id),
                // Otherwise whoever lost a right would make a copy, to write as of before.
                drained_ms: former.drained_ms,
                ..former.clone()
            };
            writer.put_device(&copy)?;
            // Whoever runs the server should know whose phone that is: the person's new one, or somebody else's.
            tracing::warn!(
                event = "device_copied", from = %former.id, device = %copy.id, person = %copy.person,
                "the data of a phone was copied; the copy is a device of its own from now on"
            );
            copy
        }
    };
    let unknown = |what, id: String| StoreError::Unknown { what, id };
    let tenants = writer.tenants()?;
    let tenant = tenants.into_iter().find(|tenant| tenant.id == device.tenant);
    let tenant = tenant.ok_or_else(|| unknown("organisation", device.tenant.to_string()))?;
    let person = writer.person(device.tenant, device.person)?;
    let person = person.ok_or_else(|| unknown("person", device.person.to_string()))?;
    sign_in(writer, (tenant, person, device), now_ms, rng)
}

/// The first of the phones that a device comes from by copies, itself when it is no copy.
pub(super) fn root(reader: &dyn Reader, device: &DeviceRow) -> Result<DeviceId, StoreError> {
    Ok(origin(reader, device)?.0)
}

/// The first of the phones that a device comes from, and by how many copies of copies.
fn origin(reader: &dyn Reader, device: &DeviceRow) -> Result<(DeviceId, usize), StoreError> {
    let (mut root, mut depth, mut from) = (device.id, 0, device.copied_from);
    while let Some(former) = from {
        (root, depth) = (former, depth + 1);
        from = reader
            .device(device.tenant, former)?
            .and_then(|row| row.copied_from);
    }
    Ok((root, depth))
}

/// May there be one more copy of this device?
fn check_count(reader: &dyn Reader, former: &DeviceRow, now_ms: u64) -> Result<(), IdentityError> {
    let (root_id, depth) = origin(reader, former)?;
    if depth >= DEEPEST {
        let why = format!("this phone is a copy of a copy, {DEEPEST} times over");
        return Err(IdentityError::TooManyCopies(why));
    }
    let mut copies = 0;
    for copy in reader.copies(former.tenant, now_ms.saturating_sub(DAY_MS))? {
        if root(reader, &copy)? == root_id {
            copies += 1;
        }
    }
    if copies < COPIES_A_DAY {
        return Ok(());
    }
    tracing::warn!(event = "copies_refused", from = %former.id, root = %root_id, person = %former.person, copies,
        "a phone was copied too often in a day; if nobody did that, its key is in other hands: revoke it and its copies");
    let why = format!(
        "this phone was copied {copies} times in the last 24 hours; at most {COPIES_A_DAY} are taken"
    );
    Err(IdentityError::TooManyCopies(why))
}
