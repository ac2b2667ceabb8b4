//! A document as its readers want it, typed by kind, read from the index alone.

mod activity;
mod approval;
mod check_in;
mod customer;
mod visit;

pub use activity::{ActivityView, CommentView, EntryView};
pub use approval::{ApprovalStatus, ApprovalView, DecisionView, LineView, OutcomeView, SubmissionView};
pub use check_in::CheckInView;
pub use customer::{ContactView, CustomerView};
pub use visit::{StepResult, VisitEvent, VisitStatus, VisitView};
