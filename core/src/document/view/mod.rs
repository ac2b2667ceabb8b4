//! A document as its readers want it, typed by kind, read from the index alone.

mod activity;
mod approval;
mod check_in;
mod customer;
mod fields;
mod owner;
mod request;
mod revision;
mod visit;

pub use activity::{ActivityView, CommentView, EntryView};
pub use approval::{
    ApprovalStatus, ApprovalView, Course, DecisionView, Difference, End, Flag, HandoverView, LineView, Lines,
    OutcomeView, Ruled, Seat, SubmissionView, WithdrawalView, difference, total,
};
pub use check_in::CheckInView;
pub use customer::{ContactView, CustomerView};
pub use fields::ViewError;
pub use owner::owner;
pub(crate) use owner::owner_field;
pub use request::{ReplyView, RequestView};
pub use revision::revision;
pub use visit::{RemarkView, StepResult, VisitEvent, VisitStatus, VisitView};
