//! What stands between received operations and anything stored: an index of a document that checks every
//! reference and lists what an operation writes, without Automerge.
//!
//! The same index is the cheap way to read a document: [`DocumentIndex::root`] gives the current values as
//! Automerge would. Feeding unchecked bytes to Automerge is never needed.

mod admit;
mod index;
mod refusal;
mod sequence;
mod view;
mod write;

pub use index::DocumentIndex;
pub use refusal::Refusal;
pub use view::{ElementId, ListView, MapView};
pub use write::{Action, Write};
