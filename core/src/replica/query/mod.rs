//! What screens ask, one question a file, answered from the projections alone: lists never load documents.
//!
//! Every question takes a connection, so that several can be asked of one unchanging picture:
//! `store.read(|conn| query::today(conn, person, day))`. Times and the policy are arguments.

mod approvals;
mod customer;
mod due;
mod expenses;
mod log;
mod nearby;
mod parked;
mod pool;
mod remarks;
mod search;
mod today;
mod visit;

pub use approvals::{ApprovalDetail, InboxItem, approval_detail, inbox, my_approvals};
pub use customer::{CustomerDetail, customer_detail};
pub use due::{DueCustomer, due, due_ms};
pub use expenses::{Spent, spent_on};
pub use log::{LogDay, log_day, log_days};
pub use nearby::nearby;
pub use parked::{Parked, parked};
pub use pool::{Holdings, holdings, pool};
pub use remarks::{Remark, remarks};
pub use search::search_customers;
pub use today::{Day, Today, today};
pub use visit::{VisitDetail, visit_detail};

pub use super::store::documents::{DocumentState, state_of};
pub use super::store::lists::{
    ApprovalLine, ApprovalRow, CheckInRow, ContactRow, CustomerRow, FoundCustomer, VisitRow, customers,
    visits_to,
};
pub use super::store::projections::{Answered, TimelineItem, TimelineKind};
pub use super::store::totals::{Totals, totals};

#[cfg(test)]
mod tests;
