use std::f64::consts::PI;

use super::Position;

/// Half the long axis of the Krasovsky 1940 ellipsoid, in metres.
const AXIS: f64 = 6_378_245.0;
/// Its first eccentricity squared.
const ECCENTRICITY_SQUARED: f64 = 0.006_693_421_622_965_943;

/// Moves a WGS-84 position to GCJ-02, for drawing on a Chinese map. Outside China nothing moves.
pub fn to_gcj02(wgs84: Position) -> Position {
    if !in_china(wgs84) {
        return wgs84;
    }
    let (lat, lon) = offset(wgs84);
    Position::nearest(wgs84.lat() + lat, wgs84.lon() + lon)
}

/// Moves a GCJ-02 position, for example one picked on a Chinese map, back to WGS-84 (to a millimetre).
pub fn from_gcj02(gcj02: Position) -> Position {
    if !in_china(gcj02) {
        return gcj02;
    }
    // The forward transform has no inverse in closed form; its offset changes slowly, so this converges fast.
    let mut guess = gcj02;
    for _ in 0..10 {
        let (lat, lon) = offset(guess);
        let next = Position::nearest(gcj02.lat() - lat, gcj02.lon() - lon);
        let moved = (next.lat() - guess.lat())
            .abs()
            .max((next.lon() - guess.lon()).abs());
        guess = next;
        if moved < 1e-9 {
            break;
        }
    }
    guess
}

/// The box in which map makers apply the offset.
fn in_china(position: Position) -> bool {
    (0.8293..=55.8271).contains(&position.lat()) && (72.004..=137.8347).contains(&position.lon())
}

/// The offset in degrees (latitude, longitude) at a WGS-84 position.
fn offset(wgs84: Position) -> (f64, f64) {
    let (x, y) = (wgs84.lon() - 105.0, wgs84.lat() - 35.0);
    let phi = wgs84.lat().to_radians();
    let magic = 1.0 - ECCENTRICITY_SQUARED * phi.sin().powi(2);
    let root = magic.sqrt();
    let meridian = AXIS * (1.0 - ECCENTRICITY_SQUARED) / (magic * root);
    let parallel = AXIS / root * phi.cos();
    (
        (northing(x, y) / meridian).to_degrees(),
        (easting(x, y) / parallel).to_degrees(),
    )
}

/// How far a point moves north, in metres of the published polynomial.
fn northing(x: f64, y: f64) -> f64 {
    -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + wave(x)
        + (20.0 * (y * PI).sin() + 40.0 * (y / 3.0 * PI).sin()) * 2.0 / 3.0
        + (160.0 * (y / 12.0 * PI).sin() + 320.0 * (y * PI / 30.0).sin()) * 2.0 / 3.0
}

/// How far a point moves east, in metres of the published polynomial.
fn easting(x: f64, y: f64) -> f64 {
    300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + wave(x)
        + (20.0 * (x * PI).sin() + 40.0 * (x / 3.0 * PI).sin()) * 2.0 / 3.0
        + (150.0 * (x / 12.0 * PI).sin() + 300.0 * (x / 30.0 * PI).sin()) * 2.0 / 3.0
}

/// The short wave that both share.
fn wave(x: f64) -> f64 {
    (20.0 * (6.0 * x * PI).sin() + 20.0 * (2.0 * x * PI).sin()) * 2.0 / 3.0
}

#[cfg(test)]
mod tests {
    use super::super::distance_m;
    use super::*;
    use proptest::prelude::*;

    fn at(lat: f64, lon: f64) -> Position {
        Position::new(lat, lon).unwrap()
    }

    #[test]
    fn agrees_with_published_points() {
        // The vectors that open implementations share, in Shanghai, Shenzhen and Beijing. They differ in the
        // ellipsoid's axis, which is worth less than a centimetre.
        for (wgs, gcj) in [
            (
                (31.177_427_6, 121.527_210_6),
                (31.175_303_983_6, 121.531_541_859_2),
            ),
            ((22.543_847, 113.912_316), (22.540_796_131_7, 113.917_176_480_8)),
            ((39.911_954, 116.377_817), (39.913_345_455_4, 116.384_047_224_6)),
        ] {
            let drawn = to_gcj02(at(wgs.0, wgs.1));
            assert!(
                distance_m(drawn, at(gcj.0, gcj.1)) < 0.02,
                "{wgs:?} was drawn at {drawn}"
            );
        }
    }

    #[test]
    fn the_offset_is_as_large_as_a_fence() {
        let shop = at(31.2304, 121.4737);
        assert!((400.0..600.0).contains(&distance_m(shop, to_gcj02(shop))));
    }

    #[test]
    fn nothing_moves_abroad() {
        let rogers = at(36.342_235, -94.071_41);
        assert_eq!(to_gcj02(rogers), rogers);
        assert_eq!(from_gcj02(rogers), rogers);
    }

    proptest! {
        #[test]
        fn there_and_back_is_within_a_millimetre(lat in 18.0..53.0f64, lon in 74.0..135.0f64) {
            let wgs = at(lat, lon);
            prop_assert!(distance_m(from_gcj02(to_gcj02(wgs)), wgs) < 0.001);
        }
    }
}
