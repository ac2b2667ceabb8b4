//! Approvals, ruled on as requests arrive.

mod course;
mod model;
mod own;
mod room;

use room::Room;
