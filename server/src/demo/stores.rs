use fieldbook_core::geo::{Position, distance_m};
use fieldbook_core::model::{DocumentId, PersonId};
use rand::Rng;

use super::chance;
use super::moment::OFFICE_OFFSET_MIN;

/// One store of the file, as a customer.
#[derive(Clone, Debug)]
pub(super) struct Store {
    pub(super) document: DocumentId,
    pub(super) name: String,
    pub(super) position: Position,
    /// Whose territory it is in.
    pub(super) rep: PersonId,
    /// Minutes east of Greenwich there.
    pub(super) offset_min: i32,
}

impl Store {
    /// Alabama's clocks are an hour behind those of Georgia and, but for its west, Florida.
    pub(super) fn offset_of(address: &str, position: Position) -> i32 {
        let is_central = address.contains(", AL,") || (address.contains(", FL,") && position.lon() < -85.0);
        if is_central {
            OFFICE_OFFSET_MIN - 60
        } else {
            OFFICE_OFFSET_MIN
        }
    }
}

/// A day's round in a territory: from some store always on to the nearest that was not visited. Returns the stores in
/// their order and the way in kilometres, as the crow flies.
pub(super) fn round(stores: &[Store], rep: PersonId, stops: usize, rng: &mut impl Rng) -> (Vec<Store>, f64) {
    let mut left: Vec<&Store> = stores.iter().filter(|store| store.rep == rep).collect();
    let mut way_m = 0.0;
    let mut round: Vec<Store> = Vec::with_capacity(stops);
    while round.len() < stops && !left.is_empty() {
        let next = match round.last() {
            None => chance::below(rng, left.len()),
            Some(here) => {
                let far = |store: &Store| distance_m(here.position, store.position);
                let nearest = (0..left.len()).min_by(|a, b| far(left[*a]).total_cmp(&far(left[*b])));
                let next = nearest.unwrap_or(0);
                way_m += far(left[next]);
                next
            }
        };
        round.push(left.swap_remove(next).clone());
    }
    (round, way_m / 1000.0)
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_round_stays_in_the_territory_and_goes_to_the_nearest() {
        let (mine, other) = (PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
        let store = |at: u128, rep| Store {
            document: DocumentId(Uuid::from_u128(at)),
            name: at.to_string(),
            position: Position::new(30.0, at as f64 / 100.0).unwrap(),
            rep,
            offset_min: -300,
        };
        let stores: Vec<Store> = (1..=9)
            .map(|at| store(at, if at % 2 == 0 { other } else { mine }))
            .collect();
        let (round, way_km) = round(&stores, mine, 4, &mut ChaCha20Rng::seed_from_u64(1));
        assert_eq!(round.len(), 4);
        assert!(round.iter().all(|store| store.rep == mine));
        let first: f64 = round[0].name.parse().unwrap();
        let second: f64 = round[1].name.parse().unwrap();
        assert_eq!(
            (first - second).abs(),
            2.0,
            "the nearest of one's own is two places on"
        );
        assert!(way_km > 5.0 && way_km < 20.0, "{way_km}");
    }
}
