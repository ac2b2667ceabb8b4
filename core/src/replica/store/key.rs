use std::fmt;

use rusqlite::Connection;
use sha2::{Digest, Sha256};

use super::StoreError;

/// The key that a replica's file is encrypted with. The platform's key store holds it; it is never printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct StoreKey([u8; 32]);

impl StoreKey {
    /// A key of these bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The key as it was stored; `None` when it has another length.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The bytes, for the key store alone.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Tells this key from another one and nothing else about it; may lie beside the file.
    pub fn check(&self) -> String {
        let mut hash = Sha256::new_with_prefix(b"fieldbook replica key v1");
        hash.update(self.0);
        hex::encode(&hash.finalize()[..8])
    }
}

impl fmt::Debug for StoreKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoreKey(…)")
    }
}

/// Can this build encrypt a replica?
pub const CAN_ENCRYPT: bool = cfg!(feature = "encrypted");

/// Gives a fresh connection its key, before it reads anything.
#[cfg(feature = "encrypted")]
pub(super) fn unlock(conn: &Connection, key: Option<&StoreKey>) -> Result<(), StoreError> {
    let Some(key) = key else { return Ok(()) };
    // As raw bytes: a derivation from a pass phrase would cost a fifth of a second at each connection.
    let raw = format!("x'{}'", hex::encode(key.0));
    conn.pragma_update_and_check(None, "key", raw, |_| Ok(()))?;
    conn.pragma_update(None, "cipher_page_size", super::open::PAGE_SIZE)?;
    Ok(())
}

/// Refuses a key: this build cannot encrypt, and a plain file instead would be a broken promise.
#[cfg(not(feature = "encrypted"))]
pub(super) fn unlock(_: &Connection, key: Option<&StoreKey>) -> Result<(), StoreError> {
    match key {
        Some(_) => Err(StoreError::NoCipher),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_never_printed_and_told_from_another() {
        let key = StoreKey::new([7; 32]);
        assert_eq!(format!("{key:?}"), "StoreKey(…)");
        assert_ne!(key.check(), StoreKey::new([8; 32]).check());
        assert!(!key.check().contains("0707"));
        assert_eq!(StoreKey::from_slice(&[7; 32]), Some(key));
        assert_eq!(StoreKey::from_slice(&[7; 31]), None);
    }
}
