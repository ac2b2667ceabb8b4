//! The one place of the server that reads the machine's randomness.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

/// A generator seeded by the machine.
///
/// # Errors
/// When the machine has no randomness to give.
pub fn from_machine() -> Result<ChaCha20Rng, getrandom::Error> {
    let mut seed = [0u8; 32];
    getrandom::fill(&mut seed)?;
    Ok(ChaCha20Rng::from_seed(seed))
}

/// A generator of its own for one piece of work, drawn from another one.
pub fn branch(parent: &mut impl rand::Rng) -> ChaCha20Rng {
    let mut seed = [0u8; 32];
    parent.fill_bytes(&mut seed);
    ChaCha20Rng::from_seed(seed)
}
