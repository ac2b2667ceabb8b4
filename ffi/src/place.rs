use fieldbook_core::geo;

use crate::{FieldbookError, PlatformError};

/// A point on the earth, in WGS-84 degrees. A map of China draws another datum: convert for display only.
#[derive(Clone, Copy, Debug, PartialEq, uniffi::Record)]
pub struct Position {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

/// One raw reading of the phone's position, kept as it came.
#[derive(Clone, Copy, Debug, PartialEq, uniffi::Record)]
pub struct Reading {
    /// Where.
    pub position: Position,
    /// The radius in metres in which the phone believes itself to be.
    pub accuracy_m: f64,
    /// What it comes from.
    pub source: Source,
    /// How old the fix is, in milliseconds.
    pub fix_age_ms: u64,
    /// True when the phone itself says that the position is simulated.
    pub mock: bool,
    /// Speed over ground in metres a second, when the phone knows it.
    pub speed_mps: Option<f64>,
}

/// What a reading comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Source {
    /// Satellites.
    Gps,
    /// Wi-Fi or cell towers.
    Network,
    /// The platform's mixture of all it has.
    Fused,
    /// Picked by the person on a map.
    Manual,
}

/// What asking for the position brought. None of them stops a visit.
#[derive(Clone, Debug, PartialEq, uniffi::Enum)]
pub enum Fix {
    /// A reading.
    Found {
        /// It.
        reading: Reading,
    },
    /// No fix in time: a basement, say.
    NotFound,
    /// The person has not allowed it.
    NotAllowed,
    /// Positioning is switched off on this phone.
    Off,
}

/// What a reading says about being at the customer. *Unknown* is "no fix", never "not there".
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Verdict {
    /// On site.
    Inside,
    /// Off site, whatever the inaccuracy.
    Outside,
    /// The reading is too coarse to tell.
    Uncertain,
    /// There is no reading, or the customer has no position.
    Unknown,
}

/// How far and in which direction something is.
#[derive(Clone, Copy, Debug, PartialEq, uniffi::Record)]
pub struct Away {
    /// In metres.
    pub distance_m: f64,
    /// In degrees clockwise from north.
    pub bearing_deg: f64,
}

/// How far and in which direction `to` is from `from`.
#[uniffi::export]
pub fn away(from: Position, to: Position) -> Result<Away, FieldbookError> {
    let (from, to) = (from.try_into()?, to.try_into()?);
    Ok(Away {
        distance_m: geo::distance_m(from, to),
        bearing_deg: geo::bearing_deg(from, to),
    })
}

/// Where to draw a position on a Chinese map, which uses another datum (GCJ-02). For display only: what is stored stays
/// WGS-84.
#[uniffi::export]
pub fn on_chinese_map(position: Position) -> Result<Position, FieldbookError> {
    Ok(geo::to_gcj02(position.try_into()?).into())
}

impl From<geo::Position> for Position {
    fn from(position: geo::Position) -> Self {
        Self {
            lat: position.lat(),
            lon: position.lon(),
        }
    }
}

impl TryFrom<Position> for geo::Position {
    type Error = FieldbookError;
    fn try_from(position: Position) -> Result<Self, FieldbookError> {
        Self::new(position.lat, position.lon).map_err(|error| {
            let reason = error.to_string();
            PlatformError::Failed { reason }.into()
        })
    }
}

impl TryFrom<Reading> for geo::Reading {
    type Error = FieldbookError;
    fn try_from(reading: Reading) -> Result<Self, FieldbookError> {
        Ok(Self {
            position: reading.position.try_into()?,
            accuracy_m: reading.accuracy_m,
            source: reading.source.into(),
            fix_age_ms: reading.fix_age_ms,
            mock: reading.mock,
            speed_mps: reading.speed_mps,
        })
    }
}

impl From<Source> for geo::Source {
    fn from(source: Source) -> Self {
        match source {
            Source::Gps => Self::Gps,
            Source::Network => Self::Network,
            Source::Fused => Self::Fused,
            Source::Manual => Self::Manual,
        }
    }
}

impl From<geo::Verdict> for Verdict {
    fn from(verdict: geo::Verdict) -> Self {
        match verdict {
            geo::Verdict::Inside => Self::Inside,
            geo::Verdict::Outside => Self::Outside,
            geo::Verdict::Uncertain => Self::Uncertain,
            geo::Verdict::Unknown => Self::Unknown,
        }
    }
}

/// A reading that may be missing, as the core takes it.
pub(crate) fn reading(reading: Option<Reading>) -> Result<Option<geo::Reading>, FieldbookError> {
    reading.map(TryInto::try_into).transpose()
}
