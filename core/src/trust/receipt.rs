use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::signature;
use crate::model::{InstallationKey, ServerId, TenantId};

/// A place in one of the server's logs: the number of a row and the hash chain there; zeros before the first row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct LogPoint {
    /// The number of the row.
    #[n(0)]
    pub number: u64,
    /// The hash chain at that row.
    #[n(1)]
    #[cbor(with = "minicbor::bytes")]
    #[serde(with = "hexadecimal")]
    pub hash: [u8; 32],
}

/// What a server vouches for towards one installation: how much of its work it has, and where its logs end.
///
/// Whoever keeps it can show later that the server said so: a log that is shorter, or has another hash at that
/// place, was changed behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct Receipt {
    /// The server's clock in milliseconds since 1970.
    #[n(0)]
    pub at_ms: u64,
    /// The server's epoch: it grows when the server is restored from a backup.
    #[n(1)]
    pub epoch: u32,
    /// How many operations of this installation are stored.
    #[n(2)]
    pub stored: u64,
    /// How many times an operation of this installation was refused, as far as refusals are remembered.
    #[n(3)]
    pub refused: u64,
    /// Where the log of operations ends.
    #[n(4)]
    pub log: LogPoint,
    /// Where the log of rulings ends.
    #[n(5)]
    pub rulings: LogPoint,
    /// The server's signature.
    #[n(6)]
    #[cbor(with = "minicbor::bytes")]
    #[serde(with = "hexadecimal")]
    pub signature: [u8; 64],
}

impl Receipt {
    /// Signs it with the server's secret seed.
    #[must_use]
    pub fn signed(
        mut self,
        server: ServerId,
        tenant: TenantId,
        to: &InstallationKey,
        secret: &[u8; 32],
    ) -> Self {
        self.signature = signature::sign(secret, &self.message(server, tenant, to));
        self
    }

    /// Did the server with this public key sign it for this installation?
    pub fn is_signed(
        &self,
        server: ServerId,
        tenant: TenantId,
        to: &InstallationKey,
        server_key: &[u8; 32],
    ) -> bool {
        signature::is_signed(server_key, &self.message(server, tenant, to), &self.signature)
    }

    /// The text that the server signs.
    pub fn message(&self, server: ServerId, tenant: TenantId, to: &InstallationKey) -> Vec<u8> {
        let mut message = b"fieldbook receipt v1".to_vec();
        message.extend_from_slice(server.as_bytes());
        message.extend_from_slice(tenant.as_bytes());
        message.extend_from_slice(&to.public_key);
        message.extend_from_slice(&to.epoch.to_be_bytes());
        message.extend_from_slice(&self.at_ms.to_be_bytes());
        message.extend_from_slice(&self.epoch.to_be_bytes());
        message.extend_from_slice(&self.stored.to_be_bytes());
        message.extend_from_slice(&self.refused.to_be_bytes());
        for point in [&self.log, &self.rulings] {
            message.extend_from_slice(&point.number.to_be_bytes());
            message.extend_from_slice(&point.hash);
        }
        message
    }
}

/// Bytes as hexadecimal digits.
pub(super) mod hexadecimal {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(in crate::trust) fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&hex::encode(bytes))
    }

    pub(in crate::trust) fn deserialize<'de, const N: usize, D: Deserializer<'de>>(
        from: D,
    ) -> Result<[u8; N], D::Error> {
        let text = String::deserialize(from)?;
        let mut bytes = [0; N];
        hex::decode_to_slice(&text, &mut bytes).map_err(D::Error::custom)?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_receipt_holds_for_what_it_says_only() {
        let (server, tenant) = (ServerId(Uuid::from_u128(1)), TenantId(Uuid::from_u128(2)));
        let to = InstallationKey {
            public_key: [3; 32],
            epoch: 0,
        };
        let plain = Receipt {
            at_ms: 5,
            epoch: 0,
            stored: 212,
            refused: 1,
            log: LogPoint {
                number: 9,
                hash: [4; 32],
            },
            rulings: LogPoint::default(),
            signature: [0; 64],
        };
        let key = signature::public_key(&[6; 32]);
        let receipt = plain.signed(server, tenant, &to, &[6; 32]);
        assert!(receipt.is_signed(server, tenant, &to, &key));
        assert!(!plain.is_signed(server, tenant, &to, &key));
        let more = Receipt {
            stored: 213,
            ..receipt
        };
        let cut = Receipt {
            rulings: LogPoint {
                number: 1,
                ..LogPoint::default()
            },
            ..receipt
        };
        for other in [more, cut] {
            assert!(!other.is_signed(server, tenant, &to, &key));
        }
        let twin = InstallationKey { epoch: 1, ..to };
        assert!(!receipt.is_signed(server, tenant, &twin, &key));
        let text = serde_json::to_string(&receipt).unwrap();
        assert_eq!(serde_json::from_str::<Receipt>(&text).unwrap(), receipt);
    }
}
