//! What a person does on the phone, one use case a file. Each is one transaction: it either happened, and survives
//! power loss, or it did not.

mod activity;
mod amend_parked;
mod approval;
mod cancel_visit;
mod customer;
mod finish_visit;
mod note;
mod note_parked;
mod parked;
mod plan_visit;
mod reading;
mod record_step;
mod request;
mod start_visit;

pub use activity::NewLogEntry;
pub use amend_parked::{TypedField, typed_fields};
pub use approval::{Deciding, LineChange, NewApproval, NewExpenseLine, Paper, Warnings};
pub use customer::NewCustomer;
pub use plan_visit::NewPlan;
pub use reading::CheckInOutcome;
