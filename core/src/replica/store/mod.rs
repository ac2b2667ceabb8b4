//! The phone's store: one SQLite file, the only place of the replica that knows SQL.
//!
//! [`Store`] owns the connections; the modules beside it are nouns with functions on a connection, so that
//! they compose in one transaction:
//!
//! - [`segments`] hold the history of every document, own and received, in causal order;
//! - [`outbox`] is the part of it that this phone wrote, with the recorded commands until the server has
//!   settled them, and 35 days longer;
//! - [`pending`] is the outbox as an upload wants it, [`own`] what a person has open;
//! - [`parked`] holds what was not accepted, until the person decides;
//! - [`documents`] say which truth each document is, [`totals`] how much of the work is where;
//! - [`testimony`] is what can be handed back to a server that lost it;
//! - [`projections`] keep typed rows for the lists, [`lists`] read them;
//! - [`settings`] are named bytes; [`salvage`] is for the day the file is damaged.
//!
//! Times are arguments, nothing here reads a clock. A new column or table is a new file in `migrations/`.

mod connection;
pub mod documents;
mod error;
mod key;
pub mod lists;
mod migrations;
mod open;
pub mod outbox;
pub mod own;
pub mod parked;
pub mod pending;
pub mod projections;
pub mod receipts;
pub mod salvage;
mod savepoint;
pub mod search_text;
pub mod segments;
pub mod settings;
pub mod testimony;
#[cfg(test)]
pub(in crate::replica) mod testing;
pub mod totals;
mod values;
mod version;

pub use connection::{Options, Store};
pub use error::StoreError;
pub use key::{CAN_ENCRYPT, StoreKey};
pub(in crate::replica) use migrations::supported as tables_version;
pub use savepoint::Savepoint;
pub use version::check_sqlite_version;

#[cfg(test)]
mod tests;
