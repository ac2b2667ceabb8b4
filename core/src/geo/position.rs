use std::fmt;

use serde::{Deserialize, Serialize};

/// A point on the earth in WGS-84 degrees; always finite and in range.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Degrees", into = "Degrees")]
pub struct Position {
    lat: f64,
    lon: f64,
}

/// Why two numbers are not a position.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum PositionError {
    /// Not a number between -90 and 90.
    #[error("latitude {0} is not between -90 and 90 degrees")]
    Latitude(f64),
    /// Not a number between -180 and 180.
    #[error("longitude {0} is not between -180 and 180 degrees")]
    Longitude(f64),
}

impl Position {
    /// A position from latitude and longitude in degrees.
    pub fn new(lat: f64, lon: f64) -> Result<Self, PositionError> {
        // `contains` is false for NaN, so nothing that is not a number comes through.
        if !(-90.0..=90.0).contains(&lat) {
            return Err(PositionError::Latitude(lat));
        }
        if !(-180.0..=180.0).contains(&lon) {
            return Err(PositionError::Longitude(lon));
        }
        Ok(Self { lat, lon })
    }

    /// The nearest valid position: latitude clamped, longitude wrapped. For points that come out of a
    /// computation.
    pub(super) fn nearest(lat: f64, lon: f64) -> Self {
        Self {
            lat: lat.clamp(-90.0, 90.0),
            lon: (lon + 180.0).rem_euclid(360.0) - 180.0,
        }
    }

    /// Latitude in degrees, north positive.
    pub fn lat(&self) -> f64 {
        self.lat
    }

    /// Longitude in degrees, east positive.
    pub fn lon(&self) -> f64 {
        self.lon
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.6}, {:.6}", self.lat, self.lon)
    }
}

/// The form on paper, checked on the way in.
#[derive(Serialize, Deserialize)]
struct Degrees {
    lat: f64,
    lon: f64,
}

impl TryFrom<Degrees> for Position {
    type Error = PositionError;
    fn try_from(degrees: Degrees) -> Result<Self, PositionError> {
        Self::new(degrees.lat, degrees.lon)
    }
}

impl From<Position> for Degrees {
    fn from(position: Position) -> Self {
        Self {
            lat: position.lat,
            lon: position.lon,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_points_on_the_earth_are_positions() {
        assert!(Position::new(90.0, -180.0).is_ok());
        assert_eq!(Position::new(90.1, 0.0), Err(PositionError::Latitude(90.1)));
        assert_eq!(Position::new(0.0, 180.5), Err(PositionError::Longitude(180.5)));
        assert!(Position::new(f64::NAN, 0.0).is_err());
        assert!(Position::new(0.0, f64::INFINITY).is_err());
    }

    #[test]
    fn json_is_checked_on_the_way_in() {
        let position: Position = serde_json::from_str(r#"{"lat":31.2304,"lon":121.4737}"#).unwrap();
        assert_eq!(
            serde_json::to_string(&position).unwrap(),
            r#"{"lat":31.2304,"lon":121.4737}"#
        );
        assert!(serde_json::from_str::<Position>(r#"{"lat":131.0,"lon":0.0}"#).is_err());
    }

    #[test]
    fn a_computed_point_is_wrapped() {
        let wrapped = Position::nearest(91.0, 181.0);
        assert_eq!((wrapped.lat(), wrapped.lon()), (90.0, -179.0));
    }
}
