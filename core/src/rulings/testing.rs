//! An office of known people, for the tests of rulings.

use std::collections::BTreeMap;

use super::{Office, Scene, Unruled};
use crate::document::fixture::{Desk, at};
use crate::model::form::{Chain, Form, built_in};
use crate::model::{DocumentId, Member, PersonId, Principal, Role, Roster, UnitId};
use crate::wire::Policy;

/// Knows these people and nobody else; asks by the built-in forms and chains.
#[derive(Clone, Debug, Default)]
pub(super) struct Desktop {
    people: Vec<Principal>,
    pub(super) roster: Roster,
    pub(super) policy: Policy,
    pub(super) forms: Vec<Form>,
    pub(super) chains: Vec<Chain>,
    pub(super) receipts: BTreeMap<String, DocumentId>,
    pub(super) held: u64,
    /// When claims of whoever asks were granted.
    pub(super) claims: Vec<u64>,
}

impl Desktop {
    pub(super) fn with(people: impl IntoIterator<Item = Principal>) -> Self {
        let people: Vec<Principal> = people.into_iter().collect();
        let members = people.iter().map(|who| member(who.person, who.unit, who.role));
        let units: Vec<(UnitId, Option<UnitId>)> = people.iter().map(|who| (who.unit, None)).collect();
        let (forms, chains) = built_in();
        Self {
            roster: Roster::new(members.collect::<Vec<_>>(), units, Vec::new()),
            people,
            policy: Policy::default(),
            forms,
            chains,
            receipts: BTreeMap::new(),
            held: 0,
            claims: Vec::new(),
        }
    }
}

/// An account of somebody who is there.
pub(super) fn member(id: PersonId, unit: UnitId, role: Role) -> Member {
    Member {
        id,
        human: id,
        unit,
        role,
        duties: Default::default(),
        active: true,
    }
}

impl Office for Desktop {
    fn principal(&self, person: PersonId) -> Result<Option<Principal>, Unruled> {
        Ok(self.people.iter().find(|known| known.person == person).cloned())
    }

    fn held(&self, _: PersonId) -> Result<u64, Unruled> {
        Ok(self.held)
    }

    fn claimed(&self, _: PersonId, since_ms: u64) -> Result<u64, Unruled> {
        Ok(self.claims.iter().filter(|at| **at >= since_ms).count() as u64)
    }

    fn roster(&self) -> Result<Roster, Unruled> {
        Ok(self.roster.clone())
    }

    fn policy(&self) -> Result<Policy, Unruled> {
        Ok(self.policy.clone())
    }

    fn form(&self, name: &str) -> Result<Option<Form>, Unruled> {
        Ok(self.forms.iter().find(|form| form.name == name).cloned())
    }

    fn chain(&self, name: &str, version: Option<u32>) -> Result<Option<Chain>, Unruled> {
        let mut chains = self.chains.iter().filter(|chain| chain.name == name);
        Ok(match version {
            Some(version) => chains.find(|chain| chain.version == version).cloned(),
            None => chains.max_by_key(|chain| chain.version).cloned(),
        })
    }

    fn receipts(
        &self,
        document: DocumentId,
        keys: &[String],
    ) -> Result<BTreeMap<String, DocumentId>, Unruled> {
        let known = keys
            .iter()
            .filter_map(|key| Some((key.clone(), *self.receipts.get(key)?)));
        Ok(known.filter(|(_, other)| *other != document).collect())
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
