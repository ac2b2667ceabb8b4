use std::time::SystemTime;

use fieldbook_core::replica;
use fieldbook_core::replica::phone;

use crate::values::instant;
use crate::{AccountId, PersonId, RecordKind, Words};

/// One person's replica on this phone.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Account {
    /// Its number.
    pub id: AccountId,
    /// The address of its server.
    pub server: String,
    /// Whose it is.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Is this the person who is signed in?
    pub signed_in: bool,
    /// What of it the server does not have, as last noted.
    pub unsent: Unsent,
    /// Where the file went when its key was gone.
    pub set_aside: Option<String>,
}

/// What of a replica the server does not have.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Unsent {
    /// How many records of each kind.
    pub records: Vec<UnsentRecords>,
    /// Operations that were not accepted and wait for the person.
    pub parked: u64,
    /// When the latest of it was written.
    pub latest: Option<SystemTime>,
    /// All of it as a sentence.
    pub words: Words,
}

/// So many records of one kind.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct UnsentRecords {
    /// Of what.
    pub kind: RecordKind,
    /// How many.
    pub count: u64,
}

/// What a link or a QR code says: where to sign in, and with which code.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct EnrolmentLink {
    /// The server's address.
    pub server: String,
    /// The one-time code.
    pub code: String,
}

/// What was saved of a damaged replica.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Recovered {
    /// Where the damaged file is now; nothing of it was changed.
    pub path: String,
    /// How many of the person's operations wait under "needs attention".
    pub parked: u64,
    /// True when the person is still signed in: the next sync brings everything that the server has.
    pub signed_in: bool,
}

impl From<phone::Account> for Account {
    fn from(account: phone::Account) -> Self {
        Self {
            id: account.id.into(),
            server: account.server,
            person: account.person.into(),
            name: account.name,
            signed_in: account.signed_in,
            unsent: account.unsent.into(),
            set_aside: account.aside.map(|aside| aside.path.display().to_string()),
        }
    }
}

impl From<replica::Unsent> for Unsent {
    fn from(unsent: replica::Unsent) -> Self {
        let words = unsent.words().into();
        let records = unsent.records.into_iter().map(|(kind, count)| UnsentRecords {
            kind: kind.into(),
            count,
        });
        Self {
            records: records.collect(),
            parked: unsent.parked,
            latest: unsent.latest_ms.map(instant),
            words,
        }
    }
}

impl From<phone::EnrolmentLink> for EnrolmentLink {
    fn from(link: phone::EnrolmentLink) -> Self {
        Self {
            server: link.server,
            code: link.code,
        }
    }
}

impl From<replica::Recovered> for Recovered {
    fn from(recovered: replica::Recovered) -> Self {
        Self {
            path: recovered.aside.display().to_string(),
            parked: recovered.parked,
            signed_in: recovered.signed_in,
        }
    }
}
