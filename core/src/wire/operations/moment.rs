//! Times and days as text, packed only where printing gives back the same text.

use chrono::{DateTime, FixedOffset, NaiveDate};

const FORMAT: &str = "%Y-%m-%dT%H:%M:%S%.3f%:z";
const DAY: &str = "%Y-%m-%d";
/// Years 0000 to 9999, the ones that print with four digits; an offset moves them by less than a day.
const EARLIEST_MS: i64 = -62_167_219_200_000;
const LATEST_MS: i64 = 253_402_300_799_999;
const DAY_MS: i64 = 86_400_000;

/// A time: milliseconds since 1970 and the offset in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) ms: i64,
    pub(super) offset: i64,
}

impl Moment {
    /// Reads exactly `2026-11-24T14:05:00.000+08:00`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 29 || bytes[10] != b'T' || bytes[19] != b'.' {
            return None;
        }
        let time = DateTime::parse_from_str(text, FORMAT).ok()?;
        let offset = time.offset().local_minus_utc();
        let moment = Self {
            ms: time.timestamp_millis(),
            offset: i64::from(offset / 60),
        };
        (offset % 60 == 0 && moment.print().as_deref() == Some(text)).then_some(moment)
    }

    /// Prints it; `None` outside the years 0 to 9999 and offsets of a day or more.
    pub(super) fn print(self) -> Option<String> {
        let offset = i32::try_from(self.offset.checked_mul(60)?).ok()?;
        let local_ms = self.ms.checked_add(self.offset.checked_mul(60_000)?)?;
        if !(EARLIEST_MS..=LATEST_MS).contains(&local_ms) {
            return None;
        }
        let time = DateTime::from_timestamp_millis(self.ms)?.with_timezone(&FixedOffset::east_opt(offset)?);
        Some(time.format(FORMAT).to_string())
    }

    /// The day of the moment in UTC, as days since 1970.
    pub(super) fn day(ms: i64) -> i64 {
        ms.div_euclid(DAY_MS)
    }
}

/// Reads exactly `2026-11-24`, as days since 1970.
pub(super) fn parse_day(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let day = i64::from(NaiveDate::parse_from_str(text, DAY).ok()?.to_epoch_days());
    (print_day(day).as_deref() == Some(text)).then_some(day)
}

/// Prints a day; `None` outside the years 0 to 9999.
pub(super) fn print_day(day: i64) -> Option<String> {
    if !(EARLIEST_MS / DAY_MS..=LATEST_MS / DAY_MS).contains(&day) {
        return None;
    }
    Some(
        NaiveDate::from_epoch_days(i32::try_from(day).ok()?)?
            .format(DAY)
            .to_string(),
    )
}
