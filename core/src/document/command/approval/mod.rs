//! What people do about a request, and what the server rules.

mod decide;
mod draft;
mod rule;

pub use decide::{Decide, Decision, HandOver, Handing, Submit, Withdraw};
pub use draft::{AddLine, DraftApproval, FieldValue, RemoveLine, SetField};
pub use rule::{Answer, Entry, Outcome, RuleApproval};
