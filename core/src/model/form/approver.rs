use std::fmt;
use std::str::FromStr;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::model::{PersonId, UnitId};

/// Who is asked in a step; people are looked up when the step begins, and again whenever the organisation changes.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Approver {
    /// Whoever leads the applicant: the supervisors of the nearest unit that has one besides the applicant.
    #[n(0)]
    Superior,
    /// The supervisors of a unit; of the applicant's own when none is named.
    #[n(1)]
    Head(#[n(0)] Option<UnitId>),
    /// Everybody who holds a duty, for example `finance`.
    #[n(2)]
    Duty(#[n(0)] String),
    /// One person.
    #[n(3)]
    Person(#[n(0)] PersonId),
}

/// A text that names no approver.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} names no approver; write superior, head, head:UNIT, duty:NAME or person:PERSON")]
pub struct ApproverError(pub String);

impl fmt::Display for Approver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Approver::Superior => f.write_str("superior"),
            Approver::Head(None) => f.write_str("head"),
            Approver::Head(Some(unit)) => write!(f, "head:{unit}"),
            Approver::Duty(name) => write!(f, "duty:{name}"),
            Approver::Person(person) => write!(f, "person:{person}"),
        }
    }
}

impl FromStr for Approver {
    type Err = ApproverError;

    fn from_str(text: &str) -> Result<Self, ApproverError> {
        let wrong = || ApproverError(text.to_owned());
        match text.split_once(':') {
            None if text == "superior" => Ok(Approver::Superior),
            None if text == "head" => Ok(Approver::Head(None)),
            Some(("head", unit)) => Ok(Approver::Head(Some(unit.parse().map_err(|_| wrong())?))),
            Some(("duty", name)) if !name.trim().is_empty() => Ok(Approver::Duty(name.trim().to_owned())),
            Some(("person", person)) => Ok(Approver::Person(person.parse().map_err(|_| wrong())?)),
            _ => Err(wrong()),
        }
    }
}

impl TryFrom<String> for Approver {
    type Error = ApproverError;
    fn try_from(text: String) -> Result<Self, ApproverError> {
        text.parse()
    }
}

impl From<Approver> for String {
    fn from(approver: Approver) -> String {
        approver.to_string()
    }
}
