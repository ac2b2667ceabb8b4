use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use super::Origin;
use crate::model::{DocumentId, Kind};

/// A server's proof to itself that it once stored an operation: only it can make one, and a phone brings it back should
/// the server have lost the operation. Changes name what they build on by hash, so it proves all of that with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Seal(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 8]);

/// Operations of one actor that the server once stored, whoever wrote them.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct Testimony {
    /// The document.
    #[n(0)]
    pub document: DocumentId,
    /// Its kind.
    #[n(1)]
    pub kind: Kind,
    /// The installation that wrote them.
    #[n(2)]
    pub origin: Origin,
    /// The rebase count of the actor.
    #[n(3)]
    pub rebase: u32,
    /// How many operations of this actor came before.
    #[n(4)]
    pub base: u64,
    /// How many are in `operations`.
    #[n(5)]
    pub count: u32,
    /// The operations, as [`super::operations`] writes them.
    #[n(6)]
    pub operations: ByteVec,
    /// The seal of the last one.
    #[n(7)]
    pub seal: Seal,
}

/// What became of one piece of testimony.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Heard {
    /// The server has it.
    #[n(0)]
    Stored,
    /// The server has it, and it is not this person's to hold.
    #[n(1)]
    Elsewhere,
    /// It builds on something that is missing still; another phone may bring that.
    #[n(2)]
    Waits,
    /// Not looked at in this exchange; the phone says it again.
    #[n(3)]
    Later,
    /// It does not bear the server's seal.
    #[n(4)]
    Unproven,
}
