use geo::{Bearing, Distance, Geodesic, Point};

use super::Position;

/// The distance in metres on the WGS-84 ellipsoid (Karney's method, good to nanometres).
pub fn distance_m(a: Position, b: Position) -> f64 {
    Geodesic.distance(point(a), point(b))
}

/// The direction from `from` to `to` at the start, in degrees clockwise from north, 0 to 360.
pub fn bearing_deg(from: Position, to: Position) -> f64 {
    Geodesic.bearing(point(from), point(to)).rem_euclid(360.0)
}

fn point(position: Position) -> Point {
    Point::new(position.lon(), position.lat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: f64, lon: f64) -> Position {
        Position::new(lat, lon).unwrap()
    }

    #[test]
    fn agrees_with_published_distances() {
        // GeographicLib's own example: Wellington to Salamanca.
        let across = distance_m(at(-41.32, 174.81), at(40.96, -5.50));
        assert!((across - 19_959_679.267_353_82).abs() < 1e-3, "{across}");
        // One degree of the equator and of the meridian there differ: the earth is no sphere.
        assert!((distance_m(at(0.0, 0.0), at(0.0, 1.0)) - 111_319.491).abs() < 0.001);
        assert!((distance_m(at(0.0, 0.0), at(1.0, 0.0)) - 110_574.389).abs() < 0.001);
    }

    #[test]
    fn crosses_the_date_line() {
        assert!(distance_m(at(0.0, 179.999), at(0.0, -179.999)) < 300.0);
    }

    #[test]
    fn bearings_run_clockwise_from_north() {
        let home = at(31.23, 121.47);
        let bearing = |lat, lon| bearing_deg(home, at(lat, lon)).round();
        assert_eq!(bearing(31.33, 121.47), 0.0);
        assert_eq!(bearing(31.23, 121.57), 90.0);
        assert_eq!(bearing(31.13, 121.47), 180.0);
        assert_eq!(bearing(31.23, 121.37), 270.0);
    }
}
