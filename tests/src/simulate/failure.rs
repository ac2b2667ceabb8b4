use std::fmt;

/// What must hold in every story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Property {
    /// No step fails that ought to work: an answer that does not read, a store that refuses.
    Works,
    /// No part of the program panics.
    NoPanic,
    /// Sync resumes by itself after everything is healed, and comes to an end.
    ComesToRest,
    /// Then no phone has anything left to send.
    NothingPending,
    /// A phone holds the documents that its person may see, no more and no fewer.
    SameDocuments,
    /// Every document has the same history and the same values on the phone and on the server.
    SameHistory,
    /// What was acknowledged to a phone is in the server's history.
    AcknowledgedKept,
    /// No operation is stored twice.
    StoredOnce,
    /// What a person did is on the server or parked with its text on their phone.
    NothingLost,
    /// What is parked on a phone is not on the server as well.
    ParkedOnly,
    /// What an honest phone sends is never refused as damaged or forged.
    HonestTrusted,
    /// Automerge reads the same values out of a history as the index does.
    AutomergeAgrees,
    /// Only the server writes what only the server may decide.
    OnlyServerRules,
    /// The ruling log and the documents say the same.
    AuditClean,
    /// The lists of a phone are what a fresh projection of its documents gives.
    ListsAgree,
}

impl Property {
    /// The property's short name.
    pub fn name(self) -> &'static str {
        match self {
            Property::Works => "works",
            Property::NoPanic => "no-panic",
            Property::ComesToRest => "comes-to-rest",
            Property::NothingPending => "nothing-pending",
            Property::SameDocuments => "same-documents",
            Property::SameHistory => "same-history",
            Property::AcknowledgedKept => "acknowledged-kept",
            Property::StoredOnce => "stored-once",
            Property::NothingLost => "nothing-lost",
            Property::ParkedOnly => "parked-only",
            Property::HonestTrusted => "honest-trusted",
            Property::AutomergeAgrees => "automerge-agrees",
            Property::OnlyServerRules => "only-server-rules",
            Property::AuditClean => "audit-clean",
            Property::ListsAgree => "lists-agree",
        }
    }

    /// The property in words.
    pub fn promise(self) -> &'static str {
        match self {
            Property::Works => "every step that ought to work does",
            Property::NoPanic => "nothing panics",
            Property::ComesToRest => "sync resumes by itself after everything is healed, and comes to an end",
            Property::NothingPending => "after that no phone has anything left to send",
            Property::SameDocuments => "a phone holds exactly the documents its person may see",
            Property::SameHistory => "every document is the same on the phone and on the server",
            Property::AcknowledgedKept => "what was acknowledged to a phone is on the server",
            Property::StoredOnce => "no operation is stored twice",
            Property::NothingLost => "what a person did is on the server or parked on their phone",
            Property::ParkedOnly => "what is parked on a phone is not on the server as well",
            Property::HonestTrusted => "what an honest phone sends is never refused as damaged or forged",
            Property::AutomergeAgrees => "Automerge reads a history as the index does",
            Property::OnlyServerRules => "only the server writes what only the server may decide",
            Property::AuditClean => "the ruling log and the documents say the same of every ruling",
            Property::ListsAgree => "a phone's lists are what its documents say",
        }
    }
}

/// A property that did not hold, and where it was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Which.
    pub property: Property,
    /// Where, and what was found instead.
    pub detail: String,
}

impl Failure {
    /// A property that does not hold.
    pub fn new(property: Property, detail: impl Into<String>) -> Self {
        Self {
            property,
            detail: detail.into(),
        }
    }

    /// A step that ought to have worked.
    pub fn step(what: &str, error: &dyn fmt::Display) -> Self {
        Self::new(Property::Works, format!("{what}: {error}"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} ({}): {}",
            self.property.name(),
            self.property.promise(),
            self.detail
        )
    }
}

impl std::error::Error for Failure {}
