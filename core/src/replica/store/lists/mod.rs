//! Reads for lists: typed rows from the projections alone, never a document.

mod approvals;
mod check_ins;
mod customers;
mod found;
mod logs;
mod timelines;
mod visits;

pub use approvals::{
    ApprovalLine, ApprovalRow, TurnRow, approval, approval_lines, approvals_for, approvals_of,
    receipt_elsewhere, turns_at, turns_of, waits_for,
};
pub use check_ins::{CheckInRow, check_ins_of};
pub use customers::{ContactRow, CustomerRow, contacts, customer, customers, held, pooled};
pub use found::{DueRow, FoundCustomer, due, in_box, matching};
pub use logs::{LogRow, log, logs_of};
pub use timelines::{of_customer, of_document, of_visit, remarks_of};
pub use visits::{VisitRow, last_finished, visit, visits_planned, visits_to};
