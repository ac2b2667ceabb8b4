use sha2::{Digest, Sha256};

use crate::model::{ServerId, TenantId};

/// What a phone proves with its key besides its requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim<'a> {
    /// The key that is being enrolled is in the phone's hands.
    Enrolment {
        /// The code as it is sent.
        code: &'a str,
        /// The epoch that it asks for.
        epoch: u32,
        /// What the person calls the phone.
        name: &'a str,
    },
    /// The next pair of tokens is for the phone itself.
    Renewal {
        /// The server.
        server: ServerId,
        /// The refresh token as it is sent.
        refresh_token: &'a str,
    },
    /// The phone itself goes on with a server that was restored and does not know its tokens.
    Resumption {
        /// The server.
        server: ServerId,
        /// The organisation.
        tenant: TenantId,
        /// The epoch that began with the restore.
        epoch: u32,
        /// The number of the wish, from the same count as the requests'.
        number: u64,
    },
    /// The phone itself listens for news.
    Events {
        /// The server.
        server: ServerId,
        /// The organisation.
        tenant: TenantId,
        /// The number of the wish, from the same count as the requests'.
        number: u64,
        /// News after which sequence, 0 when it does not say.
        after: u64,
    },
}

impl Claim<'_> {
    /// The text that the owner of `public_key` signs.
    pub fn message(&self, public_key: &[u8; 32]) -> Vec<u8> {
        let mut message = Vec::with_capacity(160);
        let mut add = |bytes: &[u8]| message.extend_from_slice(bytes);
        match self {
            Claim::Enrolment { code, epoch, name } => {
                add(b"fieldbook enrolment v1");
                add(public_key);
                add(&epoch.to_be_bytes());
                add(&Sha256::digest(code));
                add(&Sha256::digest(name));
            }
            Claim::Renewal {
                server,
                refresh_token,
            } => {
                add(b"fieldbook renewal v1");
                add(public_key);
                add(server.as_bytes());
                add(&Sha256::digest(refresh_token));
            }
            Claim::Resumption {
                server,
                tenant,
                epoch,
                number,
            } => {
                add(b"fieldbook resumption v1");
                add(public_key);
                add(server.as_bytes());
                add(tenant.as_bytes());
                add(&epoch.to_be_bytes());
                add(&number.to_be_bytes());
            }
            Claim::Events {
                server,
                tenant,
                number,
                after,
            } => {
                add(b"fieldbook events v1");
                add(public_key);
                add(server.as_bytes());
                add(tenant.as_bytes());
                add(&number.to_be_bytes());
                add(&after.to_be_bytes());
            }
        }
        message
    }
}

/// The text by which a copied phone takes a key of its own: signed by the key that it was copied with, and by the new one.
pub fn copy_message(server: ServerId, former: &[u8; 32], own: &[u8; 32]) -> Vec<u8> {
    let mut message = Vec::with_capacity(128);
    for part in [b"fieldbook copy v1".as_slice(), server.as_bytes(), former, own] {
        message.extend_from_slice(part);
    }
    message
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use uuid::Uuid;

    use super::*;

    #[test]
    fn no_two_claims_share_a_text() {
        let (server, tenant) = (ServerId(Uuid::nil()), TenantId(Uuid::nil()));
        let enrolment = |code, epoch, name| Claim::Enrolment { code, epoch, name };
        let renewal = |refresh_token| Claim::Renewal {
            server,
            refresh_token,
        };
        let events = |number, after| Claim::Events {
            server,
            tenant,
            number,
            after,
        };
        let resumption = |epoch, number| Claim::Resumption {
            server,
            tenant,
            epoch,
            number,
        };
        let claims = [
            enrolment("a", 0, "b"),
            enrolment("ab", 0, ""),
            enrolment("a", 1, "b"),
            renewal("a"),
            renewal("b"),
            events(1, 0),
            events(0, 1),
            resumption(0, 1),
            resumption(1, 0),
        ];
        let mut texts: BTreeSet<Vec<u8>> = claims.iter().map(|claim| claim.message(&[1; 32])).collect();
        texts.extend(claims.iter().map(|claim| claim.message(&[2; 32])));
        texts.insert(copy_message(server, &[1; 32], &[2; 32]));
        texts.insert(copy_message(server, &[2; 32], &[1; 32]));
        assert_eq!(texts.len(), 2 * claims.len() + 2);
    }
}
