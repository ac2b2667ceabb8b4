use fieldbook_core::model::DocumentId;
use fieldbook_core::replica::Identity;
use fieldbook_core::replica::store::{parked, testimony};
use fieldbook_core::replica::sync::{Failure as SyncFailure, Next, Ready, Report};
use fieldbook_core::wire::{Answer, Request, SectionVerdict};

use super::World;
use super::ledger::Acknowledged;
use super::network::Message;
use super::phone::{Sync, acknowledged, decode, encode};
use super::server::NoAnswer;
use crate::simulate::Failure;
use crate::simulate::dice::Dice;
use crate::simulate::sabotage::Sabotage;
use crate::simulate::story::Way;

/// The smallest answer that a phone may ask for, in bytes of operations.
const SMALL_ANSWER: u32 = 16 << 10;

/// How a message arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arrival {
    Whole,
    Lost,
    /// It will arrive again.
    Repeated,
    /// Its end is missing.
    Cut,
}

/// What a phone made of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// There is more to exchange.
    More(Report),
    /// The phone and the server know the same.
    All(Report),
    /// Nothing: it came too late, or did not read.
    Nothing,
}

impl World {
    /// Begins an exchange and sends its request; returns its number.
    pub(super) fn send_request(&mut self, phone: usize, ready: Ready) -> Result<u64, Failure> {
        self.exchanges += 1;
        let exchange = self.exchanges;
        if self.sabotage == Some(Sabotage::HandNothingBack) {
            self.settle_doubts(phone)?;
        }
        let mut body = self.phones[phone].begin(exchange, ready)?;
        if self.in_pages {
            body = ask_for_little(&body, &self.phones[phone].identity)?;
        }
        self.trace.bytes(&body);
        let name = &self.phones[phone].name;
        self.tell(&format!("{name} sends request {exchange} ({} bytes)", body.len()));
        self.network.send(Message {
            way: Way::Up,
            phone,
            exchange,
            body: Some(body),
            cut: false,
        });
        Ok(exchange)
    }

    /// The messages of an exchange never arrive.
    pub(super) fn lose_exchange(&mut self, exchange: u64) {
        self.network.lose(|message| message.exchange == exchange);
    }

    /// One of the messages this way arrives, or not.
    pub(super) fn deliver(&mut self, way: Way, arrival: Arrival, dice: &mut Dice) -> Result<(), Failure> {
        let Some(mut message) = self.next_message(way, arrival == Arrival::Repeated, dice) else {
            return Ok(());
        };
        let (exchange, name) = (message.exchange, way.name());
        match arrival {
            Arrival::Lost => {
                self.tell(&format!("the {name} {exchange} is lost"));
                return Ok(());
            }
            Arrival::Repeated => self.tell(&format!("the {name} {exchange} arrives and will again")),
            Arrival::Cut => {
                message.cut_short(dice);
                self.tell(&format!("the {name} {exchange} is cut short"));
            }
            Arrival::Whole => {}
        }
        self.arrive(message, dice)
    }

    /// A message that arrives: the server answers, or the phone takes the answer.
    pub(super) fn arrive(&mut self, message: Message, dice: &mut Dice) -> Result<(), Failure> {
        match message.way {
            Way::Up => {
                let answer = self.take_request(message)?;
                self.network.send(answer);
                Ok(())
            }
            Way::Down => self.take_answer(message, dice).map(|_| ()),
        }
    }

    /// The server takes a request and dies before the answer is out.
    pub(super) fn deliver_and_crash(&mut self, dice: &mut Dice) -> Result<(), Failure> {
        if let Some(message) = self.next_message(Way::Up, false, dice) {
            self.take_request(message)?;
        }
        self.crash_server("the server is killed before it answers")
    }

    pub(super) fn next_message(&mut self, way: Way, keep: bool, dice: &mut Dice) -> Option<Message> {
        let phones = &self.phones;
        self.network.take(dice, keep, |message| {
            message.way == way && phones[message.phone].online
        })
    }

