use std::sync::{Mutex, PoisonError};
use std::time::{Instant, SystemTime};

use chrono::{DateTime, FixedOffset, Utc};
use fieldbook_core::model::BootId;
use fieldbook_core::replica::Now;
use fieldbook_core::replica::sync::Edge;
use rand::Rng;
use rand_chacha::ChaCha20Rng;

use super::Outcome;

/// The clocks and the randomness of this machine, for phones that speak with a real server.
#[derive(Debug)]
pub struct SystemEdge {
    booted: Instant,
    boot: BootId,
    rng: Mutex<ChaCha20Rng>,
}

impl SystemEdge {
    /// A phone that was switched on just now.
    ///
    /// # Errors
    /// When the machine has no randomness to give.
    pub fn new() -> Outcome<Self> {
        let mut rng = fieldbook_server::random::from_machine()?;
        let mut boot = [0; 16];
        rng.fill_bytes(&mut boot);
        let boot = BootId(uuid::Builder::from_random_bytes(boot).into_uuid());
        Ok(Self {
            booted: Instant::now(),
            boot,
            rng: Mutex::new(rng),
        })
    }
}

impl Edge for SystemEdge {
    fn now(&self) -> Now {
        let utc: DateTime<Utc> = DateTime::from(SystemTime::now());
        let at = match FixedOffset::east_opt(8 * 3600) {
            Some(shanghai) => utc.with_timezone(&shanghai),
            None => utc.fixed_offset(),
        };
        let mono_ms = u64::try_from(self.booted.elapsed().as_millis()).unwrap_or(u64::MAX);
        Now {
            at,
            mono_ms,
            boot: self.boot,
        }
    }

    fn random(&self, bytes: &mut [u8]) {
        self.rng
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .fill_bytes(bytes);
    }
}
