//! How large things may be. The wire has the same limits; what comes another way meets them here.

/// Operations in one change: the longest note is 10,000 characters, and replacing all of it takes twice as many.
pub(crate) const OPERATIONS: usize = 20_000;
/// Operations in one document: more than a person writes in years, few enough to read again in a moment.
pub(crate) const DOCUMENT_OPERATIONS: usize = 200_000;
/// Bytes of all keys, values, messages and dependencies of a document, with 48 for each operation: one document fits into
/// one answer whatever is in it, so that nobody can keep a colleague's phone from reading on.
pub(crate) const DOCUMENT_BYTES: usize = 32 << 20;
/// Bytes of a map key.
pub(crate) const KEY_BYTES: usize = 256;
/// Bytes of a string or a byte string.
pub(crate) const VALUE_BYTES: usize = 64 * 1024;
/// Bytes of a change's message.
pub(crate) const MESSAGE_BYTES: usize = 4096;
/// Dependencies of one change.
pub(crate) const DEPENDENCIES: usize = 64;
/// Predecessors of one operation.
pub(crate) const PREDECESSORS: usize = 64;
/// Actors of one document.
pub(crate) const ACTORS: usize = 1000;
/// Bytes of an actor id.
pub(crate) const ACTOR_BYTES: usize = 64;
/// Objects inside each other: a deeper document could overflow the stack of a reader.
pub(crate) const DEPTH: u8 = 16;
/// The highest counter: Automerge keeps counters in 32 bits.
pub(crate) const COUNTER: u64 = (u32::MAX / 2) as u64;
/// The time of a change lies below this: Automerge overflows on extreme ones.
pub(crate) const TIME: i64 = 1 << 42;
