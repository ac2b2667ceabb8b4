//! What hostile bytes and hostile changes must never achieve.
//!
//! [`decoder`] takes any bytes as what arrives at the door; [`gate`] takes them as a recipe for changes that nobody
//! honest makes. The fuzz targets in `fuzz/` call these functions with bytes of the fuzzer's making, the tests of this crate with
//! the corpora that it left. An [`Escape`] or a panic is a defect.

mod bytes;
mod changes;
mod crafted;
mod ledger;
mod scene;
mod story;
mod tweak;
mod wide;

pub use bytes::decoder;
pub use changes::gate;

/// Something came through that must not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Escape(pub String);

impl Escape {
    /// Fails with what happened.
    fn err<T>(what: impl Into<String>) -> Result<T, Self> {
        Err(Self(what.into()))
    }

    /// An escape when something that must work does not.
    fn of<E: std::fmt::Display>(what: &'static str) -> impl FnOnce(E) -> Self {
        move |error| Self(format!("{what}: {error}"))
    }
}
