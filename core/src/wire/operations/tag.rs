//! The bits of an operation's first byte. Part of the protocol.

/// Which action.
pub(super) const ACTION: u8 = 0b0000_0111;
/// The object is the one of the operation before, the root at the start of a change.
pub(super) const SAME_OBJECT: u8 = 0b0000_1000;
/// In a list or text, so an element is named and not a key.
pub(super) const IN_SEQUENCE: u8 = 0b0001_0000;
/// Inserts behind the element instead of changing it.
pub(super) const INSERT: u8 = 0b0010_0000;
/// Which predecessors.
pub(super) const PREDECESSORS: u8 = 0b1100_0000;

/// Actions.
pub(super) const MAKE_MAP: u8 = 0;
pub(super) const PUT: u8 = 1;
pub(super) const MAKE_LIST: u8 = 2;
pub(super) const DELETE: u8 = 3;
pub(super) const MAKE_TEXT: u8 = 4;
/// Many operations at once: typed characters with [`INSERT`], else deletes of consecutive elements.
pub(super) const RUN: u8 = 7;

/// Predecessors.
pub(super) const NONE: u8 = 0b0000_0000;
pub(super) const ONE: u8 = 0b0100_0000;
pub(super) const SEVERAL: u8 = 0b1000_0000;
/// One, and it is the element itself.
pub(super) const ELEMENT: u8 = 0b1100_0000;

/// The bits of a change's head, below the number of records.
pub(super) mod head {
    /// How many bits.
    pub(crate) const BITS: u32 = 3;
    /// The dependencies are listed; without it they are the writer's change before, if there is one.
    pub(crate) const DEPENDENCIES: u64 = 0b001;
    /// There is a message.
    pub(crate) const MESSAGE: u64 = 0b010;
    /// The time differs from that of the change before, 0 at the start.
    pub(crate) const TIME: u64 = 0b100;
}
