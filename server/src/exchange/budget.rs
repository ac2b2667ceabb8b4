use std::cell::Cell;

/// Single operations that one request may unfold to, runs counted in full, and what else it costs in the same coin. An
/// honest day has some 10,000; a few hostile bytes can name 16,384.
const OPERATIONS: usize = 400_000;
/// Operations of stored documents that are read again for one request.
const HISTORY: usize = 2_000_000;
/// What a section costs at least, whatever becomes of it: a look at the store.
const SECTION: usize = 50;
/// Bytes of a section that cost as much as an operation.
const BYTES: usize = 64;
/// Operations of a document that cost as much as one when a change is judged: what stands there is looked at.
const STANDING: usize = 64;

/// What one request may still cost; spent, its remaining sections are put off without a look.
pub(super) struct Budget {
    operations: Cell<usize>,
    history: Cell<usize>,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self {
            operations: Cell::new(OPERATIONS),
            history: Cell::new(HISTORY),
        }
    }

    pub(super) fn is_spent(&self) -> bool {
        self.operations.get() == 0 || self.history.get() == 0
    }

    /// How many single operations may still be unfolded.
    pub(super) fn operations(&self) -> usize {
        self.operations.get()
    }

    /// A section of so many bytes was opened.
    pub(super) fn open(&self, bytes: usize) {
        self.unfold(SECTION + bytes / BYTES);
    }

    /// So many operations were read, whatever came of them.
    pub(super) fn unfold(&self, operations: usize) {
        self.operations
            .set(self.operations.get().saturating_sub(operations));
    }

    /// A change was judged on a document of so many operations; `whole` when it was compared with all of them.
    pub(super) fn judge(&self, standing: usize, whole: bool) {
        self.unfold(if whole { standing } else { standing / STANDING });
    }

    /// A stored document of so many operations was read again.
    pub(super) fn read_again(&self, operations: usize) {
        self.history.set(self.history.get().saturating_sub(operations));
    }

    /// The next section would not fit.
    pub(super) fn exhaust(&self) {
        self.operations.set(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_done_costs_something() {
        let budget = Budget::new();
        for _ in 0..OPERATIONS / SECTION {
            assert!(!budget.is_spent());
            budget.open(0);
        }
        assert!(budget.is_spent(), "by sections alone");
        let budget = Budget::new();
        budget.read_again(HISTORY);
        assert!(budget.is_spent(), "by reading stored documents");
    }
}
