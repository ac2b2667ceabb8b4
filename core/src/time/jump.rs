use super::TimeEvidence;

/// How far the wall clock may stray from the other clocks between two moments before it counts as a jump: a
/// correction by the network stays below it.
pub const JUMP_TOLERANCE_MS: i64 = 120_000;

/// What two moments of one phone say about its wall clock. A hint for people; nothing is refused for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockJudgement {
    /// The wall clock went with the others.
    Steady,
    /// The wall clock moved by this many milliseconds more than time did; negative when it was set back.
    Jumped {
        /// The difference.
        by_ms: i64,
    },
    /// The phone was restarted in between and has no anchor: nothing can be said.
    Unanchored,
    /// The monotonic clock ran backwards within one boot, which no honest phone does.
    Broken,
}

/// Judges the wall clock between two moments, `later` being the one that was written second.
///
/// Within one boot the monotonic clock is the measure; across a restart the server's time is, when both
/// moments have one. Without a measure only a wall clock that ran backwards is seen.
pub fn judge_clock(earlier: &TimeEvidence, later: &TimeEvidence) -> ClockJudgement {
    let walked = later
        .at
        .timestamp_millis()
        .saturating_sub(earlier.at.timestamp_millis());
    let passed = if earlier.boot == later.boot {
        let Some(passed) = later.mono_ms.checked_sub(earlier.mono_ms) else {
            return ClockJudgement::Broken;
        };
        i64::try_from(passed).ok()
    } else {
        match (earlier.server_ms, later.server_ms) {
            (Some(before), Some(after)) => difference(before, after),
            _ => None,
        }
    };
    let strayed = match passed {
        Some(passed) => walked.saturating_sub(passed),
        None if walked < 0 => walked,
        None => return ClockJudgement::Unanchored,
    };
    if strayed.saturating_abs() > JUMP_TOLERANCE_MS {
        ClockJudgement::Jumped { by_ms: strayed }
    } else {
        ClockJudgement::Steady
    }
}

fn difference(before: u64, after: u64) -> Option<i64> {
    i64::try_from(i128::from(after) - i128::from(before)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::BootId;
    use crate::time::from_unix_ms;

    const NINE: i64 = 1_795_482_000_000;
    const HOUR: i64 = 3_600_000;

    fn evidence(wall_ms: i64, mono_ms: u64, boot: u128, server_ms: Option<i64>) -> TimeEvidence {
        TimeEvidence {
            at: from_unix_ms(wall_ms, 480).unwrap(),
            mono_ms,
            boot: BootId(uuid::Uuid::from_u128(boot)),
            server_ms: server_ms.map(|ms| u64::try_from(ms).unwrap()),
        }
    }

    #[test]
    fn a_clock_set_back_two_days_is_seen_within_a_boot() {
        let before = evidence(NINE, 1_000, 1, None);
        let after = evidence(NINE + HOUR - 48 * HOUR, 3_601_000, 1, None);
        assert_eq!(
            judge_clock(&before, &after),
            ClockJudgement::Jumped { by_ms: -48 * HOUR }
        );
    }

    #[test]
    fn a_small_correction_is_no_jump() {
        let before = evidence(NINE, 1_000, 1, None);
        let after = evidence(NINE + HOUR + 900, 3_601_000, 1, None);
        assert_eq!(judge_clock(&before, &after), ClockJudgement::Steady);
    }

    #[test]
    fn across_a_restart_the_server_is_the_measure() {
        let before = evidence(NINE, 9_000, 1, Some(NINE));
        assert_eq!(
            judge_clock(&before, &evidence(NINE + HOUR, 10, 2, None)),
            ClockJudgement::Unanchored
        );
        let honest = evidence(NINE + HOUR, 10, 2, Some(NINE + HOUR));
        assert_eq!(judge_clock(&before, &honest), ClockJudgement::Steady);
        let forward = evidence(NINE + 9 * HOUR, 10, 2, Some(NINE + HOUR));
        assert_eq!(
            judge_clock(&before, &forward),
            ClockJudgement::Jumped { by_ms: 8 * HOUR }
        );
    }

    #[test]
    fn backwards_is_seen_without_any_measure() {
        let before = evidence(NINE, 9_000, 1, None);
        let after = evidence(NINE - HOUR, 10, 2, None);
        assert_eq!(
            judge_clock(&before, &after),
            ClockJudgement::Jumped { by_ms: -HOUR }
        );
    }

    #[test]
    fn a_monotonic_clock_never_runs_backwards() {
        let before = evidence(NINE, 9_000, 1, None);
        assert_eq!(
            judge_clock(&before, &evidence(NINE, 8_999, 1, None)),
            ClockJudgement::Broken
        );
    }
}
