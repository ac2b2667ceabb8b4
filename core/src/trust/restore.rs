use serde::{Deserialize, Serialize};

use super::receipt::hexadecimal;
use super::{LogPoint, signature};
use crate::model::{ServerId, TenantId};

/// That a server goes on from a backup: where its logs ended in it. What the server had vouched for beyond that was lost,
/// and not hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    /// The server's epoch from then on.
    pub epoch: u32,
    /// The epoch of the backup.
    pub before: u32,
    /// The server's clock in milliseconds since 1970.
    pub at_ms: u64,
    /// Where the log of operations ended.
    pub log: LogPoint,
    /// Where the log of rulings ended.
    pub rulings: LogPoint,
    /// The server's signature.
    #[serde(with = "hexadecimal")]
    pub signature: [u8; 64],
}

impl Restored {
    /// Signs it with the server's secret seed.
    #[must_use]
    pub fn signed(mut self, server: ServerId, tenant: TenantId, secret: &[u8; 32]) -> Self {
        self.signature = signature::sign(secret, &self.message(server, tenant));
        self
    }

    /// Did the server with this public key sign it for this organisation?
    pub fn is_signed(&self, server: ServerId, tenant: TenantId, server_key: &[u8; 32]) -> bool {
        signature::is_signed(server_key, &self.message(server, tenant), &self.signature)
    }

    fn message(&self, server: ServerId, tenant: TenantId) -> Vec<u8> {
        let mut message = b"fieldbook restore v1".to_vec();
        message.extend_from_slice(server.as_bytes());
        message.extend_from_slice(tenant.as_bytes());
        message.extend_from_slice(&self.epoch.to_be_bytes());
        message.extend_from_slice(&self.before.to_be_bytes());
        message.extend_from_slice(&self.at_ms.to_be_bytes());
        for point in [&self.log, &self.rulings] {
            message.extend_from_slice(&point.number.to_be_bytes());
            message.extend_from_slice(&point.hash);
        }
        message
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_restore_holds_for_what_it_says_only() {
        let (server, tenant) = (ServerId(Uuid::from_u128(1)), TenantId(Uuid::from_u128(2)));
        let plain = Restored {
            epoch: 9,
            before: 0,
            at_ms: 5,
            log: LogPoint {
                number: 9,
                hash: [4; 32],
            },
            rulings: LogPoint::default(),
            signature: [0; 64],
        };
        let key = signature::public_key(&[6; 32]);
        let restored = plain.signed(server, tenant, &[6; 32]);
        assert!(restored.is_signed(server, tenant, &key) && !plain.is_signed(server, tenant, &key));
        let twisted = [
            Restored { epoch: 8, ..restored },
            Restored {
                before: 1,
                ..restored
            },
            Restored { at_ms: 6, ..restored },
            Restored {
                log: LogPoint::default(),
                ..restored
            },
            Restored {
                rulings: restored.log,
                ..restored
            },
        ];
        for other in twisted {
            assert!(!other.is_signed(server, tenant, &key), "{other:?}");
        }
        assert!(!restored.is_signed(server, TenantId(Uuid::from_u128(3)), &key));
        let text = serde_json::to_string(&restored).unwrap();
        assert_eq!(serde_json::from_str::<Restored>(&text).unwrap(), restored);
    }
}
