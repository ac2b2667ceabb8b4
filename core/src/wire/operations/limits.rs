use super::OperationsError;
use crate::gate::caps;

/// What a reader takes at most from one segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the segment.
    pub bytes: usize,
    /// Operations of the segment, runs counted in full.
    pub operations: usize,
    /// Operations that even the shortest segment may unfold to, so that a long text can be deleted.
    pub operations_free: usize,
    /// Operations for each byte of the segment beyond those.
    pub operations_per_byte: usize,
    /// Actors other than the writer that the segment names.
    pub actors: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 4 << 20,
            operations: 200_000,
            operations_free: 16_384,
            operations_per_byte: 16,
            actors: caps::ACTORS,
        }
    }
}

impl Limits {
    /// How many operations a segment of this many bytes may unfold to.
    pub fn budget(&self, bytes: usize) -> usize {
        bytes
            .saturating_mul(self.operations_per_byte)
            .saturating_add(self.operations_free)
            .min(self.operations)
    }
}

/// Refuses a count over its limit.
pub(super) fn at_most(what: &'static str, count: usize, limit: usize) -> Result<usize, OperationsError> {
    if count > limit {
        Err(OperationsError::Limit { what, limit })
    } else {
        Ok(count)
    }
}
