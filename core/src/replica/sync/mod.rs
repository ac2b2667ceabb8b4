//! Sync: a state machine that decides, and a driver that performs.
//!
//! The states are types and each step consumes the one before it:
//!
//! ```text
//! Ready --begin--> InFlight --answered--> Next::{Again, Done}(Ready)
//!                           --failed----> Waiting --due--> Ready
//! ```
//!
//! The machine never gives up: whatever failed, the operations stay in the outbox and the wait grows to a bound.
//! A test drives the same machine without sockets; [`Driver`] drives it over HTTP.

mod apply;
mod at_disk;
mod backoff;
mod driver;
mod handing;
mod machine;
mod status;
mod taking;
pub(super) mod tokens;
mod transport;
mod trouble;
mod upload;

pub use at_disk::Rest;
pub use backoff::{Backoff, MAX_ASKED_MS, MAX_WAIT_MS, MIN_WAIT_MS};
pub(in crate::replica) use driver::blocking;
pub use driver::{Driver, DriverError, Edge, EdgeRng, Enrolment, Exchanged, SignedIn};
pub use machine::{Arriving, Failure, InFlight, Next, Outgoing, Ready, Report, Waiting};
pub use status::{Phase, SyncStatus};
pub use transport::{Enrolled, HttpTransport, Listening, Problem, Tokens, TransportError};
pub use trouble::{Trouble, TroubleKind};
