//! The field day: what one rep does from morning to evening, the same for the same seed.
//!
//! 20 visits, 60 entries in the day's log and 3 expenses, 312 operations of a person. A visit is planned, begun
//! with a reading at the door, worked through in five steps with a note typed in four edits, and ended with
//! another reading. Nothing here reads a clock or makes randomness: the day begins at a moment that the caller
//! names and moves on by itself.

mod act;
mod round;
mod script;
mod territory;
mod vocabulary;

pub use act::Act;
pub(crate) use round::later;
pub use round::{Done, Round, morning};
pub use script::{LOG_ENTRIES, OPERATIONS, VISITS, script};
pub use territory::{Stop, add_customers, customers, shift_place};
pub use vocabulary::{phrase, text_of_bytes, text_of_chars};
