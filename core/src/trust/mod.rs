//! Who wrote what, and what the server vouches for: the texts that are signed, and their checks. All keys are Ed25519.
//!
//! - A phone signs every [request](crate::wire::Request), its enrolment, the renewal of its tokens and its wish to listen: an
//!   access token alone opens nothing.
//! - A server signs [`Receipt`]s: what it has of a phone, and where its logs end. Phones keep them, so that a log that
//!   was edited or cut off does not go unnoticed. It signs [`Restored`] when it goes on from a backup: what was lost then
//!   was not hidden.
//!
//! Each text begins with a label of its own, so that a signature for one purpose is worth nothing for another.

mod claim;
mod receipt;
mod request;
mod restore;
mod signature;

pub use claim::{Claim, copy_message};
pub use receipt::{LogPoint, Receipt};
pub use request::{SignedBy, SignedSection, section_digest};
pub use restore::Restored;
pub use signature::{is_signed, public_key, sign};
