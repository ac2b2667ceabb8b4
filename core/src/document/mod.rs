//! Documents: Automerge at arm's length.
//!
//! A [`Command`] says what a person did; [`write`] turns it into one Automerge change; [`view`] reads a document
//! through its index, typed by kind. Unknown fields written by newer peers are left alone.

mod changes;
pub mod command;
mod draft;
#[cfg(test)]
pub(crate) mod fixture;
mod shown;
#[cfg(test)]
mod tests;
pub mod view;

pub use changes::{Written, materialise, rebuild, to_json, write};
pub use command::{Command, CommandError};
pub use shown::shown;
