use std::cell::Cell;

use automerge::ExpandedChange;
use fieldbook_core::gate::{DocumentIndex, Refusal, Write};

/// Single operations that one request may unfold to, runs counted in full, and what else it costs in the same coin. An
/// honest day has some 10,000; a few hostile bytes can name 16,384.
const OPERATIONS: usize = 400_000;
/// What checking one change may cost: three times the operations that one may have. Honest changes cost little more than one for each.
const CHANGE: usize = 60_000;
/// What reading stored documents again may cost for one request.
const HISTORY: usize = 200_000;
/// What a section costs at least, whatever becomes of it: a look at the store.
const SECTION: usize = 50;
/// Bytes of a section that cost as much as an operation.
const BYTES: usize = 64;
/// Bytes of the sections that one request may have taken: what is taken is held several times over, as it came, as it is kept
/// and in the index. One section may have as many.
const TAKEN: usize = 4 << 20;
/// Operations of a document that cost as much as one when a change is judged: what stands there is looked at.
const STANDING: usize = 64;

/// What one request may still cost; spent, its remaining sections are put off without a look.
pub(super) struct Budget {
    operations: Cell<usize>,
    history: Cell<usize>,
    bytes: Cell<usize>,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self {
            operations: Cell::new(OPERATIONS),
            history: Cell::new(HISTORY),
            bytes: Cell::new(TAKEN),
        }
    }

    pub(super) fn is_spent(&self) -> bool {
        self.operations.get() == 0 || self.history.get() == 0
    }

    /// How many single operations may still be unfolded.
    pub(super) fn operations(&self) -> usize {
        self.operations.get()
    }

    /// Does a section of so many bytes still fit?
    pub(super) fn has_room(&self, bytes: usize) -> bool {
        !self.is_spent() && (bytes <= self.bytes.get() || self.bytes.get() == TAKEN)
    }

    /// A section of so many bytes was opened.
    pub(super) fn open(&self, bytes: usize) {
        self.bytes.set(self.bytes.get().saturating_sub(bytes));
        self.unfold(SECTION + bytes / BYTES);
    }

    /// Lets the gate check a change for as long as the request can pay.
    ///
    /// # Errors
    /// What the gate says; [`Check::Effort`](fieldbook_core::gate::Check::Effort) when it took too long.
    pub(super) fn admit(
        &self,
        index: &mut DocumentIndex,
        change: &ExpandedChange,
    ) -> Result<Vec<Write>, Refusal> {
        let before = index.effort();
        let admitted = index.admit_within(change, self.operations().min(CHANGE));
        let spent = index.effort() - before;
        // The operations were paid for when they were read.
        self.unfold(spent.saturating_sub(change.operations.len()));
        admitted
    }

    /// Could the most expensive change that may be still be checked?
    pub(super) fn affords_a_change(&self) -> bool {
        self.operations() >= CHANGE
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

    /// A stored document was read again, which cost so many steps.
    pub(super) fn read_again(&self, steps: usize) {
        self.history.set(self.history.get().saturating_sub(steps));
    }

    /// The next section would not fit.
    pub(super) fn exhaust(&self) {
        self.operations.set(0);
    }
}

#[cfg(test)]
mod tests {
    use fieldbook_core::wire::operations::Limits;

    use super::*;

    #[test]
    fn a_request_pays_for_at_least_one_change_of_any_sort() {
        let budget = Budget::new();
        assert!(budget.affords_a_change());
        budget.unfold(OPERATIONS - CHANGE + 1);
        assert!(!budget.affords_a_change());
    }

    #[test]
    fn whatever_is_done_costs_something() {
        let budget = Budget::new();
        for _ in 0..OPERATIONS / SECTION {
            assert!(!budget.is_spent());
            budget.open(0);
        }
        assert!(budget.is_spent(), "by sections alone");
        let budget = Budget::new();
        for _ in 0..4 {
            assert!(budget.has_room(1 << 20));
            budget.open(1 << 20);
        }
        assert!(!budget.has_room(1), "by bytes alone");
        let budget = Budget::new();
        assert!(budget.has_room(Limits::default().bytes), "the largest section");
        let budget = Budget::new();
        budget.read_again(HISTORY);
        assert!(budget.is_spent(), "by reading stored documents");
    }
}
