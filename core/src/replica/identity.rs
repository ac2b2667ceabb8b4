use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::{DeviceId, InstallationKey, PersonId, ServerId, TenantId};
use crate::trust::{self, SignedBy};

/// Who this replica belongs to; made at enrolment and kept in the replica.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The server that enrolled it.
    pub server: ServerId,
    /// The organisation.
    pub tenant: TenantId,
    /// The person.
    pub person: PersonId,
    /// The installation.
    pub device: DeviceId,
    /// The installation's Ed25519 seed; on a phone the platform's key store keeps it.
    pub secret: [u8; 32],
    /// Grows when a cloned or restored phone becomes a new identity.
    pub epoch: u32,
    /// The public key that the server signs receipts with, as it was at enrolment.
    pub server_key: [u8; 32],
}

impl Identity {
    /// The Ed25519 public key that the server knows this installation by.
    pub fn public_key(&self) -> [u8; 32] {
        trust::public_key(&self.secret)
    }

    /// What this installation's actors derive from.
    pub fn installation(&self) -> InstallationKey {
        InstallationKey {
            public_key: self.public_key(),
            epoch: self.epoch,
        }
    }

    /// Between whom this installation's requests are exchanged.
    pub fn signed_by(&self) -> SignedBy {
        SignedBy {
            server: self.server,
            tenant: self.tenant,
            installation: self.installation(),
        }
    }
}

impl fmt::Debug for Identity {
    /// Never prints the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("server", &self.server)
            .field("tenant", &self.tenant)
            .field("person", &self.person)
            .field("device", &self.device)
            .field("epoch", &self.epoch)
            .finish_non_exhaustive()
    }
}
