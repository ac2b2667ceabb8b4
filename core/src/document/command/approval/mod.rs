//! What people do about a request, and what the server rules.

mod decide;
mod draft;
mod edit;
mod rule;

pub use decide::{Decide, Decision, HandOver, Handing, Submit, Withdraw};
pub use draft::{AddLine, DraftApproval, FieldValue, RemoveLine, SetField};
pub use edit::{Belongs, EditDraft, EditLine};
pub use rule::{Answer, Entry, Outcome, RuleApproval};
