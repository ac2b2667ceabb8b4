use std::sync::Arc;

use fieldbook_core::model;
use fieldbook_core::wire;

use crate::shared::Shared;
use crate::{FieldbookError, PersonId, UnitId, Words};

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
    /// True once they left: they keep their name on what they wrote, and are offered nothing new.
    pub left: bool,
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
    /// The template that new visits follow, for example `store-visit@1`; a started visit keeps its own.
    pub template: String,
    /// The steps of that template in their order.
    pub steps: Vec<String>,
    /// How many customers a person may look after before the pool gives no more.
    pub holding_limit: u32,
}

/// Why a person is asked for a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum ReasonFor {
    /// A check-in that is not on site, or has no position.
    Place,
    /// A visit that does not take place, or ends early.
    Cancel,
    /// A rejection.
    Reject,
    /// A request that goes back.
    Return,
}

/// Ready reasons to pick from, in both languages; the person may always write another one.
#[uniffi::export]
pub fn ready_reasons(of: ReasonFor) -> Vec<Words> {
    let reasons = model::ready_reasons(of.into());
    reasons.into_iter().map(Into::into).collect()
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

impl From<ReasonFor> for model::ReasonFor {
    fn from(of: ReasonFor) -> Self {
        match of {
            ReasonFor::Place => Self::Place,
            ReasonFor::Cancel => Self::Cancel,
            ReasonFor::Reject => Self::Reject,
            ReasonFor::Return => Self::Return,
        }
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
            left: person.left,
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
            template: policy.template,
            steps: policy.steps,
            holding_limit: policy.holding_limit,
        }
    }
}
