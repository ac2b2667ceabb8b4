//! Requests: drafting, handing in, deciding, bringing somebody in.

mod decide;
mod draft;
mod hand_in;
mod look;

pub use decide::Deciding;
pub use draft::{NewApproval, NewExpenseLine};
pub use look::Warnings;
