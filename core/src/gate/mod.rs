//! What stands between received operations and anything stored: an index of a document that checks every
//! reference and lists what an operation writes, without Automerge.
//!
//! The same index is the cheap way to read a document: [`DocumentIndex::root`] gives the current values as
//! Automerge would. Feeding unchecked bytes to Automerge is never needed.
//!
//! A change passes `admit` (the checks around its operations), then `operation` (the checks of every
//! reference), then `apply` (the checks of map, list and text, and the effect). Nothing is taken back: an
//! index that refused a change is dropped.

mod actors;
mod admit;
mod apply;
pub(crate) mod caps;
mod clock;
mod effect;
mod effort;
mod element_id;
mod id;
mod index;
mod lookup;
mod object;
mod operation;
mod past;
mod refusal;
mod register;
mod sequence;
mod shown;
#[cfg(test)]
pub(crate) mod tests;
mod view;
mod write;
mod writes;

pub use element_id::{ElementId, NotAnElementId};
pub use index::DocumentIndex;
pub use refusal::{Check, Refusal};
pub(crate) use shown::object_loser;
pub use shown::{Shown, Slot};
pub use view::{ListView, MapView};
pub use write::{Action, Write};
