use std::collections::VecDeque;

use chrono::{DateTime, Duration, FixedOffset};
use fieldbook_core::model::{BootId, Currency, DocumentId};
use fieldbook_core::replica::{NewLogEntry, NewPlan, Now, Replica, ReplicaError};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use super::{Act, Stop, script};

/// What a step of the day did.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// The act, as it was played.
    pub act: Act,
    /// The phone's clocks then.
    pub now: Now,
}

/// A rep on the round: plays a day on a replica, act by act.
#[derive(Debug)]
pub struct Round {
    start: Now,
    stops: Vec<Stop>,
    acts: VecDeque<(i64, Act)>,
    visits: Vec<DocumentId>,
    notes: Vec<Note>,
    expenses: Vec<DocumentId>,
    rng: ChaCha8Rng,
}

/// How long a note is, in characters.
#[derive(Clone, Copy, Debug, Default)]
struct Note {
    first: usize,
    all: usize,
}

impl Round {
    /// A day under a seed that begins at `start`.
    pub fn new(seed: u64, start: Now, stops: Vec<Stop>) -> Self {
        let acts = script(seed, start.at.date_naive(), &stops).into();
        // The script has used the seed; ids come from another stream.
        let rng = ChaCha8Rng::seed_from_u64(seed ^ 0x005e_ed0f_1d00_0000);
        Self {
            start,
            stops,
            acts,
            visits: Vec::new(),
            notes: Vec::new(),
            expenses: Vec::new(),
            rng,
        }
    }

    /// How many acts are left.
    pub fn left(&self) -> usize {
        self.acts.len()
    }

    /// Plays the next act; `None` at the end of the day.
    ///
    /// # Errors
    /// When the replica refuses; the act is not played again.
    pub fn step(&mut self, replica: &Replica) -> Result<Option<Done>, ReplicaError> {
        let Some((after_ms, act)) = self.acts.pop_front() else {
            return Ok(None);
        };
        let now = later(&self.start, after_ms);
        self.play(replica, &now, act.clone())?;
        Ok(Some(Done { act, now }))
    }

    /// Plays the rest of the day and returns how many acts that was.
    ///
    /// # Errors
    /// When the replica refuses one.
    pub fn run(&mut self, replica: &Replica) -> Result<usize, ReplicaError> {
        let mut played = 0;
        while self.step(replica)?.is_some() {
            played += 1;
        }
        Ok(played)
    }

    fn play(&mut self, replica: &Replica, now: &Now, act: Act) -> Result<(), ReplicaError> {
        match act {
            Act::Plan {
                visit,
                start_min,
                purpose,
            } => self.plan(replica, now, visit, start_min, purpose),
            Act::Start {
                visit,
                reading,
                reason,
            } => {
                let visit = self.visits[visit];
                replica
                    .start_visit(now, &mut self.rng, visit, reading, reason)
                    .map(drop)
            }
            Act::Step { visit, step, value } => {
                replica.record_step(now, self.visits[visit], step, value, None)
            }
            Act::Note {
                visit,
                between,
                insert,
            } => self.note(replica, now, visit, between, &insert),
            Act::Finish {
                visit,
                reading,
                reason,
                outcome,
            } => {
                let visit = self.visits[visit];
                replica
                    .finish_visit(now, &mut self.rng, visit, reading, reason, Some(outcome))
                    .map(drop)
            }
            Act::Log { visit, text } => {
                // Its visit says which customer it is about.
                let entry = NewLogEntry {
                    text,
                    customer: None,
                    visit: Some(self.visits[visit]),
                };
                replica.log(now, &mut self.rng, entry).map(drop)
            }
            Act::Draft { visit, title, .. } => self.draft(replica, now, visit, &title),
            Act::Line { expense, line } => replica.add_expense_line(now, self.expenses[expense], line),
            Act::Submit { expense } => replica.submit(now, self.expenses[expense]).map(drop),
        }
    }

