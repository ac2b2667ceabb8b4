//! Rulings: what only the server may decide, in arrival order, written into the document by the server's own actor.
//!
//! What is decided is the matter of [`fieldbook_core::rulings`]; here it is asked, written and logged.

mod approvals;
mod case;
mod claims;
mod handover;
mod office;

pub(crate) use approvals::{Came, EFFORT, is_due, keep_up, rule_again, settle};
pub(crate) use case::{Case, rule};
pub(crate) use claims::remember;
pub(crate) use handover::hand_over;
pub(crate) use office::Memory;
