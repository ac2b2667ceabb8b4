//! After a restore from a backup: a new epoch, rulings that wait for phones, and what phones hand back.
//!
//! What phones hand back comes in through [`crate::exchange`]; here is what the server does about the rest.

mod epoch;
mod hold;

pub use epoch::{Restored, begin_epoch};
pub(crate) use hold::{Hold, look, note_caught_up};
