//! The file and its connections.

mod opening;
mod queue;
mod transactions;
