use std::sync::OnceLock;

use rusqlite::Connection;

use super::{Now, ReplicaError, contact};
use crate::model::Words;
use crate::time::{ClockJudgement, JUMP_TOLERANCE_MS, TimeEvidence, judge_clock};

/// The wall clock of this phone is off. Nothing is refused for it; the person is told, because the plan of "today" and the
/// times of their visits go by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockOff {
    /// By how many milliseconds it is ahead; negative when it is behind.
    pub by_ms: i64,
}

impl ClockOff {
    /// Nothing when it strays no more than clocks do.
    pub(crate) fn of(by_ms: i64) -> Option<Self> {
        (by_ms.saturating_abs() > JUMP_TOLERANCE_MS).then_some(Self { by_ms })
    }

    /// Whole minutes that it is ahead; negative when it is behind.
    pub fn minutes(self) -> i64 {
        self.by_ms / 60_000
    }

    /// What to say: what is wrong, what is safe, what to do.
    pub fn words(self) -> Words {
        let (en, zh) = span(self.minutes().unsigned_abs());
        let (way_en, way_zh) = if self.by_ms < 0 {
            ("behind", "慢")
        } else {
            ("ahead", "快")
        };
        Words::new(
            format!(
                "The clock of this phone is {en} {way_en}. What you write is kept, in its order, and your visits say that the \
                 clock was off. Switch on the automatic date and time in the phone's settings."
            ),
            format!(
                "手机时钟{way_zh}了约 {zh}。您写的内容会按先后顺序保存，拜访会注明当时时钟有偏差。请在系统设置中打开“自动设置日期和时间”。"
            ),
        )
    }
}

/// So many minutes in the largest unit that says enough, in both languages.
fn span(minutes: u64) -> (String, String) {
    let (count, en, zh) = match minutes {
        0..=119 => (minutes, "minute", "分钟"),
        120..=2879 => (minutes / 60, "hour", "小时"),
        _ => (minutes / 1440, "day", "天"),
    };
    let plural = if count == 1 { "" } else { "s" };
    (format!("{count} {en}{plural}"), format!("{count} {zh}"))
}

/// The first moment that this process saw: the measure for a clock that is moved before the phone spoke with a server
/// since it was switched on.
#[derive(Debug, Default)]
pub(super) struct FirstMoment(OnceLock<TimeEvidence>);

/// Judges the wall clock by the best measure there is: the server's time carried forward; after a restart without contact the
/// last contact, before which it cannot be, and the first moment of this process.
pub(super) fn judge(
    conn: &Connection,
    first: &FirstMoment,
    now: &Now,
) -> Result<Option<ClockOff>, ReplicaError> {
    let contact = contact::get(conn)?;
    let evidence = contact::evidence(contact.as_ref(), now);
    let first = first.0.get_or_init(|| evidence);
    let strayed = match (evidence.skew_ms(), &contact) {
        (Some(skew), _) => Some(skew),
        (None, Some(contact)) if now.unix_ms() < contact.server_ms => {
            i64::try_from(contact.server_ms - now.unix_ms())
                .ok()
                .map(i64::wrapping_neg)
        }
        _ => match judge_clock(first, &evidence) {
            ClockJudgement::Jumped { by_ms } => Some(by_ms),
            ClockJudgement::Steady | ClockJudgement::Unanchored | ClockJudgement::Broken => None,
        },
    };
    Ok(strayed.and_then(ClockOff::of))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::model::BootId;
    use crate::replica::store::Store;
    use crate::time::from_unix_ms;

    const NINE: i64 = 1_795_482_000_000;
    const HOUR: i64 = 3_600_000;

    fn at(wall_ms: i64, mono_ms: u64, boot: u128) -> Now {
        Now {
            at: from_unix_ms(wall_ms, 480).unwrap(),
            mono_ms,
            boot: BootId(uuid::Uuid::from_u128(boot)),
        }
    }

    fn off(store: &Store, first: &FirstMoment, now: &Now) -> Option<i64> {
        let judged = store.read(|conn| judge(conn, first, now)).unwrap();
        judged.map(|off| off.by_ms)
    }

    fn spoke(store: &Store, now: &Now, server_ms: i64) {
        let server_ms = u64::try_from(server_ms).unwrap();
        store.write(|tx| contact::put(tx, now, server_ms)).unwrap();
    }

    #[test]
    fn the_server_is_the_measure_as_long_as_the_phone_is_on() {
        let (store, first) = (Store::open_in_memory().unwrap(), FirstMoment::default());
        spoke(&store, &at(NINE, 1_000, 1), NINE);
        assert_eq!(off(&store, &first, &at(NINE + HOUR, 1_000 + 3_600_000, 1)), None);
        let mut back = at(NINE + HOUR, 1_000 + 3_600_000, 1);
        back.at -= TimeDelta::days(2);
        assert_eq!(off(&store, &first, &back), Some(-48 * HOUR));
        assert_eq!(
            off(&store, &first, &at(NINE + 9 * HOUR, 1_000 + 3_600_000, 1)),
            Some(8 * HOUR)
        );
        let small = at(NINE + 90_000, 1_000, 1);
        assert_eq!(off(&store, &first, &small), None, "clocks stray a little");
    }

    #[test]
    fn after_a_restart_it_cannot_be_before_the_last_contact() {
        let (store, first) = (Store::open_in_memory().unwrap(), FirstMoment::default());
        spoke(&store, &at(NINE, 9_000, 1), NINE);
        assert_eq!(off(&store, &first, &at(NINE - HOUR, 10, 2)), Some(-HOUR));
    }

    #[test]
    fn without_any_contact_a_move_is_seen_from_the_first_moment_on() {
        let (store, first) = (Store::open_in_memory().unwrap(), FirstMoment::default());
        assert_eq!(off(&store, &first, &at(NINE, 1_000, 1)), None);
        assert_eq!(off(&store, &first, &at(NINE + HOUR, 1_000 + 3_600_000, 1)), None);
        assert_eq!(
            off(&store, &first, &at(NINE + 9 * HOUR, 1_000 + 3_600_000, 1)),
            Some(8 * HOUR)
        );
    }

    #[test]
    fn the_words_say_how_much_and_which_way() {
        let behind = ClockOff { by_ms: -49 * HOUR }.words();
        assert!(behind.en.contains("2 days behind"), "{}", behind.en);
        assert!(behind.zh.contains("慢了约 2 天"), "{}", behind.zh);
        let ahead = ClockOff { by_ms: 60 * 60_000 }.words();
        assert!(ahead.en.contains("60 minutes ahead") && ahead.zh.contains("快了约 60 分钟"));
    }
}
