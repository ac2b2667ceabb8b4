use chrono::{DateTime, FixedOffset};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::model::BootId;

/// What the phone's clocks say at one moment; the edge reads them and passes them in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The wall clock with the offset of the place.
    pub at: DateTime<FixedOffset>,
    /// Milliseconds since the phone booted, standing still for nothing.
    pub mono_ms: u64,
    /// Which boot that is.
    pub boot: BootId,
}

impl Now {
    /// The wall clock in milliseconds since 1970, never negative.
    pub fn unix_ms(&self) -> u64 {
        u64::try_from(self.at.timestamp_millis()).unwrap_or(0)
    }

    /// The boot that a platform names by any text of its own: a UUID as it is, the hash of anything else.
    pub fn boot_named(name: &str) -> BootId {
        let hashed = || {
            let hash = Sha256::new_with_prefix(b"fieldbook boot v1")
                .chain_update(name)
                .finalize();
            let mut bytes = [0; 16];
            bytes.copy_from_slice(&hash[..16]);
            Uuid::from_bytes(bytes)
        };
        BootId(Uuid::parse_str(name.trim()).unwrap_or_else(|_| hashed()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_boot_has_one_name_and_another_boot_another() {
        let linux = "7d2f2bd0-8f0c-4a53-9c2a-2c1f2b1f6e11";
        assert_eq!(Now::boot_named(linux).to_string(), linux);
        assert_eq!(Now::boot_named("41"), Now::boot_named("41"));
        assert_ne!(Now::boot_named("41"), Now::boot_named("42"));
    }
}
