use fieldbook_core::replica::sync::{Failure as SyncFailure, Ready};

use super::World;
use super::deliver::Arrival;
use super::phone::Sync;
use crate::simulate::Failure;
use crate::simulate::dice::Dice;
use crate::simulate::people::{PEOPLE, UNITS};
use crate::simulate::story::{Action, Deed, Step};
use crate::simulate::work::{self, Doing, Tried};

/// How many deeds somebody thinks of when there is nothing to do the first one with.
const THOUGHTS: u32 = 6;

impl World {
    /// One step of the story.
    ///
    /// # Errors
    /// A step that ought to have worked.
    pub(crate) fn perform(&mut self, step: &Step) -> Result<(), Failure> {
        self.now_ms += step.wait_s * 1000;
        let mut dice = Dice::new(step.seed);
        match step.action {
            Action::Do { phone, deed } => self.act(step, phone, deed, &mut dice),
            Action::Begin(phone) => self.begin(phone, &mut dice),
            Action::Exchange(phone) => self.exchange_anew(phone, &mut dice),
            Action::Deliver(way) => self.deliver(way, Arrival::Whole, &mut dice),
            Action::Lose(way) => self.deliver(way, Arrival::Lost, &mut dice),
            Action::Repeat(way) => self.deliver(way, Arrival::Repeated, &mut dice),
            Action::CutShort(way) => self.deliver(way, Arrival::Cut, &mut dice),
            Action::TimeOut(phone) => {
                self.time_out(phone, &mut dice);
                Ok(())
            }
            Action::Offline(phone) => self.connect(phone, false),
            Action::Online(phone) => self.connect(phone, true),
            Action::CrashPhone { phone, reboot } => self.crash_phone(phone, reboot),
            Action::CrashServer => self.crash_server("the server is killed and starts again"),
            Action::CrashServerUnanswered => self.deliver_and_crash(&mut dice),
            Action::BackUp => {
                self.server.back_up()?;
                self.tell("a backup of the server is made");
                Ok(())
            }
            Action::Restore => self.restore_server(),
            Action::Clock { phone, by_s } => {
                self.phones[phone].ahead_ms += by_s * 1000;
                let name = &self.phones[phone].name;
                self.tell(&format!("the clock of {name} jumps by {by_s} seconds"));
                Ok(())
            }
            Action::Attack => self.attack(&mut dice),
            Action::Revoke(phone) => {
                let device = self.phones[phone].identity.device;
                self.server.revoke(device, self.now_ms)?;
                self.counts.ended += 1;
                let name = &self.phones[phone].name;
                self.tell(&format!("{name} is lost, and its access ends"));
                Ok(())
            }
            Action::Leave { person } => {
                if self.server.leave(self.people[person], self.now_ms)? {
                    self.counts.ended += 1;
                    self.tell(&format!("{} leaves the organisation", PEOPLE[person].name));
                }
                Ok(())
            }
            Action::HandOver { from, to } => {
                let (giving, taking) = (self.people[from], self.people[to]);
                if let Some(customers) = self.server.hand_over(giving, taking, self.now_ms)? {
                    let (from, to) = (PEOPLE[from].name, PEOPLE[to].name);
                    self.tell(&format!("{from}'s {customers} customers are {to}'s from now on"));
                }
                Ok(())
            }
            Action::Transfer { person, unit } => {
                self.server
                    .transfer(self.people[person], self.units[unit], self.now_ms)?;
                self.tell(&format!(
                    "{} goes to the unit {}",
                    PEOPLE[person].name, UNITS[unit]
                ));
                Ok(())
            }
        }
    }

    fn act(&mut self, step: &Step, phone: usize, deed: Deed, dice: &mut Dice) -> Result<(), Failure> {
        let actor = &self.phones[phone];
        let doing = Doing {
            replica: actor.replica()?,
            now: actor.now(self.now_ms),
            mark: format!("#{}#", step.number),
            // Most of what people do is about the same few records, so that they meet.
            taste: if dice.one_in(3) { step.seed } else { self.seed },
            long_texts: self.in_pages,
        };
        let name = actor.name.clone();
        let mut tried = work::attempt(&doing, deed, dice)?;
        for _ in 0..THOUGHTS {
            if tried != Tried::Nothing {
                break;
            }
            let another = Deed::by_chance(actor.role, self.theme, dice);
            tried = work::attempt(&doing, another, dice)?;
        }
        match tried {
            Tried::Done { documents, words } => {
                let written = work::written(&doing, phone, step.number, &documents)?;
                self.counts.operations += written.len() as u64;
                self.ledger.written.extend(written);
                self.tell(&format!("{:>3}. {name} {words}", step.number));
            }
            Tried::Refused { words, why } => {
                self.counts.refused += 1;
                self.tell(&format!("{:>3}. {name} cannot: {words} ({why})", step.number));
            }
            Tried::Nothing => {}
        }
        Ok(())
    }

