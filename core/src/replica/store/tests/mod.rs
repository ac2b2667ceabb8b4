//! The file and its connections.

mod opening;
mod queue;
mod salvage;
mod transactions;
