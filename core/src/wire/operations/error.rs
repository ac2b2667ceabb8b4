use automerge::ChangeHash;

/// Why operations could not be written or read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OperationsError {
    /// The bytes end too early.
    #[error("the operations end in the middle of {0}")]
    Truncated(&'static str),
    /// Bytes are left over after the last operation.
    #[error("{0} bytes are left over after the last operation")]
    Trailing(usize),
    /// Operations were not all read before the end was asked for.
    #[error("{0} operations have not been read")]
    Unread(u32),
    /// Bytes that the encoding does not have.
    #[error("malformed operations: {0}")]
    Malformed(&'static str),
    /// More than the limits allow.
    #[error("too much: {what}, at most {limit}")]
    Limit {
        /// What there was too much of.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
    /// A change that the encoding does not carry.
    #[error("the encoding does not carry {0}")]
    Unsupported(&'static str),
    /// A dependency that the document does not have.
    #[error("depends on the unknown change {0}")]
    UnknownDependency(ChangeHash),
    /// The document lacks the actor's change with this sequence number.
    #[error("change {0} of this actor has to come first")]
    MissingPrevious(u64),
}

impl OperationsError {
    /// What [`OperationsError::Limit`] names when a segment unfolds to more than its reader was given.
    pub const SEGMENT_OPERATIONS: &str = "operations of a segment";

    /// Does the segment unfold to more than its reader was given?
    pub fn is_of_segment_operations(&self) -> bool {
        matches!(self, Self::Limit { what, .. } if *what == Self::SEGMENT_OPERATIONS)
    }
}
