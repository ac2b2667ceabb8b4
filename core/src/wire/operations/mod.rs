//! Operations as they travel and are stored: a segment is a row of changes of one actor on one document.
//!
//! Only what the reader cannot derive is written. The actor follows from the device and the document, sequence
//! numbers count on from the section's base, the first counter of a change from its dependencies, and the
//! hash from the rebuilt change. A segment stands alone: it can be stored and sent on as it came.
//!
//! `docs/protocol.md` describes every byte.

mod decimal;
mod decode;
mod encode;
mod error;
mod keys;
mod limits;
mod moment;
mod reader;
mod reference;
mod row;
mod runs;
mod stream;
mod tag;
#[cfg(test)]
mod tests;
mod values;
mod words;

pub use encode::encode;
pub use error::OperationsError;
pub use limits::Limits;
pub use reader::Reader;
