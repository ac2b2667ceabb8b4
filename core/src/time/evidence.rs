use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use crate::model::BootId;

/// What a phone knows about the moment something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeEvidence {
    /// The phone's wall clock, with the offset of the place.
    pub at: DateTime<FixedOffset>,
    /// The monotonic clock in milliseconds since the boot.
    pub mono_ms: u64,
    /// Which boot.
    pub boot: BootId,
    /// The last server time seen, carried forward to this moment by the monotonic clock, in milliseconds
    /// since 1970. Absent when the phone has not spoken with a server since it booted: the time is then
    /// *unanchored*.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server_ms: Option<u64>,
}

impl TimeEvidence {
    /// Is the time held by something other than the phone's own wall clock?
    pub fn is_anchored(&self) -> bool {
        self.server_ms.is_some()
    }

    /// How far the wall clock runs ahead of the server's, in milliseconds; `None` when unanchored.
    pub fn skew_ms(&self) -> Option<i64> {
        let server = i64::try_from(self.server_ms?).ok()?;
        Some(self.at.timestamp_millis().saturating_sub(server))
    }

    /// The best estimate of the moment in milliseconds since 1970: the anchored time, else the wall clock.
    pub fn best_ms(&self) -> i64 {
        self.server_ms
            .and_then(|server| i64::try_from(server).ok())
            .unwrap_or_else(|| self.at.timestamp_millis())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::from_unix_ms;

    #[test]
    fn an_anchor_beats_the_wall_clock() {
        let at = from_unix_ms(1_000_000, 480).unwrap();
        let boot = BootId(uuid::Uuid::nil());
        let mut evidence = TimeEvidence {
            at,
            mono_ms: 5,
            boot,
            server_ms: None,
        };
        assert_eq!(
            (evidence.is_anchored(), evidence.skew_ms(), evidence.best_ms()),
            (false, None, 1_000_000)
        );
        evidence.server_ms = Some(940_000);
        assert_eq!(
            (evidence.is_anchored(), evidence.skew_ms(), evidence.best_ms()),
            (true, Some(60_000), 940_000)
        );
    }
}
