use std::fmt;
use std::str::FromStr;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Makes a UUIDv7 (RFC 9562 §5.7) from a wall clock in milliseconds and a source of randomness.
pub fn uuid_v7(unix_ms: u64, rng: &mut impl rand::Rng) -> Uuid {
    let mut random = [0u8; 10];
    rng.fill_bytes(&mut random);
    uuid::Builder::from_unix_timestamp_millis(unix_ms, &random).into_uuid()
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// Makes a new identifier; `unix_ms` is the wall clock in milliseconds.
            pub fn generate(unix_ms: u64, rng: &mut impl rand::Rng) -> Self {
                Self(uuid_v7(unix_ms, rng))
            }

            /// The 16 bytes, as stored and sent.
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }

            /// Reads the 16 bytes of a stored identifier; `None` when the length differs.
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                Uuid::from_slice(bytes).ok().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::from_str(text).map(Self)
            }
        }

        impl<C> Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.bytes(self.0.as_bytes())?.ok()
            }
        }

        impl<'b, C> Decode<'b, C> for $name {
            fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
                Self::from_slice(d.bytes()?)
                    .ok_or_else(|| minicbor::decode::Error::message("an identifier has 16 bytes"))
            }
        }
    };
}

id!(
    /// One document: a customer, a visit, a check-in, a day's log, an approval.
    DocumentId
);
id!(
    /// One person of the organisation.
    PersonId
);
id!(
    /// One installation of the app on one phone, known to the server by its public key.
    DeviceId
);
id!(
    /// One node of the organisation tree.
    UnitId
);
id!(
    /// One organisation on a server; nothing crosses from one to another.
    TenantId
);
id!(
    /// One server; a phone refuses to speak to another one behind the same address.
    ServerId
);
id!(
    /// One boot of a phone; the monotonic clock only compares within it.
    BootId
);

impl UnitId {
    /// The unit's pool of customers that nobody looks after, as an owner: it stands under the unit's own id.
    pub fn pool(self) -> PersonId {
        PersonId(self.0)
    }
}
