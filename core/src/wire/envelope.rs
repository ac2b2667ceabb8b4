use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};

use super::{Cursor, Ended, Heard, Reference, Seal, Testimony, Verdict};
use crate::model::{DocumentId, Kind, ServerId};
use crate::trust::Receipt;

/// The version of the envelope; a server answers an unknown one with a problem that names those it speaks.
pub const PROTOCOL_VERSION: u32 = 1;
/// The version of the schema table that this build writes.
pub const SCHEMA_VERSION: u32 = 3;

/// What a phone sends: one exchange is one of these and one [`Answer`].
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct Request {
    /// [`PROTOCOL_VERSION`] of the sender.
    #[n(0)]
    pub protocol: u32,
    /// [`SCHEMA_VERSION`] of the sender.
    #[n(1)]
    pub schema: u32,
    /// Where the phone stands; absent before its first exchange.
    #[n(2)]
    pub cursor: Option<Cursor>,
    /// The version of the reference rows the phone holds, 0 for none.
    #[n(3)]
    pub reference: u64,
    /// How many bytes of news, before compression, the phone takes in one answer.
    #[n(4)]
    pub budget: u32,
    /// What the server lacks, in causal order.
    #[n(5)]
    pub upload: Vec<Section>,
    /// How many operations still wait on the phone after this upload, for the operator's view.
    #[n(6)]
    pub waiting: u32,
    /// After the server lost a part of its log, until the phone has read it from the start and handed back what it holds
    /// with a seal and was not shown, in causal order; absent otherwise. With it the answer brings the phone's own
    /// operations too.
    #[n(7)]
    pub testimony: Option<Vec<Testimony>>,
    /// Counts what the installation sends: each request has a higher one than those before, so that one which was
    /// listened to on the way is worth nothing a second time.
    #[n(8)]
    pub number: u64,
    /// The number of the last ruling that the phone's newest receipt names; absent when it has none or wants a new one.
    #[n(9)]
    pub ruling: Option<u64>,
    /// The installation's signature (see [`crate::trust`]); a request without one is refused.
    #[n(10)]
    pub signature: Option<ByteArray<64>>,
}

/// The operations of one actor on one document, in sequence.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct Section {
    /// The document.
    #[n(0)]
    pub document: DocumentId,
    /// Its kind; checked against what the server knows.
    #[n(1)]
    pub kind: Kind,
    /// The rebase count of the device's actor on this document; the actor itself is derived.
    #[n(2)]
    pub rebase: u32,
    /// How many operations of this actor came before: the first one here is `base + 1`.
    #[n(3)]
    pub base: u64,
    /// How many operations are in `operations`.
    #[n(4)]
    pub count: u32,
    /// The first 4 bytes of the last operation's hash, compared before anything is stored: against accidents, so four
    /// are enough, and nothing compresses them.
    #[n(5)]
    #[cbor(with = "minicbor::bytes")]
    pub check: [u8; 4],
    /// The operations, as [`super::operations`] writes them.
    #[n(6)]
    pub operations: ByteVec,
    /// The installation that the sender was copied from wrote them, not the sender itself.
    #[cbor(n(7), default)]
    pub former: bool,
}

/// What the server answers.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct Answer {
    /// [`PROTOCOL_VERSION`] of the server.
    #[n(0)]
    pub protocol: u32,
    /// Which server this is; a phone that knows another refuses the answer.
    #[n(1)]
    pub server: ServerId,
    /// The server's clock in milliseconds since 1970, an anchor for the phone's times.
    #[n(2)]
    pub now_ms: u64,
    /// One entry for each section of the upload, in its order.
    #[n(3)]
    pub verdicts: Vec<SectionVerdict>,
    /// The installations that wrote the news; segments name them by position.
    #[n(4)]
    pub origins: Vec<Origin>,
    /// Documents with what the phone lacks of them, in log order.
    #[n(5)]
    pub news: Vec<News>,
    /// Documents that left the phone's scope: removed once unsent work on them has been delivered or parked.
    #[n(6)]
    pub forget: Vec<DocumentId>,
    /// Reference rows, whole, when the phone's version is behind.
    #[n(7)]
    pub reference: Option<Reference>,
    /// Where the phone stands once it has stored all this.
    #[n(8)]
    pub cursor: Cursor,
    /// There is more: the phone asks again at once.
    #[n(9)]
    pub more: bool,
    /// The server lost part of its log (restored from a backup): the phone reads the log from the start, and then
    /// hands back what it knew as stored and was not shown.
    #[n(10)]
    pub rewind: bool,
    /// One entry for each piece of testimony, in its order; absent when there was none.
    #[n(11)]
    pub heard: Option<Vec<Heard>>,
    /// What the server has of this installation, signed; when that may have changed.
    #[n(12)]
    pub receipt: Option<Receipt>,
    /// This phone no longer works for the organisation.
    #[n(13)]
    pub ended: Option<Ended>,
    /// With `more`: the last sequence of the log, so that a phone can show how far it has read.
    #[n(14)]
    pub head: Option<u64>,
}

impl Answer {
    /// How many operations of the upload the server did not store. They still wait on the phone: to be sent again, to be
    /// made anew, or to be parked.
    pub fn not_stored(&self) -> u32 {
        let left = self.verdicts.iter().map(|verdict| verdict.rest.len());
        u32::try_from(left.sum::<usize>()).unwrap_or(u32::MAX)
    }
}

/// What became of one section: the first `accepted` operations stand (new or already known), then come the exceptions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct SectionVerdict {
    /// How many operations from the start of the section are stored now.
    #[n(0)]
    pub stored: u32,
    /// How many of these the server had before.
    #[n(1)]
    pub duplicate: u32,
    /// The verdict of each operation after those, in sequence; empty when all are stored.
    #[n(2)]
    pub rest: Vec<Verdict>,
    /// The seal of the last stored operation; absent when none is.
    #[n(3)]
    pub seal: Option<Seal>,
}

/// An installation that wrote something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Origin {
    /// Its public key.
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    pub public_key: [u8; 32],
    /// Its epoch.
    #[n(1)]
    pub epoch: u32,
}

/// One document with operations that the phone lacks.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct News {
    /// The document.
    #[n(0)]
    pub document: DocumentId,
    /// Its kind.
    #[n(1)]
    pub kind: Kind,
    /// The segments, in causal order.
    #[n(2)]
    pub segments: Vec<Segment>,
}

/// The operations of one actor as they once arrived in one section.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct Segment {
    /// Who wrote it: a position in [`Answer::origins`].
    #[n(0)]
    pub origin: u32,
    /// The rebase count of the actor.
    #[n(1)]
    pub rebase: u32,
    /// How many operations of this actor came before.
    #[n(2)]
    pub base: u64,
    /// How many operations are in `operations`.
    #[n(3)]
    pub count: u32,
    /// The operations, exactly as the writer sent them.
    #[n(4)]
    pub operations: ByteVec,
    /// The seal of the last operation; absent when no backup is that old.
    #[n(5)]
    pub seal: Option<Seal>,
}
