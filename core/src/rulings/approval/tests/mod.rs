//! Approvals, ruled on as requests arrive.

mod course;
mod room;

use room::Room;
