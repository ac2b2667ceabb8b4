//! Small draws from a seeded source.

use rand::Rng;

/// A number below `bound`; 0 when there is nothing to choose from.
pub(super) fn below(rng: &mut impl Rng, bound: usize) -> usize {
    usize::try_from(rng.next_u64() % (bound.max(1) as u64)).unwrap_or(0)
}

/// A number from `low` to `high`, both included.
pub(super) fn between(rng: &mut impl Rng, low: i64, high: i64) -> i64 {
    let span = u64::try_from(high - low + 1).unwrap_or(1).max(1);
    low + i64::try_from(rng.next_u64() % span).unwrap_or(0)
}

/// One of these, which must not be empty.
pub(super) fn pick<'a, T>(rng: &mut impl Rng, from: &'a [T]) -> &'a T {
    &from[below(rng, from.len())]
}

/// Puts them into another order, each order equally likely.
pub(super) fn shuffle<T>(rng: &mut impl Rng, items: &mut [T]) {
    for last in (1..items.len()).rev() {
        items.swap(last, below(rng, last + 1));
    }
}

/// A number from 0 up to 1.
pub(super) fn unit(rng: &mut impl Rng) -> f64 {
    // 53 bits are what a double holds exactly.
    (rng.next_u64() >> 11) as f64 / (1u64 << 53) as f64
}

/// A number with mean 0 and standard deviation 1 (Box and Muller).
pub(super) fn normal(rng: &mut impl Rng) -> f64 {
    let radius = (-2.0 * (1.0 - unit(rng)).ln()).sqrt();
    radius * (std::f64::consts::TAU * unit(rng)).cos()
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;

    #[test]
    fn draws_stay_in_range() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let drawn: Vec<f64> = (0..2_000).map(|_| normal(&mut rng)).collect();
        let mean = drawn.iter().sum::<f64>() / 2_000.0;
        let spread = drawn.iter().map(|value| value * value).sum::<f64>() / 2_000.0;
        assert!(mean.abs() < 0.1 && (spread - 1.0).abs() < 0.15, "{mean} {spread}");
        assert!((0..200).all(|_| (-2..=3).contains(&between(&mut rng, -2, 3))));
        let mut items: Vec<usize> = (0..20).collect();
        shuffle(&mut rng, &mut items);
        assert_ne!(items, (0..20).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..20).collect::<Vec<_>>());
    }
}
