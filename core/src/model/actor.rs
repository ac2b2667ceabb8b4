use automerge::ActorId;
use sha2::{Digest, Sha256};

use super::DocumentId;

/// What makes an installation's actors: its public key and how often it had to become a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstallationKey {
    /// The device's Ed25519 public key; a server uses its own.
    pub public_key: [u8; 32],
    /// Grows when a cloned or restored phone becomes a new identity.
    pub epoch: u32,
}

/// Derives the Automerge actor that an installation writes one document with.
///
/// 16 bytes of SHA-256 over a label, the public key, the document, the epoch and the rebase count. The
/// server derives the same, so a forged actor is seen without any state; a sequence number that was spent on
/// a rejected operation is never used again because the next rebase is another actor.
pub fn derive_actor(installation: &InstallationKey, document: DocumentId, rebase: u32) -> ActorId {
    let mut hash = Sha256::new();
    hash.update(b"fieldbook actor v1");
    hash.update(installation.public_key);
    hash.update(document.as_bytes());
    hash.update(installation.epoch.to_be_bytes());
    hash.update(rebase.to_be_bytes());
    ActorId::from(&hash.finalize()[..16])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_changes_the_actor() {
        let key = InstallationKey {
            public_key: [7; 32],
            epoch: 0,
        };
        let document = DocumentId(uuid::Uuid::from_u128(1));
        let base = derive_actor(&key, document, 0);
        let others = [
            derive_actor(
                &InstallationKey {
                    public_key: [8; 32],
                    epoch: 0,
                },
                document,
                0,
            ),
            derive_actor(
                &InstallationKey {
                    public_key: [7; 32],
                    epoch: 1,
                },
                document,
                0,
            ),
            derive_actor(&key, DocumentId(uuid::Uuid::from_u128(2)), 0),
            derive_actor(&key, document, 1),
        ];
        assert!(others.iter().all(|other| *other != base));
        assert_eq!(base, derive_actor(&key, document, 0));
        assert_eq!(base.to_bytes().len(), 16);
    }
}
