/// The first wait after a failure, in milliseconds.
pub const MIN_WAIT_MS: u64 = 1_000;
/// The longest wait, in milliseconds; a healed connection is found within it.
pub const MAX_WAIT_MS: u64 = 30_000;

/// The longest wait that a server can ask for: nobody strands a phone with one header.
pub const MAX_ASKED_MS: u64 = 15 * 60 * 1_000;

/// Exponential backoff with full jitter between half and the whole of each step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    /// Counts a failure and says how long to wait, in milliseconds. `at_least_ms` is what the server asked for.
    pub fn fail(&mut self, at_least_ms: Option<u64>, rng: &mut impl rand::Rng) -> u64 {
        let step = MIN_WAIT_MS
            .saturating_mul(1 << self.failures.min(10))
            .min(MAX_WAIT_MS);
        self.failures = self.failures.saturating_add(1);
        let wait = step / 2 + rng.next_u64() % (step / 2 + 1);
        wait.max(at_least_ms.unwrap_or(0).min(MAX_ASKED_MS))
    }

    /// How many failures came in a row.
    pub fn failures(self) -> u32 {
        self.failures
    }
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;

    #[test]
    fn the_wait_grows_to_its_bound_and_honours_the_server() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let mut backoff = Backoff::default();
        let waits: Vec<u64> = (0..12).map(|_| backoff.fail(None, &mut rng)).collect();
        assert!((MIN_WAIT_MS / 2..=MIN_WAIT_MS).contains(&waits[0]));
        assert!(waits.iter().all(|wait| *wait <= MAX_WAIT_MS));
        assert!(waits[11] >= MAX_WAIT_MS / 2);
        assert_eq!(backoff.fail(Some(90_000), &mut rng), 90_000);
        assert_eq!(backoff.fail(Some(u64::MAX), &mut rng), MAX_ASKED_MS);
    }
}
