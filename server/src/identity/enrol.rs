use ed25519_dalek::VerifyingKey;
use fieldbook_core::model::{DeviceId, ServerId};
use fieldbook_core::trust::{self, Claim};

use super::token::{self, Tokens};
use super::{Code, IdentityError};
use crate::store::{DeviceRow, PersonRow, StoreError, TenantRow, Writer};

/// How long a phone whose answer was lost may use its code again, in milliseconds: an hour.
const AGAIN_MS: u64 = 3_600_000;

/// What a phone sends to be enrolled.
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// The code as the person typed it.
    pub code: String,
    /// The installation's Ed25519 public key.
    pub public_key: [u8; 32],
    /// The epoch of its actors.
    pub epoch: u32,
    /// What the person calls the phone.
    pub device_name: String,
    /// The key's signature over all of it: whoever enrols a key must hold it.
    pub signature: [u8; 64],
}

impl Enrolment {
    /// The enrolment of the key with this secret, as a phone asks for it.
    pub fn signed(code: &str, secret: &[u8; 32], epoch: u32, device_name: &str) -> Self {
        let public_key = trust::public_key(secret);
        let mut enrolment = Self {
            code: code.to_owned(),
            public_key,
            epoch,
            device_name: device_name.to_owned(),
            signature: [0; 64],
        };
        enrolment.signature = trust::sign(secret, &enrolment.claim().message(&public_key));
        enrolment
    }

    fn claim(&self) -> Claim<'_> {
        Claim::Enrolment {
            code: &self.code,
            epoch: self.epoch,
            name: &self.device_name,
        }
    }
}

/// What the phone is from now on.
#[derive(Clone, Debug)]
pub struct Enrolled {
    /// This server.
    pub server: ServerId,
    /// The organisation.
    pub tenant: TenantRow,
    /// The person.
    pub person: PersonRow,
    /// The device.
    pub device: DeviceId,
    /// The epoch that the device's actors derive from; never lower than one used before.
    pub epoch: u32,
    /// The key that the server signs receipts with.
    pub server_key: [u8; 32],
    /// Its first tokens.
    pub tokens: Tokens,
}

/// Uses a code and registers the device. A phone that enrols again with its own key stays the same device; one whose answer
/// was lost may ask again with the same code for an hour.
///
/// # Errors
/// A code that is unknown, used or expired; a key that is unusable, somebody else's or not held by the sender; a revoked device. The code
/// stays unused then.
pub fn enrol(
    writer: &mut dyn Writer,
    request: &Enrolment,
    now_ms: u64,
    rng: &mut impl rand::Rng,
) -> Result<Enrolled, IdentityError> {
    let code: Code = request.code.parse()?;
    let row = writer.code(&code.hash())?.ok_or(IdentityError::UnknownCode)?;
    // Whoever used it and never got the answer asks again soon: with the same key, which the signature proves.
    let is_soon = row.used_ms.is_some_and(|used_ms| now_ms < used_ms + AGAIN_MS);
    let is_again = is_soon && row.used_by == Some(request.public_key);
    if row.used_ms.is_some() && !is_again {
        return Err(IdentityError::UsedCode);
    }
    if now_ms >= row.expires_ms {
        return Err(IdentityError::ExpiredCode);
    }
    let server = writer.server()?;
    let key = VerifyingKey::from_bytes(&request.public_key).map_err(|_| IdentityError::BadKey)?;
    // With a weak key anybody's signature would do; with the server's own a phone could write rulings.
    if key.is_weak() || request.public_key == server.public_key {
        return Err(IdentityError::BadKey);
    }
    let message = request.claim().message(&request.public_key);
    if !trust::is_signed(&request.public_key, &message, &request.signature) {
        return Err(IdentityError::WrongSignature);
    }
    let unknown = |what, id: String| StoreError::Unknown { what, id };
    let tenant = writer
        .tenants()?
        .into_iter()
        .find(|tenant| tenant.id == row.tenant);
    let tenant = tenant.ok_or_else(|| unknown("organisation", row.tenant.to_string()))?;
    let person = writer.person(row.tenant, row.person)?;
    let person = person.ok_or_else(|| unknown("person", row.person.to_string()))?;
    if writer.left_ms(tenant.id, person.id)?.is_some() {
        return Err(IdentityError::DeviceRevoked);
    }
    let device = register(writer, request, &tenant, &person, now_ms, rng)?;
    if !is_again {
        writer.use_code(&code.hash(), now_ms, &request.public_key)?;
    }
    sign_in(writer, (tenant, person, device), now_ms, rng)
}

/// Opens a sign-in of a registered device.
pub(super) fn sign_in(
    writer: &mut dyn Writer,
    (tenant, person, device): (TenantRow, PersonRow, DeviceRow),
    now_ms: u64,
    rng: &mut impl rand::Rng,
) -> Result<Enrolled, IdentityError> {
    let server = writer.server()?;
    let family = writer.open_family(tenant.id, device.id, now_ms)?;
    let tokens = token::issue(writer, tenant.id, family, now_ms, rng)?;
    Ok(Enrolled {
        server: server.id,
        tenant,
        person,
        device: device.id,
        epoch: device.epoch,
        server_key: server.public_key,
        tokens,
    })
}

fn register(
    writer: &mut dyn Writer,
    request: &Enrolment,
    tenant: &TenantRow,
    person: &PersonRow,
    now_ms: u64,
    rng: &mut impl rand::Rng,
) -> Result<DeviceRow, IdentityError> {
    let name = request.device_name.clone();
    let device = match writer.device_with_key(&request.public_key)? {
        Some(known) if known.tenant != tenant.id || known.person != person.id => {
            return Err(IdentityError::KeyTaken);
        }
        Some(known) if known.revoked_ms.is_some() => return Err(IdentityError::DeviceRevoked),
        Some(known) => DeviceRow {
            name,
            epoch: known.epoch.max(request.epoch),
            ..known
        },
        None => DeviceRow {
            id: DeviceId::generate(now_ms, rng),
            tenant: tenant.id,
            person: person.id,
            public_key: request.public_key,
            epoch: request.epoch,
            name,
            created_ms: now_ms,
            seen_ms: 0,
            waiting: 0,
            // Nothing was written under this key before. A restored server may have forgotten that it knew it.
            drained_ms: if writer.restored()?.is_some() { 0 } else { now_ms },
            revoked_ms: None,
            number: 0,
            copied_from: None,
            closed_ms: None,
        },
    };
    writer.put_device(&device)?;
    Ok(device)
}
