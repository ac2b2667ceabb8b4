use crate::document::CommandError;
use crate::document::view::ViewError;
use crate::model::{DocumentId, ServerId, Words};
use crate::rulings::Complaint;
use crate::wire::{CompressError, Rejection};

use super::store::StoreError;

/// What a replica could not do, and where.
#[derive(Debug, thiserror::Error)]
pub enum ReplicaError {
    /// A rule forbids it; nothing was written.
    #[error("not allowed: {0}")]
    Refused(Rejection),
    /// The command does not fit the document; nothing was written.
    #[error(transparent)]
    Command(#[from] CommandError),
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A document's history does not read; the others are untouched.
    #[error("document {document} does not read: {detail}; it stays as it is, export it and ask the operator")]
    Damaged {
        /// Which.
        document: DocumentId,
        /// Why.
        detail: String,
    },
    /// The form asks for more before the request can be handed in.
    #[error("{}", words.en)]
    Incomplete {
        /// What it asks for.
        complaint: Complaint,
        /// The same, said to the applicant.
        words: Words,
    },
    /// The document is not on this phone.
    #[error("document {0} is not on this phone; sync and try again")]
    Unknown(DocumentId),
    /// Nobody signed in on this replica yet.
    #[error("this replica has no identity yet; enrol it with a code from the operator")]
    NotEnrolled,
    /// Another server answers behind the same address; nothing was wiped.
    #[error("this replica belongs to server {ours}, but {theirs} answered; check the address")]
    WrongServer {
        /// The replica's own.
        ours: ServerId,
        /// The one that answered.
        theirs: ServerId,
    },
    /// There is no parked work of this document under this number.
    #[error(
        "nothing is parked under number {0} for this record; it may have been sent again or discarded already"
    )]
    NotParked(i64),
    /// Another person or another installation than the one this replica was made for.
    #[error(
        "this replica was made by another person or another sign-in; their unsent work stays in it, open a new one"
    )]
    AnotherPerson,
    /// The answer does not read.
    #[error("the server's answer does not read: {0}")]
    Answer(String),
    /// A recorded command or setting does not read.
    #[error("{what} in the replica does not read: {detail}")]
    Record {
        /// What was read.
        what: &'static str,
        /// Why not.
        detail: String,
    },
}

impl From<Rejection> for ReplicaError {
    fn from(rejection: Rejection) -> Self {
        Self::Refused(rejection)
    }
}

impl From<ViewError> for ReplicaError {
    fn from(error: ViewError) -> Self {
        Self::Record {
            what: "a document's field",
            detail: error.to_string(),
        }
    }
}

impl From<CompressError> for ReplicaError {
    fn from(error: CompressError) -> Self {
        Self::Answer(error.to_string())
    }
}
