//! Names, times and numbers as people write them.

use chrono::{DateTime, FixedOffset};

use crate::demo::moment::OFFICE_OFFSET_MIN;

/// A store's name as a line has room for it.
pub(super) fn shop(name: &str) -> String {
    const ROOM: usize = 27;
    if name.chars().count() <= ROOM {
        return name.to_owned();
    }
    let short: String = name.chars().take(ROOM - 1).collect();
    format!("{}…", short.trim_end())
}

pub(super) fn day_and_time(at: &DateTime<FixedOffset>) -> String {
    format!("{} {}", at.format("%a %-d Nov"), time(at))
}

/// The time of day, with a word when it is not the office's.
pub(super) fn time(at: &DateTime<FixedOffset>) -> String {
    let is_ours = at.offset().local_minus_utc() == OFFICE_OFFSET_MIN * 60;
    format!(
        "{}{}",
        at.format("%H:%M"),
        if is_ours { "" } else { " local time" }
    )
}

pub(super) fn counted(count: u64, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {what}{plural}", thousands(count))
}

/// 420 m, 1.2 km.
pub(super) fn distance(metres: f64) -> String {
    if metres < 1000.0 {
        format!("{metres:.0} m")
    } else {
        format!("{:.1} km", metres / 1000.0)
    }
}

/// 512 B, 1.2 KB, 3.4 MB.
pub(in crate::demo) fn bytes(count: u64) -> String {
    match count {
        0..1_000 => format!("{count} B"),
        1_000..1_000_000 => format!("{:.1} KB", count as f64 / 1e3),
        _ => format!("{:.1} MB", count as f64 / 1e6),
    }
}

/// 1234567 as 1,234,567.
pub(in crate::demo) fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(
            [thousands(7), thousands(1_234), thousands(1_234_567)],
            ["7", "1,234", "1,234,567"]
        );
        assert_eq!(
            [bytes(512), bytes(1_250), bytes(3_400_000)],
            ["512 B", "1.2 KB", "3.4 MB"]
        );
        assert_eq!([distance(35.2), distance(1_240.0)], ["35 m", "1.2 km"]);
        assert_eq!(
            [counted(1, "item"), counted(212, "item")],
            ["1 item", "212 items"]
        );
    }
}
