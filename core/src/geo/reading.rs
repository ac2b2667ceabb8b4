use serde::{Deserialize, Serialize};

use super::Position;

/// One raw reading of a phone's position, kept as it came so that it can be judged again.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Where, in WGS-84.
    pub position: Position,
    /// The radius in metres in which the phone believes itself to be.
    pub accuracy_m: f64,
    /// What the position comes from.
    pub source: Source,
    /// How old the fix was when it was taken, in milliseconds.
    pub fix_age_ms: u64,
    /// True when the phone itself says that the position was simulated. False proves nothing.
    #[serde(default)]
    pub mock: bool,
    /// Speed over ground in metres a second, when the phone knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speed_mps: Option<f64>,
}

/// What a reading comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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

impl Source {
    /// All sources.
    pub const ALL: [Source; 4] = [Source::Gps, Source::Network, Source::Fused, Source::Manual];

    /// The name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Source::Gps => "gps",
            Source::Network => "network",
            Source::Fused => "fused",
            Source::Manual => "manual",
        }
    }

    /// The source of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.name() == name)
    }
}
