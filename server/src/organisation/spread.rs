use fieldbook_core::geo::Position;

/// Spreads places over `parts` territories of about equal size, each compact: the longer side is cut until
/// each part has its own piece. Answers the part of each place; places without a position are dealt out in turn.
pub(super) fn spread(places: &[Option<Position>], parts: usize) -> Vec<usize> {
    let parts = parts.max(1);
    let mut part_of = vec![0; places.len()];
    let mut placed: Vec<(usize, Position)> = places
        .iter()
        .enumerate()
        .filter_map(|(at, place)| place.map(|place| (at, place)))
        .collect();
    cut(&mut placed, 0, parts, &mut part_of);
    let unplaced = places.iter().enumerate().filter(|(_, place)| place.is_none());
    for (turn, (at, _)) in unplaced.enumerate() {
        part_of[at] = turn % parts;
    }
    part_of
}

fn cut(places: &mut [(usize, Position)], first: usize, parts: usize, part_of: &mut [usize]) {
    if parts <= 1 {
        for (at, _) in places.iter() {
            part_of[*at] = first;
        }
        return;
    }
    if is_tall(places) {
        places.sort_by(|(_, a), (_, b)| a.lat().total_cmp(&b.lat()));
    } else {
        places.sort_by(|(_, a), (_, b)| a.lon().total_cmp(&b.lon()));
    }
    let left = parts / 2;
    let (near, far) = places.split_at_mut(places.len() * left / parts);
    cut(near, first, left, part_of);
    cut(far, first + left, parts - left, part_of);
}

/// Is the area higher than wide? A degree of longitude shrinks with the cosine of the latitude.
fn is_tall(places: &[(usize, Position)]) -> bool {
    let range = |value: fn(&Position) -> f64| {
        let (low, high) = places
            .iter()
            .fold((f64::MAX, f64::MIN), |(low, high), (_, place)| {
                (low.min(value(place)), high.max(value(place)))
            });
        (low, high)
    };
    let ((south, north), (west, east)) = (range(Position::lat), range(Position::lon));
    let shrink = ((south + north) / 2.0).to_radians().cos();
    north - south > (east - west) * shrink
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn territories_are_even_and_compact() {
        let grid: Vec<Option<Position>> = (0..100)
            .map(|at| Position::new(f64::from(at / 10), f64::from(at % 10)).ok())
            .chain([None, None, None])
            .collect();
        let parts = spread(&grid, 4);
        for part in 0..4 {
            let own: Vec<Position> = parts
                .iter()
                .zip(&grid)
                .filter(|(of, _)| **of == part)
                .filter_map(|(_, p)| *p)
                .collect();
            assert_eq!(own.len(), 25);
            let width = own.iter().map(Position::lon).fold(f64::MIN, f64::max)
                - own.iter().map(Position::lon).fold(f64::MAX, f64::min);
            assert!(width <= 5.0, "part {part} is {width} degrees wide");
        }
        assert_eq!(parts[100..], [0, 1, 2]);
    }

    #[test]
    fn more_reps_than_customers_leave_some_without() {
        let places = [Position::new(1.0, 1.0).ok(), None];
        assert!(spread(&places, 5).iter().all(|part| *part < 5));
        assert!(spread(&[], 3).is_empty());
    }
}
