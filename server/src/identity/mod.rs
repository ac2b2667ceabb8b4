//! Who is asking: enrolment by one-time code, device keys, short access tokens and rotating refresh tokens.
//!
//! Codes and tokens are stored by hash only. Nothing here reads a clock or makes randomness.

mod authenticate;
mod code;
mod copy;
mod enrol;
mod error;
mod numbers;
mod refresh;
mod resume;
#[cfg(test)]
mod tests;
mod throttle;
mod token;

pub use authenticate::{SignedIn, authenticate};
pub use code::{CODE_LIFETIME_MS, Code, enrolment_link, issue_code};
pub use copy::{Copied, register_copy};
pub use enrol::{Enrolled, Enrolment, enrol};
pub use error::IdentityError;
pub use numbers::Numbers;
pub use refresh::{GRACE_MS, refresh};
pub use resume::{Resumption, resume};
pub use throttle::Throttle;
pub use token::{ACCESS_LIFETIME_MS, REFRESH_LIFETIME_MS, Tokens};
