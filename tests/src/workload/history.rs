//! A territory with a past: customers and their finished visits, written many to a transaction.

use fieldbook_core::document::Command;
use fieldbook_core::document::command::{CheckIn, EditNote, FinishVisit, Moment, PlanVisit, StartVisit};
use fieldbook_core::geo::{FenceUsed, Reading, Source, judge};
use fieldbook_core::model::{DocumentId, PersonId};
use fieldbook_core::replica::{Now, Replica};
use fieldbook_core::time::TimeEvidence;
use fieldbook_core::wire::Policy;
use rand::{Rng, RngExt};

use crate::day::{Stop, add_customers, customers, later, morning, phrase, shift_place, text_of_chars};
use crate::process::Outcome;

/// How many documents go into one transaction.
const BATCH: usize = 300;
/// Visits on one day.
const PER_DAY: usize = 20;

/// Fills a replica with this many documents: a fifth customers, the rest visits with their two readings. The visits go
/// back from today, so that today's list is full.
pub(super) fn fill(replica: &Replica, rng: &mut impl Rng, documents: usize) -> Outcome<()> {
    let today = morning(1);
    let mut stops: Vec<Stop> = Vec::new();
    let mut left = (documents / 5).max(1);
    while left > 0 {
        let batch = left.min(BATCH);
        stops.extend(add_customers(
            replica,
            &today,
            rng,
            customers(left as u64, batch),
        )?);
        left -= batch;
    }
    let rep = replica.identity()?.person;
    let author = Author {
        rep,
        policy: replica.policy(),
    };
    let visits = documents.saturating_sub(stops.len()).div_ceil(3);
    let mut number = 0;
    while number < visits {
        let until = visits.min(number + BATCH / 3);
        let mut commands = Vec::new();
        for number in number..until {
            let stop = stops[rng.random_range(0..stops.len())];
            author.visit(rng, &today, number, stop, &mut commands);
        }
        replica.execute(&today, &commands)?;
        number = until;
    }
    Ok(())
}

struct Author {
    rep: PersonId,
    policy: Policy,
}

impl Author {
    /// A visit some days ago, from plan to check-out, with a note.
    fn visit(&self, rng: &mut impl Rng, today: &Now, number: usize, stop: Stop, commands: &mut Vec<Command>) {
        let (days_ago, place) = ((number / PER_DAY) as i64, (number % PER_DAY) as i64);
        let begun = later(today, place * 25 * 60_000 + 3_600_000);
        let begun = Now {
            at: begun.at - chrono::Duration::days(days_ago),
            ..begun
        };
        let ended = later(&begun, 18 * 60_000);
        let visit = DocumentId::generate(begun.unix_ms(), rng);
        let check_in = self.check_in(rng, &begun, visit, stop, Moment::In);
        let check_out = self.check_in(rng, &ended, visit, stop, Moment::Out);
        let insert = text_of_chars(rng, 60);
        let outcome = Some(phrase(rng, true));
        commands.extend([
            Command::PlanVisit(PlanVisit {
                document: visit,
                customer: stop.customer,
                rep: self.rep,
                start: begun.at,
                purpose: text_of_chars(rng, 30),
                template: self.policy.template.clone(),
            }),
            Command::StartVisit(StartVisit {
                document: visit,
                at: begun.at,
                check_in: check_in.document,
            }),
            Command::EditNote(EditNote {
                document: visit,
                position: 0,
                delete: 0,
                insert,
            }),
            Command::FinishVisit(FinishVisit {
                document: visit,
                at: ended.at,
                check_in: check_out.document,
                outcome,
            }),
            Command::CheckIn(check_in),
            Command::CheckIn(check_out),
        ]);
    }

    fn check_in(
        &self,
        rng: &mut impl Rng,
        now: &Now,
        visit: DocumentId,
        stop: Stop,
        moment: Moment,
    ) -> CheckIn {
        let position = shift_place(
            stop.position,
            rng.random_range(-40.0..40.0),
            rng.random_range(-40.0..40.0),
        );
        let reading = Reading {
            position,
            accuracy_m: 12.5,
            source: Source::Gps,
            fix_age_ms: rng.random_range(0..4_000),
            mock: false,
            speed_mps: None,
        };
        let fence = FenceUsed {
            version: self.policy.fence_version,
            radius_m: self.policy.fence_radius_m,
            centre: stop.position,
        };
        let (distance_m, verdict) = judge(Some(&reading), Some(&fence));
        CheckIn {
            document: DocumentId::generate(now.unix_ms(), rng),
            visit,
            customer: stop.customer,
            rep: self.rep,
            moment,
            reading: Some(reading),
            time: TimeEvidence {
                at: now.at,
                mono_ms: now.mono_ms,
                boot: now.boot,
                server_ms: None,
            },
            fence: Some(fence),
            distance_m,
            verdict,
            reason: None,
        }
    }
}
