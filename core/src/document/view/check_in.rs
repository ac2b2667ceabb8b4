use crate::document::command::CheckIn;

/// A check-in is written once, so it reads as it was written.
pub type CheckInView = CheckIn;