    fn begin(&mut self, phone: usize, dice: &mut Dice) -> Result<(), Failure> {
        let Some(ready) = self.free(phone, true) else {
            return Ok(());
        };
        let exchange = self.send_request(phone, ready)?;
        if !self.phones[phone].online {
            // Nobody takes the request: the connection fails at once.
            self.lose_exchange(exchange);
            self.time_out(phone, dice);
        }
        Ok(())
    }

    /// The person pulls at the list: what the phone still waited for does not matter any more.
    fn exchange_anew(&mut self, phone: usize, dice: &mut Dice) -> Result<(), Failure> {
        if self.phones[phone].online {
            self.time_out(phone, dice);
            self.exchange_fully(phone)?;
        }
        Ok(())
    }

    /// The right to begin an exchange, taken from the phone; `None` while one is under way. With `asked` the person
    /// pulls at the list, which ends a wait.
    pub(super) fn free(&mut self, phone: usize, asked: bool) -> Option<Ready> {
        let now_ms = self.phones[phone].now(self.now_ms).unix_ms();
        let phone = &mut self.phones[phone];
        let sync = std::mem::replace(&mut phone.sync, Sync::Ready(Ready::default()));
        match sync {
            Sync::Ready(ready) => Some(ready),
            Sync::Waiting(waiting) if asked => Some(waiting.wake()),
            Sync::Waiting(waiting) => match waiting.due(now_ms) {
                Ok(ready) => Some(ready),
                Err(waiting) => {
                    phone.sync = Sync::Waiting(waiting);
                    None
                }
            },
            in_flight @ Sync::InFlight { .. } => {
                phone.sync = in_flight;
                None
            }
        }
    }

    /// The phone waits no longer for the answer it waits for.
    pub(super) fn time_out(&mut self, phone: usize, dice: &mut Dice) {
        let now_ms = self.phones[phone].now(self.now_ms).unix_ms();
        let phone = &mut self.phones[phone];
        let sync = std::mem::replace(&mut phone.sync, Sync::Ready(Ready::default()));
        if let Sync::InFlight { machine, .. } = sync {
            let waiting = machine.failed(SyncFailure::Unreachable, now_ms, dice.rng());
            phone.sync = Sync::Waiting(waiting);
            let line = format!("{} gives up on an answer", phone.name);
            self.tell(&line);
        } else {
            phone.sync = sync;
        }
    }

    fn connect(&mut self, phone: usize, online: bool) -> Result<(), Failure> {
        let phone = &mut self.phones[phone];
        if phone.online != online {
            phone.online = online;
            let name = &phone.name;
            let line = if online {
                format!("{name} is back online")
            } else {
                format!("{name} goes offline")
            };
            self.tell(&line);
        }
        Ok(())
    }

    fn crash_phone(&mut self, place: usize, reboot: bool) -> Result<(), Failure> {
        self.phones[place].crash(place, reboot, self.now_ms)?;
        self.counts.crashes += 1;
        let what = if reboot {
            "phone dies and boots again"
        } else {
            "app dies and starts again"
        };
        self.tell(&format!("{}: the {what}", self.phones[place].name));
        Ok(())
    }

    /// The server's disk is lost, and what was put away last serves.
    fn restore_server(&mut self) -> Result<(), Failure> {
        if !self.server.restore(self.now_ms)? {
            return Ok(());
        }
        self.counts.restores += 1;
        let lost = self.network.lose(|_| true);
        self.tell(&format!(
            "the server is restored from the backup; {lost} messages are lost with it"
        ));
        Ok(())
    }

    /// Kills the server; whoever has a request or an answer under way has lost the connection.
    pub(super) fn crash_server(&mut self, words: &str) -> Result<(), Failure> {
        self.server.crash()?;
        self.counts.crashes += 1;
        let lost = self.network.lose(|_| true);
        self.tell(&format!("{words}; {lost} messages are lost with it"));
        Ok(())
    }
}
