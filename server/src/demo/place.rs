//! Where a phone believes itself to be.

use fieldbook_core::geo::{Position, Reading, Source};
use rand::Rng;

use super::chance;

/// Metres in a degree of latitude, near enough for noise.
const METRES_PER_DEGREE: f64 = 111_000.0;

/// A reading taken at the counter: satellites between the shelves and the street.
pub(super) fn at_the_counter(store: Position, rng: &mut impl Rng) -> Reading {
    let accuracy_m = 4.0 + 18.0 * chance::unit(rng);
    // A phone's error is within its accuracy about two times of three; the counter is some steps from the pin.
    let (east, north) = (
        chance::normal(rng) * accuracy_m / 1.5,
        chance::normal(rng) * accuracy_m / 1.5,
    );
    reading(moved(store, east, north), accuracy_m, rng)
}

/// A reading so many metres from the address on file, in some direction.
pub(super) fn away(store: Position, metres: f64, rng: &mut impl Rng) -> Reading {
    let direction = chance::unit(rng) * std::f64::consts::TAU;
    let accuracy_m = 6.0 + 8.0 * chance::unit(rng);
    reading(
        moved(store, metres * direction.sin(), metres * direction.cos()),
        accuracy_m,
        rng,
    )
}

fn reading(position: Position, accuracy_m: f64, rng: &mut impl Rng) -> Reading {
    let source = if accuracy_m < 15.0 {
        Source::Gps
    } else {
        Source::Fused
    };
    let fix_age_ms = chance::below(rng, 4_000) as u64;
    Reading {
        position,
        accuracy_m: (accuracy_m * 10.0).round() / 10.0,
        source,
        fix_age_ms,
        mock: false,
        speed_mps: None,
    }
}

/// So many metres east and north of a place, to the sixth decimal as phones give it.
pub(super) fn moved(from: Position, east_m: f64, north_m: f64) -> Position {
    let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
    let lat = from.lat() + north_m / METRES_PER_DEGREE;
    let lon = from.lon() + east_m / (METRES_PER_DEGREE * from.lat().to_radians().cos());
    Position::new(round(lat), round(lon)).unwrap_or(from)
}

#[cfg(test)]
mod tests {
    use fieldbook_core::geo::distance_m;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;

    #[test]
    fn noise_stays_around_the_store() {
        let mut rng = ChaCha20Rng::seed_from_u64(3);
        let store = Position::new(34.210423, -83.46842).unwrap();
        for _ in 0..200 {
            let near = at_the_counter(store, &mut rng);
            assert!(distance_m(near.position, store) < 120.0, "{near:?}");
            let far = distance_m(away(store, 1_800.0, &mut rng).position, store);
            assert!((1_750.0..1_850.0).contains(&far), "{far}");
        }
    }
}
