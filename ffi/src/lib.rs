//! The surface of Fieldbook for Kotlin and Swift, by uniffi.
//!
//! Nothing is decided here: a method is one line over [`fieldbook_core`]. Errors are the few that an app acts on.

mod error;
mod replica;

pub use error::FieldbookError;
pub use replica::{Replica, Totals};

uniffi::setup_scaffolding!("fieldbook");

/// The version of this library.
#[uniffi::export]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