    /// The server takes a request; returns the answer as it goes out.
    pub(super) fn take_request(&mut self, message: Message) -> Result<Message, Failure> {
        let Message {
            phone, exchange, cut, ..
        } = message;
        let body = message.body.unwrap_or_default();
        self.counts.exchanges += 1;
        if let Some(intruder) = self.intruder.as_mut().filter(|_| !cut) {
            intruder.overhear(&body);
        }
        let answer = match self.sabotage {
            Some(Sabotage::DropAcknowledged) if !cut => self.handle_some(phone, &body),
            _ => self
                .server
                .handle(&self.phones[phone].identity, &body, self.now_ms),
        };
        let name = self.phones[phone].name.clone();
        let body = match answer {
            Ok(answer) => {
                self.trace.bytes(&answer);
                self.tell(&format!(
                    "the server answers request {exchange} of {name} ({} bytes)",
                    answer.len()
                ));
                Some(answer)
            }
            Err(NoAnswer::Unreadable(_)) if cut => {
                self.tell(&format!(
                    "the server refuses request {exchange} of {name}: it does not read"
                ));
                None
            }
            Err(NoAnswer::Locked) => {
                self.phones[phone].is_locked = true;
                self.tell(&format!(
                    "the server refuses request {exchange} of {name}: the phone is locked"
                ));
                None
            }
            Err(refused) => return Err(Failure::step(&format!("request {exchange} of {name}"), &refused)),
        };
        Ok(Message {
            way: Way::Down,
            phone,
            exchange,
            body,
            cut: false,
        })
    }

    /// A phone takes an answer, if it still waits for it.
    pub(super) fn take_answer(&mut self, message: Message, dice: &mut Dice) -> Result<Taken, Failure> {
        let now = self.phones[message.phone].now(self.now_ms);
        let phone = &mut self.phones[message.phone];
        let name = phone.name.clone();
        let sync = std::mem::replace(&mut phone.sync, Sync::Ready(Ready::default()));
        let (machine, carried) = match sync {
            Sync::InFlight {
                exchange,
                machine,
                carried,
            } if exchange == message.exchange => (machine, carried),
            other => {
                phone.sync = other;
                self.tell(&format!("{name} no longer waits for answer {}", message.exchange));
                return Ok(Taken::Nothing);
            }
        };
        let Some(body) = message.body.map(|body| self.tamper(body)).transpose()? else {
            phone_failed(&mut self.phones[message.phone].sync, machine, now.unix_ms(), dice);
            self.tell(&format!("{name} is refused"));
            return Ok(Taken::Nothing);
        };
        let phone = &mut self.phones[message.phone];
        let parked_before = phone.count_parked()?;
        let next = match machine.answered(phone.replica()?, &body, &now, dice.rng()) {
            Ok(next) => next,
            Err((machine, _)) if message.cut => {
                phone_failed(&mut phone.sync, machine, now.unix_ms(), dice);
                self.tell(&format!("{name} cannot read answer {}", message.exchange));
                return Ok(Taken::Nothing);
            }
            Err((_, error)) => {
                return Err(Failure::step(
                    &format!("{name} cannot take answer {}", message.exchange),
                    &error,
                ));
            }
        };
        if message.cut {
            return Err(Failure::step(&name, &"it took an answer whose end was missing"));
        }
        let failed = |error: &dyn std::fmt::Display| Failure::step("an answer that was taken", error);
        for operation in acknowledged(&carried, &body).map_err(|error| failed(&error))? {
            let key = Acknowledged {
                phone: message.phone,
                document: operation.document,
                hash: operation.hash,
            };
            self.ledger.acknowledged.insert(key, operation.command);
        }
        self.note_taken(message.phone, message.exchange, next, parked_before)
    }

    fn note_taken(
        &mut self,
        place: usize,
        exchange: u64,
        next: Next,
        parked_before: usize,
    ) -> Result<Taken, Failure> {
        let phone = &mut self.phones[place];
        let more = if matches!(next, Next::Again(..)) {
            "; there is more"
        } else {
            ""
        };
        let (sync, taken, report) = match next {
            Next::Again(ready, report) => (Sync::Ready(ready), Taken::More(report), report),
            Next::Done(ready, report) => (Sync::Ready(ready), Taken::All(report), report),
            Next::Later(waiting, report) => (Sync::Waiting(waiting), Taken::Nothing, report),
        };
        phone.sync = sync;
        self.counts.rejected += report.parked;
        let parked = phone.count_parked()? - parked_before;
        let name = phone.name.clone();
        if parked as u64 != report.parked {
            let detail = format!("{name} reports {} parked and has {parked} more", report.parked);
            return Err(Failure::new(crate::simulate::Property::NothingLost, detail));
        }
        if self.sabotage == Some(Sabotage::LoseParked) {
            self.unpark(place)?;
        }
        self.tell(&format!(
            "{name} takes answer {exchange}: {} accepted, {} known, {} parked, news of {}, {} gone{more}",
            report.accepted, report.duplicate, report.parked, report.news, report.forgotten
        ));
        Ok(taken)
    }

