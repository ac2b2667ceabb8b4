use std::fmt;
use std::str::FromStr;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// What a document is about. The number travels on the wire and never changes.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A customer with contacts, position and tags.
    #[n(1)]
    Customer,
    /// One visit: plan, events, step results, notes.
    #[n(2)]
    Visit,
    /// One reading at the door (in, out or at a cancel) with its evidence.
    #[n(3)]
    CheckIn,
    /// One rep's log of one day.
    #[n(4)]
    Activity,
    /// One request that somebody has to decide: an expense and its like.
    #[n(5)]
    Approval,
}

impl Kind {
    /// All kinds, in the order of their numbers.
    pub const ALL: [Kind; 5] = [
        Kind::Customer,
        Kind::Visit,
        Kind::CheckIn,
        Kind::Activity,
        Kind::Approval,
    ];

    /// The number that stands for it on the wire and under signatures.
    pub fn number(self) -> u8 {
        match self {
            Kind::Customer => 1,
            Kind::Visit => 2,
            Kind::CheckIn => 3,
            Kind::Activity => 4,
            Kind::Approval => 5,
        }
    }

    /// The name used in documents, SQL, docs and screens.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Customer => "customer",
            Kind::Visit => "visit",
            Kind::CheckIn => "check_in",
            Kind::Activity => "activity",
            Kind::Approval => "approval",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The name is none of the kinds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown kind {0:?}; known are customer, visit, check_in, activity and approval")]
pub struct UnknownKind(pub String);

impl FromStr for Kind {
    type Err = UnknownKind;
    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Kind::ALL
            .into_iter()
            .find(|k| k.name() == text)
            .ok_or_else(|| UnknownKind(text.to_owned()))
    }
}
