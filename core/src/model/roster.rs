use std::collections::{BTreeMap, BTreeSet};

use super::form::Approver;
use super::{PersonId, Role, UnitId};

/// Who is who in the organisation at one moment, as far as rulings need it.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    members: BTreeMap<PersonId, Member>,
    parents: BTreeMap<UnitId, Option<UnitId>>,
    delegations: Vec<Delegation>,
}

/// One account of the organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The account.
    pub id: PersonId,
    /// The human behind it: the same for all accounts of one person.
    pub human: PersonId,
    /// Their unit.
    pub unit: UnitId,
    /// What they do.
    pub role: Role,
    /// What else they are in charge of, for example `finance`.
    pub duties: BTreeSet<String>,
    /// False once they left.
    pub active: bool,
}

/// Somebody decides in another's stead for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delegation {
    /// In whose stead.
    pub from: PersonId,
    /// Who decides.
    pub to: PersonId,
    /// From when, in milliseconds since 1970.
    pub since_ms: u64,
    /// Until when, not included.
    pub until_ms: u64,
}

impl Roster {
    /// Everybody, with the unit above each unit and the delegations there are, past and future ones too.
    pub fn new(
        members: impl IntoIterator<Item = Member>,
        units: impl IntoIterator<Item = (UnitId, Option<UnitId>)>,
        delegations: Vec<Delegation>,
    ) -> Self {
        Self {
            members: members.into_iter().map(|member| (member.id, member)).collect(),
            parents: units.into_iter().collect(),
            delegations,
        }
    }

    /// One account.
    pub fn member(&self, person: PersonId) -> Option<&Member> {
        self.members.get(&person)
    }

    /// Is there such an account, and has it not left?
    pub fn is_active(&self, person: PersonId) -> bool {
        self.member(person).is_some_and(|member| member.active)
    }

    /// The human behind an account; the account itself when it is not known.
    pub fn human(&self, person: PersonId) -> PersonId {
        self.member(person).map_or(person, |member| member.human)
    }

    /// Are these accounts of one human?
    pub fn same_human(&self, one: PersonId, other: PersonId) -> bool {
        self.human(one) == self.human(other)
    }

    /// Everybody who decides in `from`'s stead at `now_ms`.
    pub fn delegates(&self, from: PersonId, now_ms: u64) -> BTreeSet<PersonId> {
        self.delegations
            .iter()
            .filter(|it| it.from == from && it.since_ms <= now_ms && now_ms < it.until_ms)
            .map(|it| it.to)
            .filter(|to| self.is_active(*to))
            .collect()
    }

    /// Does somebody decide in another's stead, now or at some time?
    pub fn stands_in(&self, person: PersonId) -> bool {
        self.delegations.iter().any(|it| it.to == person)
    }

    /// The people that an approver of a chain stands for, for a request of `applicant`; in the order of their ids, never
    /// the applicant and nobody who left. The flag is true when nobody was found and their superior steps in.
    pub fn resolve(&self, approver: &Approver, applicant: PersonId) -> (Vec<PersonId>, bool) {
        let meant: Vec<PersonId> = match approver {
            Approver::Superior => return (self.superiors(applicant, applicant), false),
            Approver::Head(unit) => {
                let unit = unit.or_else(|| self.member(applicant).map(|member| member.unit));
                unit.map(|unit| self.heads(unit)).unwrap_or_default()
            }
            Approver::Duty(duty) => self.holding(duty),
            Approver::Person(person) => vec![*person],
        };
        let fit: Vec<PersonId> = meant
            .iter()
            .copied()
            .filter(|person| self.is_active(*person) && !self.same_human(*person, applicant))
            .collect();
        if !fit.is_empty() {
            return (fit, false);
        }
        // Whoever left, and the applicant, is replaced by whoever leads them.
        let instead = meant.first().copied().unwrap_or(applicant);
        (self.superiors(instead, applicant), true)
    }

    /// The supervisors of the nearest unit upwards from `person`'s that has one who is neither them nor the applicant.
    fn superiors(&self, person: PersonId, applicant: PersonId) -> Vec<PersonId> {
        let mut unit = self.member(person).map(|member| member.unit);
        // A tree has no more levels than units; the bound is against a cycle.
        for _ in 0..=self.parents.len() {
            let Some(here) = unit else { break };
            let found: Vec<PersonId> = self
                .heads(here)
                .into_iter()
                .filter(|head| !self.same_human(*head, person) && !self.same_human(*head, applicant))
                .collect();
            if !found.is_empty() {
                return found;
            }
            unit = self.parents.get(&here).copied().flatten();
        }
        Vec::new()
    }

    fn heads(&self, unit: UnitId) -> Vec<PersonId> {
        let leads =
            |member: &&Member| member.active && member.role == Role::Supervisor && member.unit == unit;
        self.members
            .values()
            .filter(leads)
            .map(|member| member.id)
            .collect()
    }

    fn holding(&self, duty: &str) -> Vec<PersonId> {
        let holds = |member: &&Member| member.duties.contains(duty);
        self.members
            .values()
            .filter(holds)
            .map(|member| member.id)
            .collect()
    }
}
