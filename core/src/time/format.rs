use chrono::{DateTime, FixedOffset, Timelike};

/// Why a text is not an instant as documents write it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a time; use milliseconds and an offset, such as 2026-11-24T14:05:00.000+08:00")]
pub struct TimestampError(pub String);

/// Writes an instant as documents do: RFC 3339 with milliseconds and the offset of the place, never `Z`.
pub fn format_timestamp(at: &DateTime<FixedOffset>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
}

/// Reads an instant in exactly the form of [`format_timestamp`]; any other spelling of the same instant is
/// refused, so that what is read writes back the same bytes.
pub fn parse_timestamp(text: &str) -> Result<DateTime<FixedOffset>, TimestampError> {
    let wrong = || TimestampError(text.to_owned());
    if !has_shape(text.as_bytes()) {
        return Err(wrong());
    }
    let at = DateTime::parse_from_rfc3339(text).map_err(|_| wrong())?;
    // A leap second has no millisecond number of its own and would not come back from one.
    if at.nanosecond() >= 1_000_000_000 {
        return Err(wrong());
    }
    Ok(at)
}

/// The instant `unix_ms` milliseconds after 1970 at an offset of `offset_min` minutes east; `None` out of
/// range.
pub fn from_unix_ms(unix_ms: i64, offset_min: i32) -> Option<DateTime<FixedOffset>> {
    let offset = FixedOffset::east_opt(offset_min.checked_mul(60)?)?;
    Some(DateTime::from_timestamp_millis(unix_ms)?.with_timezone(&offset))
}

/// Separators and digits where `2026-11-24T14:05:00.000+08:00` has them; `-00:00` would not come back.
fn has_shape(text: &[u8]) -> bool {
    const SHAPE: &[u8; 29] = b"0000-00-00T00:00:00.000+00:00";
    text.len() == SHAPE.len()
        && !text.ends_with(b"-00:00")
        && text.iter().zip(SHAPE).all(|(byte, shape)| match shape {
            b'0' => byte.is_ascii_digit(),
            b'+' => matches!(byte, b'+' | b'-'),
            _ => byte == shape,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_spelling_only() {
        let text = "2026-11-24T14:05:00.000+08:00";
        let at = parse_timestamp(text).unwrap();
        assert_eq!(at.timestamp_millis(), 1_795_500_300_000);
        assert_eq!(at.offset().local_minus_utc(), 8 * 3600);
        assert_eq!(format_timestamp(&at), text);
        for other in [
            "2026-11-24T06:05:00.000Z",
            "2026-11-24 14:05:00.000+08:00",
            "2026-11-24T14:05:00+08:00",
            "2026-11-24T14:05:00.000-00:00",
            "2026-11-24T14:05:00.000000+08",
            "2026-13-24T14:05:00.000+08:00",
            "2016-12-31T23:59:60.000+00:00",
            "",
        ] {
            assert_eq!(parse_timestamp(other), Err(TimestampError(other.to_owned())));
        }
    }

    proptest! {
        #[test]
        fn every_instant_comes_back(ms in 0..4_102_444_800_000_i64, offset in -14 * 60..=14 * 60_i32) {
            let at = from_unix_ms(ms, offset).unwrap();
            let text = format_timestamp(&at);
            let back = parse_timestamp(&text).unwrap();
            prop_assert_eq!(back, at);
            prop_assert_eq!(back.offset(), at.offset());
            prop_assert_eq!(format_timestamp(&back), text);
        }

        #[test]
        fn what_is_read_writes_back(text in "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9]\\.[0-9]{3}[+-][0-9]{2}:[0-9]{2}") {
            if let Ok(at) = parse_timestamp(&text) {
                prop_assert_eq!(format_timestamp(&at), text);
            }
        }
    }
}
