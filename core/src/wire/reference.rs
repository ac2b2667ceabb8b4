use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::model::form::{Chain, Form};
use crate::model::{PersonId, Role, TenantId, UnitId};

/// Server-owned rows that a phone reads and never writes: people, organisation tree, policies.
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode, Serialize, Deserialize)]
pub struct Reference {
    /// Grows with every change; the phone names the one it has.
    #[n(0)]
    pub version: u64,
    /// The organisation.
    #[n(1)]
    pub tenant: Option<TenantId>,
    /// The units this person may see, parents first.
    #[n(2)]
    pub units: Vec<Unit>,
    /// The people this person may see, and their superiors.
    #[n(3)]
    pub people: Vec<Person>,
    /// The rules of the house.
    #[n(4)]
    pub policy: Policy,
    /// The forms that are in force.
    #[n(5)]
    #[cbor(default)]
    #[serde(default)]
    pub forms: Vec<Form>,
    /// The chains that are in force.
    #[n(6)]
    #[cbor(default)]
    #[serde(default)]
    pub chains: Vec<Chain>,
}

impl Reference {
    /// The form of that name.
    pub fn form(&self, name: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.name == name)
    }

    /// The chain that a form takes.
    pub fn chain_of(&self, form: &Form) -> Option<&Chain> {
        self.chains.iter().find(|chain| chain.name == form.chain)
    }
}

/// A node of the organisation tree.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct Unit {
    /// Its id.
    #[n(0)]
    pub id: UnitId,
    /// The unit above, absent at the top.
    #[n(1)]
    pub parent: Option<UnitId>,
    /// Its name.
    #[n(2)]
    pub name: String,
}

/// One person.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct Person {
    /// Their id.
    #[n(0)]
    pub id: PersonId,
    /// Their unit.
    #[n(1)]
    pub unit: UnitId,
    /// Their name.
    #[n(2)]
    pub name: String,
    /// What they do.
    #[n(3)]
    pub role: Role,
    /// True when the reader of these rows may see this person's documents.
    #[n(4)]
    pub visible: bool,
    /// True once they left: they keep their name on what they wrote, and are offered nothing new.
    #[n(5)]
    #[cbor(default)]
    #[serde(default)]
    pub left: bool,
}

/// The rules of the house that a phone applies.
#[derive(Clone, Debug, PartialEq, Encode, Decode, Serialize, Deserialize)]
pub struct Policy {
    /// Grows with every change of the fence; a check-in names the one it was judged with.
    #[n(0)]
    pub fence_version: u32,
    /// The radius of the fence around a customer, in metres.
    #[n(1)]
    pub fence_radius_m: f64,
    /// The largest expense that raises no question, as a decimal in `currency`.
    #[n(2)]
    pub expense_limit: String,
    /// The currency of the house.
    #[n(3)]
    pub currency: String,
    /// How often a customer of each grade is to be visited.
    #[n(4)]
    pub cycles: Vec<VisitCycle>,
    /// The current visit template's id, for example `store-visit@1`.
    #[n(5)]
    pub template: String,
    /// The template's steps in order.
    #[n(6)]
    pub steps: Vec<String>,
    /// How many customers a person may look after before the pool gives no more.
    #[n(7)]
    #[cbor(default)]
    #[serde(default = "holding_limit")]
    pub holding_limit: u32,
    /// How many customers of the pool a person is given within 24 hours.
    #[n(8)]
    #[cbor(default)]
    #[serde(default = "claims_a_day")]
    pub claims_a_day: u32,
}

/// A grade and its visit cycle.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct VisitCycle {
    /// The customer's grade, for example `B`.
    #[n(0)]
    pub grade: String,
    /// Days between two visits.
    #[n(1)]
    pub days: u32,
}

fn holding_limit() -> u32 {
    500
}

fn claims_a_day() -> u32 {
    20
}

impl Default for Policy {
    fn default() -> Self {
        let cycle = |grade: &str, days| VisitCycle {
            grade: grade.to_owned(),
            days,
        };
        Self {
            fence_version: 1,
            fence_radius_m: 500.0,
            expense_limit: "1000".to_owned(),
            currency: "CNY".to_owned(),
            cycles: vec![cycle("A", 7), cycle("B", 14), cycle("C", 30), cycle("D", 60)],
            template: "store-visit@1".to_owned(),
            steps: ["stock", "display", "order", "promotion", "competitor"]
                .map(str::to_owned)
                .to_vec(),
            holding_limit: holding_limit(),
            claims_a_day: claims_a_day(),
        }
    }
}
