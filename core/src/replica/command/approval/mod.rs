//! Requests: drafting, handing in, deciding, bringing somebody in.

mod decide;
mod draft;
mod edit;
mod hand_in;
mod look;

pub use decide::Deciding;
pub use draft::{NewApproval, NewExpenseLine};
pub use edit::LineChange;
pub use look::{Paper, Warnings};
