use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::{PersonId, TenantId, UnitId};

/// What a person does in the organisation.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Visits customers; sees their own work and what is shared with them.
    #[n(1)]
    Rep,
    /// Leads a unit; sees the units below and decides their approvals.
    #[n(2)]
    Supervisor,
}

impl Role {
    /// The name used in the command line, SQL and docs.
    pub fn name(self) -> &'static str {
        match self {
            Role::Rep => "rep",
            Role::Supervisor => "supervisor",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Role {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        [Role::Rep, Role::Supervisor]
            .into_iter()
            .find(|role| role.name() == text)
            .ok_or_else(|| format!("unknown role {text:?}; use rep or supervisor"))
    }
}

/// Who acts, as far as the rules need to know. The server makes it from the token, the phone from its
/// sign-in and the reference rows; both ask the same rules with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// The organisation.
    pub tenant: TenantId,
    /// The person.
    pub person: PersonId,
    /// The person's unit.
    pub unit: UnitId,
    /// What the person does.
    pub role: Role,
    /// Everybody whose documents this person may see: themselves, the pool of their unit and, for a supervisor, the
    /// people of the unit and of the units below it, with their pools ([`UnitId::pool`]).
    pub subtree: BTreeSet<PersonId>,
    /// True for the server's own actor, the only one that may write rulings.
    pub is_server: bool,
}

impl Principal {
    /// May this person act as a supervisor of `other`? Never of themselves.
    pub fn supervises(&self, other: PersonId) -> bool {
        self.role == Role::Supervisor && other != self.person && self.subtree.contains(&other)
    }

    /// May this person see documents of `other`?
    pub fn sees(&self, other: PersonId) -> bool {
        self.person == other || self.subtree.contains(&other)
    }
}
