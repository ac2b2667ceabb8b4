//! Time: the written form of an instant, the evidence a phone has for one, and the judgement on jumping
//! clocks.
//!
//! Nothing here reads a clock.

mod evidence;
mod format;
mod jump;

pub use evidence::TimeEvidence;
pub use format::{TimestampError, format_timestamp, from_unix_ms, parse_timestamp};
pub use jump::{ClockJudgement, JUMP_TOLERANCE_MS, judge_clock};