    /// Sabotage: the uploads of some documents are acknowledged without reaching the server.
    fn handle_some(&self, phone: usize, body: &[u8]) -> Result<Vec<u8>, NoAnswer> {
        let unreadable =
            |error: fieldbook_core::replica::ReplicaError| NoAnswer::Unreadable(error.to_string());
        let mut request: Request = decode(body).map_err(unreadable)?;
        let (mut places, mut kept) = (Vec::new(), Vec::new());
        for (at, section) in request.upload.drain(..).enumerate() {
            if Sabotage::hits(section.document) {
                places.push((at, section.count));
            } else {
                kept.push(section);
            }
        }
        request.upload = kept;
        let identity = &self.phones[phone].identity;
        let unsigned = |error: &dyn std::fmt::Display| NoAnswer::Unreadable(error.to_string());
        request
            .sign(&identity.signed_by(), &identity.secret)
            .map_err(|error| unsigned(&error))?;
        let body = encode(&request).map_err(unreadable)?;
        let answer = self.server.handle(identity, &body, self.now_ms)?;
        let mut answer: Answer = decode(&answer).map_err(unreadable)?;
        for (at, stored) in places {
            answer.verdicts.insert(
                at,
                SectionVerdict {
                    stored,
                    ..SectionVerdict::default()
                },
            );
        }
        encode(&answer).map_err(unreadable)
    }

    /// Sabotage: news of some documents is taken out of an answer.
    fn tamper(&self, body: Vec<u8>) -> Result<Vec<u8>, Failure> {
        if self.sabotage != Some(Sabotage::LoseNews) {
            return Ok(body);
        }
        let Ok(mut answer) = decode::<Answer>(&body) else {
            return Ok(body);
        };
        let hit = |document: &DocumentId| Sabotage::hits(*document);
        answer.news.retain(|news| !hit(&news.document));
        encode(&answer).map_err(|error| Failure::step("an answer cannot be written again", &error))
    }

    /// Sabotage: what the server did not show counts as shown.
    fn settle_doubts(&self, phone: usize) -> Result<(), Failure> {
        let store = self.phones[phone].replica()?.store();
        let settled = store.write(|tx| {
            let rows = testimony::next(tx, usize::MAX, usize::MAX)?;
            let places: Vec<_> = rows.into_iter().map(|row| row.place).collect();
            testimony::heard(tx, &places, None)
        });
        settled.map_err(|error| Failure::step("doubts cannot be settled", &error))
    }

    /// Sabotage: what is parked disappears.
    fn unpark(&self, phone: usize) -> Result<(), Failure> {
        let store = self.phones[phone].replica()?.store();
        let removed = store.write(|tx| {
            for row in parked::all(tx)? {
                parked::remove(tx, row.id)?;
            }
            Ok::<(), fieldbook_core::replica::StoreError>(())
        });
        removed.map_err(|error| Failure::step("parked operations cannot be removed", &error))
    }
}

fn phone_failed(
    sync: &mut Sync,
    machine: fieldbook_core::replica::sync::InFlight,
    now_ms: u64,
    dice: &mut Dice,
) {
    *sync = Sync::Waiting(machine.failed(SyncFailure::Unreachable, now_ms, dice.rng()));
}

/// The same request from a phone that takes small answers only.
fn ask_for_little(body: &[u8], phone: &Identity) -> Result<Vec<u8>, Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::step("a request cannot be written again", error);
    let mut request: Request = decode(body).map_err(|error| failed(&error))?;
    request.budget = SMALL_ANSWER;
    request
        .sign(&phone.signed_by(), &phone.secret)
        .map_err(|error| failed(&error))?;
    encode(&request).map_err(|error| failed(&error))
}
