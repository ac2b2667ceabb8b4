use chrono::{DateTime, FixedOffset, Utc};
use fieldbook_core::time::from_unix_ms;

/// Minutes east of Greenwich at the office: Atlanta in November.
pub(super) const OFFICE_OFFSET_MIN: i32 = -300;
/// The demo day, Tuesday 2026-11-24, at 00:00 in the office, in milliseconds since 1970.
const MIDNIGHT_MS: i64 = 1_795_496_400_000;
const MINUTE_MS: i64 = 60_000;

/// A moment of the story. The day is always the same one, so that a seed replays it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment(i64);

impl Moment {
    /// So many hours and minutes after midnight of the demo day, by the office's clock; 34 h is ten o'clock on the
    /// next day.
    pub(super) const fn at(hour: i64, minute: i64) -> Self {
        Self(MIDNIGHT_MS + (hour * 60 + minute) * MINUTE_MS)
    }

    pub(super) fn plus_minutes(self, minutes: i64) -> Self {
        Self(self.0 + minutes * MINUTE_MS)
    }

    pub(super) fn plus_ms(self, ms: i64) -> Self {
        Self(self.0 + ms)
    }

    /// Milliseconds since 1970.
    pub(super) fn unix_ms(self) -> u64 {
        u64::try_from(self.0).unwrap_or(0)
    }

    /// As a clock shows it that is so many minutes east of Greenwich.
    pub(super) fn local(self, offset_min: i32) -> DateTime<FixedOffset> {
        from_unix_ms(self.0, offset_min).unwrap_or_default()
    }

    pub(super) fn utc(self) -> DateTime<Utc> {
        self.local(0).to_utc()
    }

    /// Hours and minutes at the office.
    pub(super) fn clock_face(self) -> String {
        self.local(OFFICE_OFFSET_MIN).format("%H:%M").to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_a_tuesday_in_atlanta() {
        let nine = Moment::at(9, 5);
        assert_eq!(
            nine.local(OFFICE_OFFSET_MIN).to_rfc3339(),
            "2026-11-24T09:05:00-05:00"
        );
        assert_eq!(nine.local(OFFICE_OFFSET_MIN).format("%a").to_string(), "Tue");
        assert_eq!(
            (nine.clock_face().as_str(), nine.utc().to_rfc3339().as_str()),
            ("09:05", "2026-11-24T14:05:00+00:00")
        );
        assert_eq!(Moment::at(34, 0), Moment::at(10, 0).plus_minutes(24 * 60));
    }
}
