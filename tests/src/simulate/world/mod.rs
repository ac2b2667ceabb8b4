//! One story's world: phones, a server, the network between them, and what the people were told.

mod deliver;
mod founding;
mod ground;
mod ledger;
mod network;
mod perform;
mod phone;
mod rest;
mod server;
mod template;

pub(crate) use ground::ground;
pub(crate) use ledger::{Ledger, WrittenOperation};
pub(crate) use phone::Phone;
pub(super) use phone::{decode, encode};
pub(super) use server::NoAnswer;
pub(crate) use server::Server;
pub use template::Template;

use fieldbook_core::model::{Kind, PersonId, UnitId};
use tempfile::TempDir;

use super::hostile::Intruder;
use super::people::PEOPLE;
use super::sabotage::Sabotage;
use super::story::Story;
use super::trace::Trace;
use super::{Failure, START_MS};
use network::Network;

/// How much happened, for the summary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Operations that phones wrote.
    pub operations: u64,
    /// Operations that the server did not accept.
    pub rejected: u64,
    /// Deeds that a phone's own rules refused.
    pub refused: u64,
    /// Crashes of phones and of the server.
    pub crashes: u64,
    /// Restores of the server from a backup.
    pub restores: u64,
    /// Phones and people whose access ended.
    pub ended: u64,
    /// Requests that reached the server.
    pub exchanges: u64,
    /// Requests of hostile phones.
    pub attacks: u64,
    /// Documents compared at the end, once for every phone that holds them.
    pub compared: u64,
}

impl Counts {
    /// Adds another story's.
    pub fn add(&mut self, other: &Counts) {
        self.operations += other.operations;
        self.rejected += other.rejected;
        self.refused += other.refused;
        self.crashes += other.crashes;
        self.restores += other.restores;
        self.ended += other.ended;
        self.exchanges += other.exchanges;
        self.attacks += other.attacks;
        self.compared += other.compared;
    }
}

/// Phones and a server in the middle of a story.
#[derive(Debug)]
pub(crate) struct World {
    /// The phones, in the order of the cast.
    pub(super) phones: Vec<Phone>,
    /// The server.
    pub(super) server: Server,
    /// What was done and acknowledged.
    pub(super) ledger: Ledger,
    /// What happened.
    pub(super) trace: Trace,
    /// How much of it.
    pub(super) counts: Counts,
    /// Ids of the people, in the order of [`super::people::PEOPLE`].
    pub(super) people: Vec<PersonId>,
    /// Ids of the units, in the order of [`super::people::UNITS`].
    units: Vec<UnitId>,
    network: Network,
    /// A hostile phone beside them.
    pub(super) intruder: Option<Intruder>,
    seed: u64,
    in_pages: bool,
    theme: Option<Kind>,
    pub(super) now_ms: u64,
    exchanges: u64,
    pub(super) sabotage: Option<Sabotage>,
    /// The files; dropped last.
    _ground: TempDir,
}

impl World {
    /// Sets the scene of a story.
    ///
    /// # Errors
    /// When the files cannot be made.
    pub(crate) fn open(
        template: &Template,
        story: &Story,
        sabotage: Option<Sabotage>,
        trace: Trace,
    ) -> Result<Self, Failure> {
        let folder = ground().map_err(|error| Failure::step("no folder for the story", &error))?;
        let server = Server::open(folder.path(), template, story.cast.in_pages)?;
        let mut phones = Vec::new();
        for (place, seat) in story.cast.phones.iter().enumerate() {
            let name = story.cast.name(place);
            let known = template.phones.get(seat);
            let known = known.ok_or_else(|| Failure::step("the cast", &format!("{name} has no phone")))?;
            phones.push(Phone::open(
                folder.path(),
                place,
                (name, PEOPLE[seat.person].role),
                known,
                START_MS,
            )?);
        }
        let mut world = Self {
            phones,
            server,
            ledger: Ledger::default(),
            trace,
            counts: Counts::default(),
            people: template.people.clone(),
            units: template.units.clone(),
            network: Network::default(),
            intruder: Intruder::of(&story.cast, template),
            seed: story.seed,
            in_pages: story.cast.in_pages,
            theme: story.cast.theme,
            now_ms: START_MS,
            exchanges: 0,
            sabotage,
            _ground: folder,
        };
        if story.cast.acquainted {
            world.tell("the phones sync for the first time");
            for phone in 0..world.phones.len() {
                world.exchange_fully(phone)?;
            }
        }
        Ok(world)
    }

    /// One line of the trace, with the true time in front.
    pub(super) fn tell(&mut self, line: &str) {
        let since = (self.now_ms - START_MS) / 1000;
        let (day, hour, minute, second) =
            (1 + since / 86_400, since / 3600 % 24, since / 60 % 60, since % 60);
        self.trace
            .event(format!("day {day} {hour:02}:{minute:02}:{second:02}  {line}"));
    }
}
