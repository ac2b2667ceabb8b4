use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

/// Chance that replays: everything random of a story comes from one of these.
#[derive(Clone, Debug)]
pub struct Dice(ChaCha8Rng);

impl Dice {
    /// Dice that always fall the same way for one seed.
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// Dice of their own for one piece of a larger whole, so that taking another piece away changes nothing here.
    pub fn of(seed: u64, label: &str) -> Self {
        Self::new(mix(seed, label.as_bytes()))
    }

    /// A number below `limit`; 0 when the limit is 0.
    pub fn below(&mut self, limit: u64) -> u64 {
        // The remainder favours small numbers by less than one in a billion here.
        self.0.next_u64() % limit.max(1)
    }

    /// A number between the two, both included.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// True once in `many` times.
    pub fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }

    /// One of the things; `None` when there is none.
    pub fn pick<'a, T>(&mut self, things: &'a [T]) -> Option<&'a T> {
        things.get(self.index(things.len()))
    }

    /// A place in a list of this length; 0 for an empty one.
    pub fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap_or(0)
    }

    /// One of the things, each as often as its weight says; `None` when all weights are 0.
    pub fn weighted<'a, T>(&mut self, things: &'a [(u64, T)]) -> Option<&'a T> {
        let total: u64 = things.iter().map(|(weight, _)| weight).sum();
        let mut at = self.below(total);
        things.iter().find_map(|(weight, thing)| {
            let found = at < *weight;
            at = at.saturating_sub(*weight);
            found.then_some(thing)
        })
    }

    /// Puts the things into another order.
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            let other = self.index(last + 1);
            things.swap(last, other);
        }
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// The source itself, for functions that take one.
    pub fn rng(&mut self) -> &mut ChaCha8Rng {
        &mut self.0
    }
}

/// Mixes bytes into a seed (FNV-1a, then a finish that spreads every bit).
pub(crate) fn mix(seed: u64, bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for byte in bytes {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 31)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_of_nothing_never_falls_and_the_others_do() {
        let mut dice = Dice::new(1);
        let things = [(0, "never"), (1, "seldom"), (9, "often")];
        let mut counts = std::collections::BTreeMap::new();
        for _ in 0..1000 {
            *counts.entry(*dice.weighted(&things).unwrap()).or_insert(0) += 1;
        }
        assert_eq!(counts.len(), 2);
        assert!(counts["often"] > 5 * counts["seldom"], "{counts:?}");
        assert!(dice.weighted(&[(0, 1)]).is_none());
    }
}
