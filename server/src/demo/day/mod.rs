//! The day itself, one part a file: morning, field, desk, evening, decisions.

mod decisions;
mod desk;
mod evening;
mod field;
mod money;
mod morning;
mod twice;
mod visit;

pub(super) use visit::Seen;

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use fieldbook_core::document::view::{CustomerView, VisitView};
use fieldbook_core::model::{DocumentId, PersonId};
use fieldbook_core::replica::ReplicaError;
use rand_chacha::ChaCha20Rng;
use uuid::Uuid;

use super::cast::Member;
use super::error::DemoError;
use super::moment::Moment;
use super::narrator::Narrator;
use super::organisation::Organisation;
use super::phone::Phone;
use super::stores::Store;

/// When the planned visits begin, by the office's clock.
const SLOTS: [Moment; 4] = [
    Moment::at(9, 0),
    Moment::at(10, 30),
    Moment::at(13, 0),
    Moment::at(15, 0),
];

/// The field day under way.
#[derive(Debug)]
pub(super) struct Day<'a> {
    narrator: &'a mut Narrator,
    organisation: &'a Organisation,
    pub(super) phones: Vec<Phone>,
    rng: ChaCha20Rng,
    /// Each rep's visits, in order.
    rounds: BTreeMap<PersonId, Vec<Stop>>,
    /// The person at Dana's first store.
    contact: Option<Uuid>,
}

/// One planned visit.
#[derive(Clone, Debug)]
struct Stop {
    visit: DocumentId,
    store: Store,
    start: Moment,
}

impl<'a> Day<'a> {
    pub(super) fn new(
        narrator: &'a mut Narrator,
        organisation: &'a Organisation,
        phones: Vec<Phone>,
        rng: ChaCha20Rng,
    ) -> Self {
        Self {
            narrator,
            organisation,
            phones,
            rng,
            rounds: BTreeMap::new(),
            contact: None,
        }
    }

    /// Plays it from the first sync to the last decision.
    pub(super) async fn play(&mut self) -> Result<(), DemoError> {
        self.plan_the_day().await?;
        self.leave().await?;
        self.visits_before_noon()?;
        self.at_the_desk()?;
        self.visits_after_noon()?;
        self.move_a_visit_called_off()?;
        self.hand_in()?;
        self.come_back().await?;
        self.settle().await?;
        self.show_what_became()?;
        self.correct().await?;
        self.decide_one_twice().await?;
        self.decide().await?;
        self.settle().await
    }

    /// The phone of somebody, and the narrator to tell of it.
    fn with(&mut self, who: &Member) -> Result<(&mut Phone, &mut Narrator), DemoError> {
        let phone = self.phones.iter_mut().find(|phone| phone.who == who);
        let phone = phone.ok_or_else(|| DemoError::Story(format!("{} has no phone", who.short)))?;
        Ok((phone, self.narrator))
    }

    /// Somebody's visit number `at` of the day.
    fn stop(&mut self, who: &Member, at: usize) -> Result<Stop, DemoError> {
        let person = self.with(who)?.0.person;
        let stop = self.rounds.get(&person).and_then(|round| round.get(at)).cloned();
        stop.ok_or_else(|| DemoError::Story(format!("{} has no visit {at}", who.short)))
    }

    /// All phones exchange until nobody learns anything new.
    async fn settle(&mut self) -> Result<(), DemoError> {
        const ROUNDS: usize = 6;
        for _ in 0..ROUNDS {
            let mut is_quiet = true;
            let latest = self.phones.iter().map(Phone::moment).max();
            for phone in &mut self.phones {
                phone.pass_to(latest.unwrap_or(SLOTS[0]));
                let report = phone.sync().await?;
                is_quiet &= report.news == 0 && report.accepted + report.duplicate + report.parked == 0;
            }
            if is_quiet {
                return Ok(());
            }
        }
        Err(DemoError::Story(format!(
            "the phones still had news for one another after {ROUNDS} rounds"
        )))
    }
}

/// A visit as this phone shows it.
fn visit_on(phone: &Phone, visit: DocumentId) -> Result<VisitView, DemoError> {
    let index = phone
        .replica
        .document(visit)?
        .ok_or(ReplicaError::Unknown(visit))?;
    Ok(VisitView::read(&index)?)
}

/// A customer as this phone shows it.
fn customer_on(phone: &Phone, customer: DocumentId) -> Result<CustomerView, DemoError> {
    let index = phone
        .replica
        .document(customer)?
        .ok_or(ReplicaError::Unknown(customer))?;
    Ok(CustomerView::read(&index)?)
}

/// So late on the demo day, as the clocks at a store show it.
fn at_store(moment: Moment, store: &Store) -> DateTime<FixedOffset> {
    moment.local(store.offset_min)
}
