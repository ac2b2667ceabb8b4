//! What travels: the envelope in CBOR, operations in an encoding of our own, zstd over all.
//!
//! `docs/protocol.md` describes every byte; the vectors in `tests/vectors` let a stranger check a client.

mod compress;
mod cursor;
mod ended;
mod envelope;
pub mod operations;
mod reference;
mod seal;
mod shape;
mod verdict;

pub use compress::{ANSWER_LEVEL, CompressError, MAX_BODY, MAX_INFLATED, UPLOAD_LEVEL, deflate, inflate};
pub use cursor::{Cursor, Lane, ScopeMark};
pub use ended::{Ended, Ending};
pub use envelope::{
    Answer, News, Origin, PROTOCOL_VERSION, Request, SCHEMA_VERSION, Section, SectionVerdict, Segment,
};
pub use reference::{Person, Policy, Reference, Unit, VisitCycle};
pub use seal::{Heard, Seal, Testimony};
pub use shape::{EnvelopeError, read_request};
pub use verdict::{Blocker, Rejection, Verdict};
