//! Approvals, ruled on as requests arrive.

mod course;
mod delegates;
mod form;
mod handover;
mod limits;
mod model;
mod opening;
mod organisation;
mod own;
mod room;
mod steps;
mod unknown_chain;

use room::Room;
