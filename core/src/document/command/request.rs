use automerge::ObjType;
use automerge::legacy::ObjectId;
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::writing::{append, map_in, put_some};
use super::{Apply, CommandError};
use crate::document::draft::Draft;
use crate::model::{DocumentId, Kind, PersonId};
use crate::time::format_timestamp;

/// Asks for what only the server decides about a customer. It names what the person saw; nothing changes before the
/// server has answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AskCustomer {
    /// The customer.
    pub document: DocumentId,
    /// Who asks.
    pub by: PersonId,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
    /// What for.
    pub want: Want,
    /// Why, at most 500 characters.
    pub note: Option<String>,
}

/// What can be asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Want {
    /// To look after a customer of the pool.
    Claim,
    /// Back to the pool of the owner's unit.
    Release {
        /// The owner that the person saw.
        saw: PersonId,
    },
    /// Somebody else is to look after it.
    Owner {
        /// Who.
        to: PersonId,
        /// The owner that the person saw.
        saw: PersonId,
    },
    /// Another grade.
    Grade {
        /// Which.
        to: String,
        /// The grade that the person saw.
        saw: Option<String>,
    },
}

impl Want {
    /// The name in documents and SQL.
    pub fn name(&self) -> &'static str {
        match self {
            Want::Claim => "claim",
            Want::Release { .. } => "release",
            Want::Owner { .. } => "owner",
            Want::Grade { .. } => "grade",
        }
    }
}

/// The server's reply to a request about a customer, with what follows from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleCustomer {
    /// The customer.
    pub document: DocumentId,
    /// The request, as [`crate::gate::ElementId`] prints it; `operator-` and the number of the ruling when nobody asked and
    /// the operator decided.
    pub request: String,
    /// What it asked for.
    pub want: String,
    /// Who asked, and is told.
    pub by: PersonId,
    /// What was decided.
    pub reply: Reply,
    /// Whose it is now; a unit's id stands for its pool.
    pub holder: PersonId,
    /// What changes, when it was granted.
    pub change: Option<Change>,
    /// The server's clock.
    pub at: DateTime<FixedOffset>,
    /// The number of the ruling in the organisation's ruling log.
    pub ruling: u64,
}

impl RuleCustomer {
    /// Does it give a customer of the pool to somebody?
    pub fn grants_a_claim(&self) -> bool {
        self.reply == Reply::Granted && self.want == Want::Claim.name()
    }
}

/// What the server can reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// Yes.
    Granted,
    /// Somebody looks after it already.
    Taken,
    /// The person looks after, or was given within a day, as many customers as the house allows.
    Quota,
    /// It is not any more what the person saw.
    Stale,
    /// Not for this person, or not to this value.
    Refused,
}

impl Reply {
    /// All replies.
    pub const ALL: [Reply; 5] = [
        Reply::Granted,
        Reply::Taken,
        Reply::Quota,
        Reply::Stale,
        Reply::Refused,
    ];

    /// The name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Reply::Granted => "granted",
            Reply::Taken => "taken",
            Reply::Quota => "quota",
            Reply::Stale => "stale",
            Reply::Refused => "refused",
        }
    }

    /// The reply of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reply| reply.name() == name)
    }
}

/// What a granted request changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A person looks after it.
    Owner(PersonId),
    /// It goes to the pool whose unit is the holder.
    Pool,
    /// Its grade.
    Grade(String),
}

impl Apply for AskCustomer {
    const KIND: Kind = Kind::Customer;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        let request = append(draft, "requests")?;
        draft.put(&request, "want", self.want.name());
        draft.put(&request, "by", self.by.to_string());
        draft.put(&request, "at", format_timestamp(&self.at));
        match &self.want {
            Want::Claim => {}
            Want::Release { saw } => draft.put(&request, "saw", saw.to_string()),
            Want::Owner { to, saw } => {
                draft.put(&request, "to", to.to_string());
                draft.put(&request, "saw", saw.to_string());
            }
            Want::Grade { to, saw } => {
                draft.put(&request, "to", to.as_str());
                put_some(draft, &request, "saw", saw.as_deref());
            }
        }
        put_some(draft, &request, "note", self.note.as_deref());
        Ok(())
    }
}

impl Apply for RuleCustomer {
    const KIND: Kind = Kind::Customer;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        let root = ObjectId::Root;
        match &self.change {
            None => {}
            Some(Change::Owner(person)) => {
                draft.put(&root, "owner", person.to_string());
                draft.delete(&root, "pool");
            }
            Some(Change::Pool) => {
                draft.put(&root, "owner", self.holder.to_string());
                draft.put(&root, "pool", true);
            }
            Some(Change::Grade(grade)) => draft.put(&root, "grade", grade.as_str()),
        }
        let replies = map_in(draft, &root, "replies");
        let reply = draft.put_object(&replies, &self.request, ObjType::Map);
        draft.put(&reply, "reply", self.reply.name());
        draft.put(&reply, "holder", self.holder.to_string());
        draft.put(&reply, "at", format_timestamp(&self.at));
        draft.put(&reply, "ruling", self.ruling);
        Ok(())
    }
}
