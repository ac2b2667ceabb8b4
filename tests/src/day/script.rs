use chrono::NaiveDate;
use fieldbook_core::geo::{Position, Reading, Source};
use fieldbook_core::replica::NewExpenseLine;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::Value;

use super::vocabulary::{phrase, text_of_bytes, text_of_chars};
use super::{Act, Stop, shift_place};

/// Visits of a day.
pub const VISITS: usize = 20;
/// Entries of the day's log.
pub const LOG_ENTRIES: usize = 60;
/// Operations of a person in a day: 20 visits of 12, 60 entries and 3 expenses of 4. A check-in is a document of its
/// own and counts with the visit that it begins or ends.
pub const OPERATIONS: usize = VISITS * 12 + LOG_ENTRIES + EXPENSES_AFTER.len() * 4;

/// The visits after which an expense is written.
const EXPENSES_AFTER: [usize; 3] = [4, 11, 18];
/// The steps of the house's template.
const STEPS: [&str; 5] = ["stock", "display", "order", "promotion", "competitor"];
/// When the first visit begins and how long one lasts with the way to it, in minutes after the start of the day.
const FIRST_VISIT_MIN: i64 = 45;
const VISIT_MIN: i64 = 25;

/// Everything a rep does in a day, each with its milliseconds after the start, in order.
///
/// The stops must be as many as the visits of a day; fewer stops are visited more than once.
pub fn script(seed: u64, date: NaiveDate, stops: &[Stop]) -> Vec<(i64, Act)> {
    let mut writer = Script {
        rng: ChaCha8Rng::seed_from_u64(seed),
        now_ms: 0,
        acts: Vec::new(),
    };
    for visit in 0..VISITS {
        let start_min = FIRST_VISIT_MIN + VISIT_MIN * visit as i64;
        let purpose = text_of_chars(&mut writer.rng, 39);
        writer.add(
            20,
            Act::Plan {
                visit,
                start_min,
                purpose,
            },
        );
    }
    for visit in 0..VISITS {
        writer.now_ms = writer
            .now_ms
            .max((FIRST_VISIT_MIN + VISIT_MIN * visit as i64) * 60_000);
        if let Some(stop) = stops.get(visit % stops.len().max(1)) {
            writer.visit(visit, stop.position);
        }
        if let Some(expense) = EXPENSES_AFTER.iter().position(|after| *after == visit) {
            writer.expense(expense, visit, date);
        }
    }
    writer.acts
}

struct Script {
    rng: ChaCha8Rng,
    now_ms: i64,
    acts: Vec<(i64, Act)>,
}

impl Script {
    /// Adds an act some seconds after the one before.
    fn add(&mut self, about_s: i64, act: Act) {
        self.now_ms += self.rng.random_range(about_s * 500..about_s * 1_500);
        self.acts.push((self.now_ms, act));
    }

    fn visit(&mut self, visit: usize, place: Position) {
        let (reading, reason) = self.reading(place);
        self.add(
            40,
            Act::Start {
                visit,
                reading,
                reason,
            },
        );
        self.note(visit, false);
        for step in STEPS {
            let value = self.result(step);
            self.add(90, Act::Step { visit, step, value });
            if matches!(step, "stock" | "promotion") {
                self.log(visit);
                self.note(visit, step == "promotion");
            }
        }
        self.note(visit, false);
        let (reading, reason) = self.reading(place);
        let chinese = self.rng.random_range(0..2) == 0;
        let outcome = phrase(&mut self.rng, chinese);
        self.add(
            60,
            Act::Finish {
                visit,
                reading,
                reason,
                outcome,
            },
        );
        self.log(visit);
    }

    fn note(&mut self, visit: usize, between: bool) {
        let insert = text_of_chars(&mut self.rng, 74);
        self.add(
            30,
            Act::Note {
                visit,
                between,
                insert,
            },
        );
    }

    fn log(&mut self, visit: usize) {
        let text = text_of_bytes(&mut self.rng, 118);
        self.add(30, Act::Log { visit, text });
    }

    fn expense(&mut self, expense: usize, visit: usize, date: NaiveDate) {
        let title = text_of_chars(&mut self.rng, 20);
        self.add(
            30,
            Act::Draft {
                expense,
                visit,
                title,
            },
        );
        for category in ["travel", "meals"] {
            let amount = format!(
                "{}.{:02}",
                self.rng.random_range(8..260),
                self.rng.random_range(0..100)
            );
            let note = Some(phrase(&mut self.rng, true));
            let line = NewExpenseLine {
                date,
                category: category.to_owned(),
                amount,
                note,
                ..NewExpenseLine::default()
            };
            self.add(30, Act::Line { expense, line });
        }
        self.add(15, Act::Submit { expense });
    }

    fn result(&mut self, step: &str) -> Value {
        match step {
            "stock" => Value::from(self.rng.random_range(0..400_u32)),
            "order" => Value::from(self.rng.random_range(0..40_u32)),
            _ => Value::from(self.rng.random_range(0..4_u32) > 0),
        }
    }

    /// Where the phone believes itself to be: mostly some metres off, now and then without a fix.
    fn reading(&mut self, place: Position) -> (Option<Reading>, Option<String>) {
        if self.rng.random_range(0..25) == 0 {
            return (None, Some("地下层无信号".to_owned()));
        }
        let (north, east) = (
            self.rng.random_range(-45.0..45.0),
            self.rng.random_range(-45.0..45.0),
        );
        let tenths = self.rng.random_range(32..480_u32);
        let reading = Reading {
            position: shift_place(place, north, east),
            accuracy_m: f64::from(tenths) / 10.0,
            source: if tenths < 200 { Source::Gps } else { Source::Fused },
            fix_age_ms: self.rng.random_range(0..4_000),
            mock: false,
            speed_mps: None,
        };
        (Some(reading), None)
    }
}

#[cfg(test)]
mod tests {
    use fieldbook_core::model::DocumentId;

    use super::*;

    fn stops() -> Vec<Stop> {
        let place = |at: usize| Position::new(31.0 + at as f64 / 100.0, 121.0).unwrap();
        let id = |at: usize| DocumentId(uuid::Uuid::from_u128(at as u128));
        (0..VISITS)
            .map(|at| Stop {
                customer: id(at),
                position: place(at),
            })
            .collect()
    }

    #[test]
    fn a_day_has_what_the_workload_says() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let acts = script(1, date, &stops());
        let count = |what: fn(&Act) -> bool| acts.iter().filter(|(_, act)| what(act)).count();
        assert_eq!((acts.len(), OPERATIONS), (312, 312));
        assert_eq!(count(|act| matches!(act, Act::Plan { .. })), 20);
        assert_eq!(count(|act| matches!(act, Act::Step { .. })), 100);
        assert_eq!(count(|act| matches!(act, Act::Note { .. })), 80);
        assert_eq!(count(|act| matches!(act, Act::Log { .. })), LOG_ENTRIES);
        assert_eq!(
            count(|act| matches!(act, Act::Draft { .. } | Act::Line { .. } | Act::Submit { .. })),
            12
        );
        assert!(acts.is_sorted_by_key(|(at_ms, _)| *at_ms));
        assert!(
            acts.last().unwrap().0 < 11 * 3_600_000,
            "the day ends in the evening"
        );
    }

    #[test]
    fn a_seed_is_a_day() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        assert_eq!(script(7, date, &stops()), script(7, date, &stops()));
        assert_ne!(script(7, date, &stops()), script(8, date, &stops()));
    }
}
