/// What it costs to check changes and take them in. One step is about what an operation costs that is alone at its key.
///
/// Most of an operation is that one step. What could make it cost more is counted as it happens: a few bytes of a change can ask for a walk
/// through everything that stands at a key or behind an element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    spent: usize,
    most: usize,
}

impl Default for Effort {
    fn default() -> Self {
        Self {
            spent: 0,
            most: usize::MAX,
        }
    }
}

/// An object made: it is stored and found by its own name.
pub(super) const OBJECT: usize = 2;
/// Bytes of a path that are written down in one step.
const PATH_BYTES: usize = 16;
/// Predecessors that are found in one step.
const PREDECESSORS: usize = 4;
/// Entries of a key or an element that are looked through in one step.
const ENTRIES: usize = 256;
/// Elements that are passed over in one step.
const PASSED: usize = 64;
/// Runs of a list or text that are moved aside in one step.
const MOVED: usize = 256;
/// Actors of a dependency's past that are merged in one step.
const REACHES: usize = 4;

impl Effort {
    /// All that was spent so far, in steps.
    pub(super) fn spent(self) -> usize {
        self.spent
    }

    /// Lets what follows cost at most so many steps.
    pub(super) fn allow(&mut self, steps: usize) {
        self.most = self.spent.saturating_add(steps);
    }

    /// Was more spent than is allowed?
    pub(super) fn is_over(self) -> bool {
        self.spent > self.most
    }

    pub(super) fn add(&mut self, steps: usize) {
        self.spent = self.spent.saturating_add(steps);
    }

    /// A path of so many bytes is written down.
    pub(super) fn path(&mut self, bytes: usize) {
        self.add(bytes / PATH_BYTES);
    }

    /// So many predecessors are looked for among so many entries.
    pub(super) fn predecessors(&mut self, predecessors: usize, entries: usize) {
        self.add(predecessors / PREDECESSORS + predecessors.saturating_mul(entries) / ENTRIES);
    }

    /// An element was inserted.
    pub(super) fn insertion(&mut self, walk: Walk) {
        self.add(walk.passed / PASSED + walk.moved / MOVED);
    }

    /// The pasts of dependencies are merged.
    pub(super) fn reaches(&mut self, reaches: usize) {
        self.add(reaches / REACHES);
    }
}

/// How far an insertion had to go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Walk {
    /// Stronger elements that it passed over.
    pub(super) passed: usize,
    /// Runs that made room for it.
    pub(super) moved: usize,
}
