use std::fmt;

use fieldbook_core::model::TenantId;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::IdentityError;
use crate::store::{Result, Writer};

/// How long an access token works, in milliseconds.
pub const ACCESS_LIFETIME_MS: u64 = 3600 * 1000;
/// How long a refresh token works when it is not used, in milliseconds: longer than the longest season offline.
pub const REFRESH_LIFETIME_MS: u64 = 180 * 24 * 3600 * 1000;

/// What a token is for; its prefix says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Sent with every request.
    Access,
    /// Sent only to get a new pair.
    Refresh,
}

impl Use {
    fn prefix(self) -> &'static str {
        match self {
            Use::Access => "fb1",
            Use::Refresh => "fr1",
        }
    }
}

/// A pair of tokens as the phone receives it.
#[derive(Clone, PartialEq, Eq)]
pub struct Tokens {
    /// For every request: `fb1.<organisation>.<43 characters>`.
    pub access: String,
    /// Until when `access` works, in milliseconds since 1970.
    pub access_expires_ms: u64,
    /// For the next pair: `fr1.<organisation>.<43 characters>`.
    pub refresh: String,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("access_expires_ms", &self.access_expires_ms)
            .finish_non_exhaustive()
    }
}

/// A token as it was presented: not yet known to be any good.
pub(super) struct Presented {
    pub(super) tenant: TenantId,
    pub(super) hash: [u8; 32],
}

/// Reads a token's shape; whether it is known is the store's business.
pub(super) fn parse(text: &str, wanted: Use) -> std::result::Result<Presented, IdentityError> {
    let mut parts = text.split('.');
    let (Some(prefix), Some(tenant), Some(secret), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(IdentityError::Malformed);
    };
    let is_ours = secret.len() == 43 && secret.bytes().all(|byte| DIGITS.contains(&byte));
    let tenant = Uuid::try_parse(tenant).ok().filter(|_| tenant.len() == 32);
    match tenant {
        Some(tenant) if prefix == wanted.prefix() && is_ours => Ok(Presented {
            tenant: TenantId(tenant),
            hash: hash(text),
        }),
        _ => Err(IdentityError::Malformed),
    }
}

/// Makes and stores a pair for a sign-in.
pub(super) fn issue(
    writer: &mut dyn Writer,
    tenant: TenantId,
    family: u64,
    now_ms: u64,
    rng: &mut impl rand::Rng,
) -> Result<Tokens> {
    let access = generate(Use::Access, tenant, rng);
    let refresh = generate(Use::Refresh, tenant, rng);
    let access_expires_ms = now_ms + ACCESS_LIFETIME_MS;
    writer.add_access(tenant, &hash(&access), family, now_ms, access_expires_ms)?;
    writer.add_refresh(
        tenant,
        &hash(&refresh),
        family,
        now_ms,
        now_ms + REFRESH_LIFETIME_MS,
    )?;
    Ok(Tokens {
        access,
        access_expires_ms,
        refresh,
    })
}

fn generate(what: Use, tenant: TenantId, rng: &mut impl rand::Rng) -> String {
    let mut secret = [0u8; 32];
    rng.fill_bytes(&mut secret);
    format!("{}.{}.{}", what.prefix(), tenant.0.simple(), base64url(&secret))
}

fn hash(text: &str) -> [u8; 32] {
    let mut hash = Sha256::new_with_prefix(b"fieldbook token v1");
    hash.update(text);
    hash.finalize().into()
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// RFC 4648 §5 without padding.
fn base64url(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..=chunk.len() {
            let value = group >> (18 - 6 * digit) & 63;
            text.push(char::from(DIGITS[value as usize]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;

    #[test]
    fn base64url_is_that_of_the_rfc() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg"),
            ("fo", "Zm8"),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg"),
        ] {
            assert_eq!(base64url(bytes.as_bytes()), text);
        }
        assert_eq!(base64url(&[0xfb, 0xff]), "-_8");
        assert_eq!(base64url(&[7; 32]).len(), 43);
    }

    #[test]
    fn only_the_right_shape_is_looked_up() {
        let tenant = TenantId(Uuid::from_u128(0x1234));
        let token = generate(Use::Access, tenant, &mut ChaCha8Rng::seed_from_u64(1));
        assert_eq!(parse(&token, Use::Access).unwrap().tenant, tenant);
        let wrong = [
            token.replace("fb1", "fr1"),
            token.replace('.', ""),
            format!("{token}."),
            format!("{token}A"),
            token.replace(&tenant.0.simple().to_string(), &tenant.to_string()),
            token[..token.len() - 1].to_owned() + "é",
            String::new(),
        ];
        for wrong in wrong {
            assert!(parse(&wrong, Use::Access).is_err(), "{wrong}");
        }
    }
}
