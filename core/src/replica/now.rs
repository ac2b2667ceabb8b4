use chrono::{DateTime, FixedOffset};

use crate::model::BootId;

/// What the phone's clocks say at one moment; the edge reads them and passes them in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The wall clock with the offset of the place.
    pub at: DateTime<FixedOffset>,
    /// Milliseconds since the phone booted, standing still for nothing.
    pub mono_ms: u64,
    /// Which boot that is.
    pub boot: BootId,
}

impl Now {
    /// The wall clock in milliseconds since 1970, never negative.
    pub fn unix_ms(&self) -> u64 {
        u64::try_from(self.at.timestamp_millis()).unwrap_or(0)
    }
}
