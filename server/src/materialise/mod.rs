//! Documents, made by Automerge off the way of the exchanges, in a process that may crash.
//!
//! What the gate let pass is stored as operations; nobody waits here. After commits, in a quiet moment, a
//! [`Materialiser`] hands the documents that changed to a worker: this program once more, as `fieldbook
//! materialise-worker`, with limits on memory and processor. It makes each document with Automerge, saves it, loads it, and
//! compares what it shows with what the gate's index shows. A sound one becomes a snapshot row; one that is not, or that
//! takes the worker down, is set aside for the operator, and everything else goes on.

mod child;
mod frame;
mod job;
mod limits;
mod rebuild;
mod round;
mod runner;
#[cfg(debug_assertions)]
mod sabotage;
mod worker;

pub use child::{Death, Program};
pub use round::{Report, Round};
pub use runner::{Materialiser, Nudge};
pub use worker::{WORKER, work};