    fn plan(
        &mut self,
        replica: &Replica,
        now: &Now,
        visit: usize,
        start_min: i64,
        purpose: String,
    ) -> Result<(), ReplicaError> {
        let customer = self.stops[visit % self.stops.len()].customer;
        let start = later(&self.start, start_min * 60_000).at;
        let plan = NewPlan {
            customer,
            rep: None,
            start,
            purpose,
        };
        self.visits.push(replica.plan_visit(now, &mut self.rng, plan)?);
        self.notes.push(Note::default());
        Ok(())
    }

    fn note(
        &mut self,
        replica: &Replica,
        now: &Now,
        visit: usize,
        between: bool,
        insert: &str,
    ) -> Result<(), ReplicaError> {
        let note = self.notes[visit];
        let position = if between { note.first } else { note.all };
        replica.edit_note(now, self.visits[visit], position, 0, insert)?;
        let length = insert.chars().count();
        let first = if note.all == 0 { length } else { note.first };
        self.notes[visit] = Note {
            first,
            all: note.all + length,
        };
        Ok(())
    }

    fn draft(&mut self, replica: &Replica, now: &Now, visit: usize, title: &str) -> Result<(), ReplicaError> {
        let customer = Some(self.stops[visit % self.stops.len()].customer);
        let visit = Some(self.visits[visit]);
        let currency: Currency =
            Currency::try_from("CNY".to_owned()).map_err(|error| ReplicaError::Answer(error.to_string()))?;
        let expense = replica.draft_expense(now, &mut self.rng, title, currency, customer, visit)?;
        self.expenses.push(expense);
        Ok(())
    }
}

/// The phone's clocks some milliseconds later.
pub(crate) fn later(start: &Now, after_ms: i64) -> Now {
    Now {
        at: start.at + Duration::milliseconds(after_ms),
        mono_ms: start.mono_ms.saturating_add(u64::try_from(after_ms).unwrap_or(0)),
        boot: start.boot,
    }
}

/// A quarter to eight in the morning of a working day, on a phone that was switched on at six.
pub fn morning(boot: u128) -> Now {
    let at: DateTime<FixedOffset> =
        DateTime::UNIX_EPOCH.fixed_offset() + Duration::days(20_780) - Duration::minutes(15);
    let shanghai = FixedOffset::east_opt(8 * 3600).unwrap_or_else(|| at.offset().to_owned());
    Now {
        at: at.with_timezone(&shanghai),
        mono_ms: 6_300_000,
        boot: BootId(uuid::Uuid::from_u128(boot)),
    }
}

#[cfg(test)]
mod tests {
    use fieldbook_core::model::{DeviceId, Kind, PersonId, ServerId, TenantId};
    use fieldbook_core::replica::Identity;
    use fieldbook_core::replica::store::{documents, totals};

    use super::*;
    use crate::day::{OPERATIONS, VISITS, add_customers, customers};

    fn id(number: u128) -> uuid::Uuid {
        uuid::Uuid::from_u128(number)
    }

    fn phone() -> Replica {
        let replica = Replica::in_memory().unwrap();
        let identity = Identity {
            server: ServerId(id(1)),
            tenant: TenantId(id(2)),
            person: PersonId(id(3)),
            device: DeviceId(id(4)),
            secret: [7; 32],
            epoch: 0,
            server_key: [0; 32],
        };
        replica.enrol(&identity).unwrap();
        replica
    }

    #[test]
    fn a_day_is_played_on_a_replica() {
        let replica = phone();
        let start = morning(5);
        assert_eq!(start.at.to_rfc3339(), "2026-11-23T07:45:00+08:00");
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let stops = add_customers(&replica, &start, &mut rng, customers(1, VISITS)).unwrap();
        let mut round = Round::new(1, start, stops);
        assert_eq!(round.run(&replica).unwrap(), OPERATIONS);
        let totals = replica.store().read(totals::totals).unwrap();
        // Each start and each finish also wrote its check-in; the customers came before.
        assert_eq!(totals.on_phone as usize, OPERATIONS + 2 * VISITS + VISITS);
        let all = replica.store().read(documents::all).unwrap();
        let of = |kind| all.iter().filter(|row| row.kind == kind).count();
        assert_eq!(
            (
                of(Kind::Visit),
                of(Kind::Activity),
                of(Kind::Approval),
                of(Kind::CheckIn)
            ),
            (20, 1, 3, 40)
        );
    }
}
