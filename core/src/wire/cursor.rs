use minicbor::{Decode, Encode};

use crate::model::ServerId;

/// How far a phone has read the log of its organisation, and on which server.
///
/// The phone stores it and hands it back unchanged; the server advances it. It is stored in the same
/// transaction as the news it stands for, last.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Cursor {
    /// The server it was made by; another one refuses it and nothing is wiped.
    #[n(0)]
    pub server: ServerId,
    /// Grows when the server is restored from a backup.
    #[n(1)]
    pub epoch: u32,
    /// The last sequence of the log that the phone has.
    #[n(2)]
    pub sequence: u64,
    /// The first 8 bytes of the log's hash chain at `sequence`; zeros at 0.
    #[n(3)]
    #[cbor(with = "minicbor::bytes")]
    pub log_hash: [u8; 8],
    /// Which people's documents the phone has been given, and what it still has to catch up on.
    #[n(4)]
    pub scope: ScopeMark,
}

/// The set of people whose documents a phone holds, as the server wrote it down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct ScopeMark {
    /// The first 8 bytes of SHA-256 over the sorted person ids; zeros before the first exchange.
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    pub people: [u8; 8],
    /// A second lane that brings documents of people who came into scope later, from the start.
    #[n(1)]
    pub lane: Option<Lane>,
}

/// Documents of newly visible people, read from the start of the log; it brings the phone's own operations too.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Lane {
    /// The people who came into scope, by the same hash as [`ScopeMark::people`].
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    pub people: [u8; 8],
    /// The last sequence read in this lane.
    #[n(1)]
    pub sequence: u64,
    /// The lane ends here for now: at the head of the log when the answer was made. The main lane has the rest.
    #[n(2)]
    pub until: u64,
}
