use minicbor::{Decode, Encode};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Approver;
use crate::model::{Money, Words};

/// Who has to agree, step by step. A version never changes: a changed chain is a new version, and what was started on
/// the old one ends on it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chain {
    /// Its name, for example `expense`.
    #[n(0)]
    pub name: String,
    /// Its version, from 1.
    #[n(1)]
    pub version: u32,
    /// The steps, the first one first.
    #[n(2)]
    pub steps: Vec<Step>,
    /// Who gets a copy when it is handed in.
    #[n(3)]
    #[serde(default)]
    pub copies: Vec<Approver>,
}

/// One step of a chain.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What the step is called.
    #[n(0)]
    pub label: Words,
    /// How many of its approvers have to agree.
    #[n(1)]
    #[serde(default)]
    pub mode: Mode,
    /// Who is asked.
    #[n(2)]
    pub approvers: Vec<Approver>,
    /// When the step applies; without it always.
    #[n(3)]
    #[serde(default)]
    pub when: Option<Condition>,
}

/// How the approvers of a step decide together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// 或签: one of them is enough, the first who says something.
    #[n(0)]
    #[default]
    Any,
    /// 会签: all of them have to agree.
    #[n(1)]
    All,
    /// 依次: all of them, one after the other.
    #[n(2)]
    Order,
}

/// When a step applies: all that is given has to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Condition {
    /// The request's total is above this decimal. A total in another currency counts as above.
    #[n(0)]
    pub above: Option<String>,
    /// The currency of `above`; without it that of the house.
    #[n(1)]
    pub currency: Option<String>,
    /// The request is of one of these forms; empty for any.
    #[n(2)]
    pub forms: Vec<String>,
    /// One of its lines is of one of these categories; empty for any.
    #[n(3)]
    pub categories: Vec<String>,
    /// Something is over its limit.
    #[n(4)]
    pub over_limit: bool,
}

/// What conditions look at.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The form.
    pub form: &'a str,
    /// What it comes to.
    pub total: Money,
    /// The currency of the house.
    pub currency: &'a str,
    /// The categories of its lines.
    pub categories: &'a [String],
    /// Is something over its limit?
    pub over_limit: bool,
}

impl Mode {
    /// All modes.
    pub const ALL: [Mode; 3] = [Mode::Any, Mode::All, Mode::Order];

    /// The name in documents and files.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Any => "any",
            Mode::All => "all",
            Mode::Order => "order",
        }
    }

    /// The mode of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.name() == name)
    }
}

impl Chain {
    /// Name and version, as a submission names it: `expense@2`.
    pub fn id(&self) -> String {
        format!("{}@{}", self.name, self.version)
    }

    /// Name and version out of such an id; `None` for what names no version.
    pub fn parse_id(id: &str) -> Option<(&str, u32)> {
        let (name, version) = id.split_once('@')?;
        Some((name, version.parse().ok()?))
    }

    /// The numbers of the steps that apply, from 1.
    pub fn plan(&self, asked: &Asked<'_>) -> Vec<u32> {
        (1..)
            .zip(&self.steps)
            .filter(|(_, step)| step.when.as_ref().is_none_or(|when| when.holds(asked)))
            .map(|(number, _)| number)
            .collect()
    }

    /// The step of that number, from 1.
    pub fn step(&self, number: u32) -> Option<&Step> {
        let at = usize::try_from(number).ok()?.checked_sub(1)?;
        self.steps.get(at)
    }
}

impl Condition {
    fn holds(&self, asked: &Asked<'_>) -> bool {
        (!self.over_limit || asked.over_limit)
            && self.is_above(asked.total, asked.currency)
            && (self.forms.is_empty() || self.forms.iter().any(|form| form == asked.form))
            && (self.categories.is_empty() || self.categories.iter().any(|it| asked.categories.contains(it)))
    }

    /// What cannot be compared counts as above: the stricter way.
    fn is_above(&self, total: Money, house: &str) -> bool {
        let Some(above) = &self.above else { return true };
        let same = self.currency.as_deref().unwrap_or(house) == total.currency.code();
        match Decimal::from_str_exact(above) {
            Ok(limit) if same => total.amount > limit,
            _ => true,
        }
    }
}
