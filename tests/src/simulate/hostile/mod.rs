//! A modified app on an enrolled phone: it sends what it likes under its own credentials, and nobody else may notice.

mod attack;
mod bytes;
mod forgery;

use std::collections::VecDeque;

use fieldbook_core::replica::Identity;

use super::people::PEOPLE;
use super::story::{Cast, Seat};
use super::world::Template;

/// How many requests of other phones the hostile one has at hand.
const OVERHEARD: usize = 6;

/// The hostile phone: whose it is, and what it has overheard.
#[derive(Debug)]
pub(super) struct Intruder {
    /// Its credentials; nobody took them away yet.
    pub(super) identity: Identity,
    /// Bodies of requests that reached the server, the latest last.
    overheard: VecDeque<Vec<u8>>,
}

impl Intruder {
    /// The second phone of somebody in the cast, if that phone is not in the story itself; else of anybody.
    pub(super) fn of(cast: &Cast, template: &Template) -> Option<Self> {
        let free = |person: usize| Seat { person, phone: 1 };
        let in_story = |seat: &Seat| cast.phones.contains(seat);
        let known = |seat: &Seat| template.phones.get(seat).filter(|_| !in_story(seat));
        let near = cast.phones.iter().find_map(|seat| known(&free(seat.person)));
        let phone = near.or_else(|| (0..PEOPLE.len()).find_map(|person| known(&free(person))))?;
        Some(Self {
            identity: phone.identity.clone(),
            overheard: VecDeque::new(),
        })
    }

    /// Keeps a request that passed by.
    pub(super) fn overhear(&mut self, body: &[u8]) {
        if self.overheard.len() == OVERHEARD {
            self.overheard.pop_front();
        }
        self.overheard.push_back(body.to_vec());
    }
}
