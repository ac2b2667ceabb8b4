use super::Position;

/// A box of degrees that holds every point within a distance of its middle; the cheap first step of a search
/// nearby.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Southern edge, degrees.
    pub south: f64,
    /// Northern edge, degrees.
    pub north: f64,
    /// Western edge, degrees; below -180 when the box crosses the date line westwards.
    pub west: f64,
    /// Eastern edge, degrees; above 180 when the box crosses the date line eastwards.
    pub east: f64,
}

impl Bounds {
    /// The box around `middle` that holds all points at most `radius_m` metres away.
    pub fn around(middle: Position, radius_m: f64) -> Self {
        // The shortest degree of a meridian has 110.574 km; less makes the box larger, never too small.
        const METRES_OF_A_DEGREE: f64 = 110_500.0;
        let reach = radius_m.max(0.0) / METRES_OF_A_DEGREE;
        let south = middle.lat() - reach;
        let north = middle.lat() + reach;
        // Meridians converge: at the edge of the box nearest to a pole a degree of longitude is shortest.
        let farthest = south.abs().max(north.abs());
        let spread = if farthest >= 89.0 {
            180.0
        } else {
            (reach / farthest.to_radians().cos()).min(180.0)
        };
        Self {
            south: south.max(-90.0),
            north: north.min(90.0),
            west: middle.lon() - spread,
            east: middle.lon() + spread,
        }
    }

    /// The part of the box that reaches over the date line, on the other side of it.
    pub fn beyond_date_line(&self) -> Option<Self> {
        if self.east - self.west >= 360.0 {
            // All the way round: the box with its full width holds everything already, once clamped by the
            // data.
            return Some(Self {
                west: -180.0,
                east: 180.0,
                ..*self
            });
        }
        if self.west < -180.0 {
            Some(Self {
                west: self.west + 360.0,
                east: 180.0,
                ..*self
            })
        } else if self.east > 180.0 {
            Some(Self {
                west: -180.0,
                east: self.east - 360.0,
                ..*self
            })
        } else {
            None
        }
    }

    /// Does the box hold this point?
    pub fn contains(&self, point: Position) -> bool {
        let within =
            |b: &Self| (b.south..=b.north).contains(&point.lat()) && (b.west..=b.east).contains(&point.lon());
        within(self) || self.beyond_date_line().as_ref().is_some_and(within)
    }
}

#[cfg(test)]
mod tests {
    use super::super::distance_m;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nothing_within_the_radius_is_outside_the_box(
            lat in -90.0..90.0f64, lon in -180.0..180.0f64,
            up in -2.0..2.0f64, right in -2.0..2.0f64, radius in 1.0..200_000.0f64,
        ) {
            let middle = Position::new(lat, lon).unwrap();
            let point = Position::nearest(lat + up, lon + right);
            if distance_m(middle, point) <= radius {
                prop_assert!(Bounds::around(middle, radius).contains(point));
            }
        }
    }

    #[test]
    fn a_box_is_not_much_larger_than_its_radius() {
        let bounds = Bounds::around(Position::new(31.23, 121.47).unwrap(), 1_000.0);
        assert!(bounds.north - bounds.south < 0.0185);
        assert!(bounds.east - bounds.west < 0.0215);
        assert_eq!(bounds.beyond_date_line(), None);
    }
}
