use fieldbook_core::trust::{self, Claim};

use super::IdentityError;
use super::authenticate::check_tenant;
use super::token::{self, Tokens, Use};
use crate::store::Writer;

/// How long a refresh token still works after it was replaced, in milliseconds: the answer with its successor may
/// have been lost on the way.
pub const GRACE_MS: u64 = 10 * 60 * 1000;

/// Exchanges a refresh token for the next pair.
///
/// The device's key must have signed the wish (see [`Claim::Renewal`]): a token alone is worth nothing.
///
/// A token that was replaced works again for [`GRACE_MS`], and after that as long as nothing newer of the sign-in was
/// ever used: then the answer was lost, and a phone that comes back days later must not be locked out. If
/// something newer was used, two phones go on with one key: the later one is told that it is a copy, and takes a key of its
/// own; the other one is not touched. When one of two successors is used the other one counts as replaced too.
///
/// # Errors
/// A token that is malformed, of another organisation, unknown, expired, or of a sign-in that was ended; a signature
/// of another key; [`IdentityError::Copied`].
pub fn refresh(
    writer: &mut dyn Writer,
    text: &str,
    signature: &[u8; 64],
    now_ms: u64,
    rng: &mut impl rand::Rng,
) -> Result<Tokens, IdentityError> {
    let presented = token::parse(text, Use::Refresh)?;
    check_tenant(writer, presented.tenant)?;
    let found = writer.refresh(presented.tenant, &presented.hash)?;
    let row = found.ok_or(IdentityError::UnknownToken)?;
    let (tenant, family) = (presented.tenant, row.family);
    let device = writer.device(tenant, family.device)?;
    let device = device.ok_or(IdentityError::UnknownToken)?;
    let claim = Claim::Renewal {
        server: writer.server()?.id,
        refresh_token: text,
    };
    if !trust::is_signed(&device.public_key, &claim.message(&device.public_key), signature) {
        // Who has the token but not the key gets nothing and moves nothing: the phone itself goes on with it.
        tracing::warn!(device = %device.id, "a refresh token was sent by somebody who does not hold the phone's key");
        return Err(IdentityError::WrongSignature);
    }
    if device.closed_ms.is_some() {
        return Err(IdentityError::DeviceRevoked);
    }
    if family.revoked_ms.is_some() {
        return Err(IdentityError::Revoked);
    }
    if now_ms >= row.expires_ms {
        return Err(IdentityError::ExpiredToken);
    }
    let in_grace = row
        .rotated_ms
        .is_none_or(|rotated_ms| now_ms < rotated_ms + GRACE_MS);
    if !in_grace && family.proven_ms > row.issued_ms {
        return Err(IdentityError::Copied);
    }
    if row.rotated_ms.is_none() {
        writer.rotate(tenant, family.id, now_ms)?;
        writer.prove(tenant, family.id, row.issued_ms)?;
    }
    Ok(token::issue(writer, tenant, family.id, now_ms, rng)?)
}
