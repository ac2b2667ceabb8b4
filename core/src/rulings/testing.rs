//! An office of known people, for the tests of rulings.

use super::{Office, Scene, Unruled};
use crate::document::fixture::{Desk, at};
use crate::model::{DocumentId, PersonId, Principal};

/// Knows these people and nobody else.
#[derive(Debug, Default)]
pub(super) struct Desktop {
    people: Vec<Principal>,
}

impl Desktop {
    pub(super) fn with(people: impl IntoIterator<Item = Principal>) -> Self {
        Self {
            people: people.into_iter().collect(),
        }
    }
}

impl Office for Desktop {
    fn principal(&self, person: PersonId) -> Result<Option<Principal>, Unruled> {
        Ok(self.people.iter().find(|known| known.person == person).cloned())
    }
}

/// The desk's document as the server rules on it, as number 41 of the ruling log.
pub(super) fn scene<'a>(desk: &'a Desk, document: DocumentId, office: &'a dyn Office) -> Scene<'a> {
    Scene {
        document,
        index: &desk.index,
        now: at(200),
        number: 41,
        office,
    }
}
