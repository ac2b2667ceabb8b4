use std::sync::Arc;

use fieldbook_core::model;
use fieldbook_core::wire;

use crate::shared::Shared;
use crate::{FieldbookError, PersonId, UnitId};

/// What a person does in the organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Role {
    /// Visits customers.
    Rep,
    /// Leads a unit and decides its requests.
    Supervisor,
}

/// A person of the organisation.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// What they do.
    pub role: Role,
    /// Their unit.
    pub unit: UnitId,
    /// True when their records are on this phone: oneself, and for a supervisor the team.
    pub visible: bool,
}

/// A unit of the organisation.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct OrgUnit {
    /// Its id.
    pub id: UnitId,
    /// The unit above, nothing at the top.
    pub parent: Option<UnitId>,
    /// Its name.
    pub name: String,
}

/// The rules of the house.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct House {
    /// The radius around a customer within which a check-in is on site, in metres.
    pub fence_radius_m: f64,
    /// The largest expense that raises no question, a decimal in `currency`.
    pub expense_limit: String,
    /// The currency, for example `CNY`.
    pub currency: String,
    /// How often a customer of each grade is to be visited.
    pub cycles: Vec<VisitCycle>,
    /// The steps of a visit in their order.
    pub steps: Vec<String>,
}

/// A grade and its visit cycle.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct VisitCycle {
    /// The customer's grade, for example `B`.
    pub grade: String,
    /// Days between two visits.
    pub days: u32,
}

/// The organisation as last received.
#[derive(Debug, uniffi::Object)]
pub struct People(pub(crate) Arc<Shared>);

#[uniffi::export]
impl People {
    /// The person who is signed in; nothing before the first sync.
    pub fn me(&self) -> Result<Option<Person>, FieldbookError> {
        let me = self.0.replica().identity()?.person;
        Ok(self.all()?.into_iter().find(|person| person.id.0 == me))
    }

    /// Everybody this person may know of.
    pub fn all(&self) -> Result<Vec<Person>, FieldbookError> {
        let reference = self.0.replica().reference().unwrap_or_default();
        Ok(reference.people.into_iter().map(Into::into).collect())
    }

    /// The units this person may know of, parents first.
    pub fn units(&self) -> Result<Vec<OrgUnit>, FieldbookError> {
        let reference = self.0.replica().reference().unwrap_or_default();
        Ok(reference.units.into_iter().map(Into::into).collect())
    }

    /// The rules of the house, or what applies without any.
    pub fn house(&self) -> Result<House, FieldbookError> {
        Ok(self.0.replica().policy().into())
    }
}

impl From<model::Role> for Role {
    fn from(role: model::Role) -> Self {
        match role {
            model::Role::Rep => Self::Rep,
            model::Role::Supervisor => Self::Supervisor,
        }
    }
}

impl From<wire::Person> for Person {
    fn from(person: wire::Person) -> Self {
        Self {
            id: person.id.into(),
            name: person.name,
            role: person.role.into(),
            unit: person.unit.into(),
            visible: person.visible,
        }
    }
}

impl From<wire::Unit> for OrgUnit {
    fn from(unit: wire::Unit) -> Self {
        Self {
            id: unit.id.into(),
            parent: unit.parent.map(Into::into),
            name: unit.name,
        }
    }
}

impl From<wire::Policy> for House {
    fn from(policy: wire::Policy) -> Self {
        let cycles = policy.cycles.into_iter().map(|cycle| VisitCycle {
            grade: cycle.grade,
            days: cycle.days,
        });
        Self {
            fence_radius_m: policy.fence_radius_m,
            expense_limit: policy.expense_limit,
            currency: policy.currency,
            cycles: cycles.collect(),
            steps: policy.steps,
        }
    }
}
