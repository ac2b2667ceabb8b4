use std::sync::Arc;

use fieldbook_core::document::view::VisitStatus;
use fieldbook_core::replica::query::{Day, customers as known_customers, today};
use fieldbook_core::replica::{Now, Replica, StoreError};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use super::ledger::token;
use crate::day::{Round, Stop, VISITS, add_customers, customers, morning};
use crate::process::{Outcome, say};

/// The person's side: one day after another.
pub(super) struct Work {
    replica: Arc<Replica>,
    stops: Vec<Stop>,
    round: Round,
    day: u64,
    seed: u64,
    last: i64,
}

impl Work {
    /// Takes up the work where an earlier life of the phone left it.
    pub(super) fn begin(replica: Arc<Replica>, incarnation: u64, seed: u64) -> Outcome<Self> {
        let mut rng = ChaCha8Rng::seed_from_u64(seed ^ incarnation);
        let now = start_of(incarnation);
        let known = replica.store().read(|conn| known_customers(conn, 0, VISITS))?;
        let mut stops: Vec<Stop> = known
            .into_iter()
            .filter_map(|row| {
                Some(Stop {
                    customer: row.document,
                    position: row.position?,
                })
            })
            .collect();
        if stops.is_empty() {
            stops = add_customers(&replica, &now, &mut rng, customers(seed, VISITS))?;
        }
        let round = Round::new(seed ^ incarnation << 20, now, stops.clone());
        let mut work = Self {
            replica,
            stops,
            round,
            day: incarnation,
            seed,
            last: 0,
        };
        work.tell_saved()?;
        work.end_open_visit(&now, &mut rng)?;
        Ok(work)
    }

    /// Does some acts of the day; after the last one the next day begins.
    pub(super) fn go(&mut self, acts: usize) -> Outcome<()> {
        for _ in 0..acts {
            while self.round.step(&self.replica)?.is_none() {
                // The days of this life must not meet those of the next ones.
                self.day += 1_000;
                let seed = self.seed ^ self.day << 20;
                self.round = Round::new(seed, start_of(self.day), self.stops.clone());
            }
            self.tell_saved()?;
        }
        Ok(())
    }

    /// A visit that was under way when the phone was killed: only one may be open.
    fn end_open_visit(&mut self, now: &Now, rng: &mut ChaCha8Rng) -> Outcome<()> {
        let person = self.replica.identity()?.person;
        let day = self
            .replica
            .store()
            .read(|conn| today(conn, &[person], Day::of(now.at)))?;
        for visit in day
            .visits
            .iter()
            .filter(|visit| visit.status == VisitStatus::Started)
        {
            self.replica
                .cancel_visit(now, rng, visit.document, "手机重启".to_owned(), None)?;
        }
        self.tell_saved()
    }

    /// Says what is in the file since the last time: the command has returned, so it must survive everything.
    fn tell_saved(&mut self) -> Outcome<()> {
        let last = self.last;
        let rows = self
            .replica
            .store()
            .read(|conn| -> Result<Vec<(i64, String)>, StoreError> {
                let own = "SELECT position, command FROM segment
                WHERE position > ?1 AND command IS NOT NULL ORDER BY position";
                let mut statement = conn.prepare_cached(own)?;
                let rows = statement.query_map([last], |row| Ok((row.get(0)?, row.get(1)?)))?;
                Ok(rows.collect::<Result<_, _>>()?)
            })?;
        for (position, command) in rows {
            say(&format!("saved {}", token(&command)))?;
            self.last = position;
        }
        Ok(())
    }
}

fn start_of(day: u64) -> Now {
    let now = morning(u128::from(day) + 1);
    Now {
        at: now.at + chrono::Duration::days(i64::try_from(day).unwrap_or(0)),
        ..now
    }
}
