use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use chrono::{DateTime, FixedOffset, Utc};
use fieldbook_core::model::BootId;
use fieldbook_core::replica::Now;
use fieldbook_core::replica::phone::{KeyStore, KeyStoreError};
use fieldbook_core::replica::sync::Edge;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use uuid::Uuid;

use crate::{FieldbookError, PlatformClock, PlatformError, PlatformKeyStore};

/// The platform's clocks and the machine's randomness, as the core asks for them.
pub(crate) struct PlatformEdge {
    clock: Arc<dyn PlatformClock>,
    rng: Mutex<ChaCha20Rng>,
}

impl PlatformEdge {
    pub(crate) fn new(clock: Arc<dyn PlatformClock>) -> Result<Self, FieldbookError> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|error| PlatformError::Failed {
            reason: format!("the phone has no randomness: {error}"),
        })?;
        let rng = Mutex::new(ChaCha20Rng::from_seed(seed));
        Ok(Self { clock, rng })
    }

    /// What the clocks say; an error for a person's own command, which is only as good as its time.
    pub(crate) fn read(&self) -> Result<Now, PlatformError> {
        let reading = self.clock.read()?;
        let wrong = || PlatformError::Failed {
            reason: format!("the clock says {reading:?}"),
        };
        let offset = FixedOffset::east_opt(reading.utc_offset_seconds).ok_or_else(wrong)?;
        let at = DateTime::from_timestamp_millis(reading.unix_ms).ok_or_else(wrong)?;
        Ok(Now {
            at: at.with_timezone(&offset),
            mono_ms: reading.monotonic_ms,
            boot: Now::boot_named(&reading.boot_id),
        })
    }
}

impl Edge for PlatformEdge {
    /// For sync, which goes on without the platform's clock: the machine's own, anchored to nothing.
    fn now(&self) -> Now {
        self.read().unwrap_or_else(|error| {
            tracing::warn!(%error, "the platform's clock failed");
            Now {
                at: DateTime::<Utc>::from(SystemTime::now()).fixed_offset(),
                mono_ms: 0,
                boot: BootId(Uuid::nil()),
            }
        })
    }

    fn random(&self, bytes: &mut [u8]) {
        self.rng
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .fill_bytes(bytes);
    }
}

/// The platform's key store, as the core asks for it.
pub(crate) struct PlatformVault(pub(crate) Arc<dyn PlatformKeyStore>);

impl KeyStore for PlatformVault {
    fn load(&self, name: &str) -> Result<Option<Vec<u8>>, KeyStoreError> {
        let loaded = self.0.load(name.to_owned());
        loaded.map_err(|error| KeyStoreError(error.to_string()))
    }

    fn store(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError> {
        let stored = self.0.store(name.to_owned(), secret.to_vec());
        stored.map_err(|error| KeyStoreError(error.to_string()))
    }
}
