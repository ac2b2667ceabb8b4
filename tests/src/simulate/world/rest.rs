use fieldbook_core::replica::sync::{MAX_WAIT_MS, Report};

use super::World;
use super::deliver::Taken;
use super::phone::Sync;
use crate::simulate::dice::Dice;
use crate::simulate::sabotage::Sabotage;
use crate::simulate::story::Way;
use crate::simulate::{Failure, Property};

/// Exchanges without a pause at most, before a phone counts as one that never comes to an end.
const MAX_EXCHANGES: u32 = 200;
/// Rounds after the heal at most. A wait ends within four of the longest waits, a scope change takes two exchanges, and
/// what one phone sends the others fetch a round later.
const MAX_ROUNDS: u32 = 16;

/// Rounds in which phones hand back to a restored server: a wait ends within four, and what one hands back may be what
/// another's builds on.
const HAND_BACK_ROUNDS: u32 = 8;

impl World {
    /// Heals everything and lets every phone sync by itself until nothing is left to say.
    ///
    /// # Errors
    /// When that does not come to an end.
    pub(crate) fn come_to_rest(&mut self) -> Result<(), Failure> {
        let mut dice = Dice::of(self.seed, "rest");
        self.tell("everything is healed");
        for phone in &mut self.phones {
            phone.online = true;
        }
        // What is still under way arrives late, in any order.
        for way in [Way::Up, Way::Down] {
            while let Some(message) = self.next_message(way, false, &mut dice) {
                self.arrive(message, &mut dice)?;
            }
        }
        for phone in 0..self.phones.len() {
            self.time_out(phone, &mut dice);
        }
        if self.server.waits(self.now_ms)? {
            self.hand_back(&mut dice)?;
        }
        self.rounds(&mut dice)
    }

    /// After a restore every phone hands back what it holds. A hostile one is waited for like any other and never does:
    /// that wait ends by time.
    fn hand_back(&mut self, dice: &mut Dice) -> Result<(), Failure> {
        for _ in 0..HAND_BACK_ROUNDS {
            self.now_ms += MAX_WAIT_MS;
            self.round(dice)?;
        }
        if self.server.waits(self.now_ms)? {
            self.server.end_wait(self.now_ms)?;
            self.tell("the server waits no longer for phones that stay away");
        }
        Ok(())
    }

    /// Rounds until all is quiet.
    fn rounds(&mut self, dice: &mut Dice) -> Result<(), Failure> {
        for _ in 0..MAX_ROUNDS {
            self.now_ms += MAX_WAIT_MS;
            // What one phone's visit made the server rule on, the others have not heard of.
            let tenant = self.server.tenant();
            let before = self.server.read(|reader| reader.head(tenant))?;
            let is_idle = self.round(dice)?;
            if is_idle && self.server.read(|reader| reader.head(tenant))? == before {
                self.tell("all is quiet");
                return Ok(());
            }
        }
        let restless = self.restless();
        Err(Failure::new(
            Property::ComesToRest,
            format!("after {MAX_ROUNDS} rounds: {restless}"),
        ))
    }

    /// Every phone syncs if its wait is over. True when nobody had anything to say or to hear.
    fn round(&mut self, dice: &mut Dice) -> Result<bool, Failure> {
        let mut quiet = true;
        for phone in 0..self.phones.len() {
            if self.sabotage == Some(Sabotage::Deaf) {
                if let Some(ready) = self.free(phone, false) {
                    let exchange = self.send_request(phone, ready)?;
                    self.lose_exchange(exchange);
                    self.time_out(phone, dice);
                }
                quiet = false;
                continue;
            }
            if self.phones[phone].is_locked {
                continue;
            }
            match self.free(phone, false) {
                Some(ready) => {
                    self.phones[phone].sync = Sync::Ready(ready);
                    quiet &= self.exchange_fully(phone)?;
                }
                None => quiet = false,
            }
        }
        Ok(quiet)
    }

    /// Exchanges on a network that behaves until the phone and the server know the same. True when there was nothing
    /// to say.
    pub(super) fn exchange_fully(&mut self, phone: usize) -> Result<bool, Failure> {
        let mut dice = Dice::of(self.seed, "exchange");
        let mut quiet = true;
        for _ in 0..MAX_EXCHANGES {
            let Some(ready) = self.free(phone, true) else {
                return Ok(false);
            };
            let exchange = self.send_request(phone, ready)?;
            let Some(request) = self.take_from_network(exchange) else {
                return Ok(false);
            };
            let answer = self.take_request(request)?;
            match self.take_answer(answer, &mut dice)? {
                Taken::More(report) => quiet &= is_idle(&report),
                Taken::All(report) => return Ok(quiet && is_idle(&report)),
                Taken::Nothing => return Ok(false),
            }
        }
        let detail = format!(
            "{} still has more after {MAX_EXCHANGES} exchanges",
            self.phones[phone].name
        );
        Err(Failure::new(Property::ComesToRest, detail))
    }

    fn take_from_network(&mut self, exchange: u64) -> Option<super::network::Message> {
        // The choice has one candidate: chance plays no part.
        self.network.take(&mut Dice::new(0), false, |message| {
            message.way == Way::Up && message.exchange == exchange
        })
    }

    fn restless(&self) -> String {
        let waits = |sync: &Sync| match sync {
            Sync::Ready(_) => "still has something to say",
            Sync::Waiting(_) => "waits",
            Sync::InFlight { .. } => "waits for an answer",
        };
        let each: Vec<String> = self
            .phones
            .iter()
            .map(|phone| format!("{} {}", phone.name, waits(&phone.sync)))
            .collect();
        each.join(", ")
    }
}

fn is_idle(report: &Report) -> bool {
    *report == Report::default()
}
