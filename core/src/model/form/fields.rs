use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::model::Words;

/// What a request of one form asks for.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Its name, for example `expense`.
    #[n(0)]
    pub name: String,
    /// Its version, from 1.
    #[n(1)]
    pub version: u32,
    /// What it is called.
    #[n(2)]
    pub label: Words,
    /// The fields beside the title.
    #[n(3)]
    #[serde(default)]
    pub fields: Vec<Field>,
    /// The lines; absent when it has none.
    #[n(4)]
    #[serde(default)]
    pub lines: Option<LineRule>,
    /// The name of the chain that it takes.
    #[n(5)]
    pub chain: String,
}

/// One field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its key in the document, for example `starts`.
    #[n(0)]
    pub name: String,
    /// What it is called.
    #[n(1)]
    pub label: Words,
    /// What it holds.
    #[n(2)]
    pub holds: FieldType,
    /// Must it be filled in before the request is handed in?
    #[n(3)]
    #[serde(default)]
    pub required: bool,
    /// The most: characters of a text, a decimal for an amount or a number.
    #[n(4)]
    #[serde(default)]
    pub most: Option<String>,
    /// The choices of a choice.
    #[n(5)]
    #[serde(default)]
    pub choices: Vec<String>,
}

/// What a field of a form holds; in the document always a string, except for `yes_no`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    /// Words.
    #[n(0)]
    Text,
    /// A decimal above zero with at most four places, in the request's currency.
    #[n(1)]
    Amount,
    /// A day, `YYYY-MM-DD`.
    #[n(2)]
    Date,
    /// A whole number from zero.
    #[n(3)]
    Number,
    /// One of a few.
    #[n(4)]
    Choice,
    /// True or false.
    #[n(5)]
    YesNo,
}

/// How the lines of a form are.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineRule {
    /// Must there be one at least?
    #[n(0)]
    #[serde(default)]
    pub required: bool,
    /// Must each have a receipt number or photo?
    #[n(1)]
    #[serde(default)]
    pub receipt: bool,
    /// The categories and their limits; empty for any.
    #[n(2)]
    #[serde(default)]
    pub categories: Vec<Category>,
    /// What happens with a receipt that was handed in before.
    #[n(3)]
    #[serde(default)]
    pub duplicates: Duplicates,
    /// What happens over a limit.
    #[n(4)]
    #[serde(default)]
    pub over_limit: OverLimit,
}

/// A category of lines.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Its key, for example `meals`.
    #[n(0)]
    pub name: String,
    /// What it is called.
    #[n(1)]
    pub label: Words,
    /// The most that its lines of one request may come to, a decimal.
    #[n(2)]
    #[serde(default)]
    pub limit: Option<String>,
    /// The currency of the limit; without it that of the house. Other currencies are not compared.
    #[n(3)]
    #[serde(default)]
    pub currency: Option<String>,
}

/// What happens with a receipt that was handed in before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Duplicates {
    /// The approver is told.
    #[n(0)]
    #[default]
    Flag,
    /// The request goes back at once.
    #[n(1)]
    Return,
}

/// What happens with a request over a limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum OverLimit {
    /// The approver sees by how much.
    #[n(0)]
    #[default]
    Show,
    /// The request goes back at once.
    #[n(1)]
    Return,
}

impl Form {
    /// Name and version: `expense@2`.
    pub fn id(&self) -> String {
        format!("{}@{}", self.name, self.version)
    }
}
