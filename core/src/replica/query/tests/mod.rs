//! Questions asked of documents that were really written.

mod approvals;
mod day;
mod find;
mod rows;
