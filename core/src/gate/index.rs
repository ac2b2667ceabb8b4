use std::collections::{BTreeMap, BTreeSet};

use automerge::{ActorId, ChangeHash, ExpandedChange};

use super::actors::Actors;
use super::admit::{Admitted, admit};
use super::clock::Clock;
use super::effort::Effort;
use super::id::Id;
use super::object::{Content, Object};
use super::{Check, MapView, Refusal, Write, caps};

/// Everything about one document that is needed to check a change and to read current values.
///
/// It grows by [`Self::admit`] and [`Self::seal`], one change after the other in causal order.
#[derive(Clone, Debug)]
pub struct DocumentIndex {
    pub(super) actors: Actors,
    pub(super) objects: BTreeMap<Id, Object>,
    pub(super) clocks: BTreeMap<ChangeHash, Clock>,
    pub(super) weight: usize,
    /// Bytes that the history carries, see [`caps::DOCUMENT_BYTES`]; the same on every machine.
    pub(super) carried: usize,
    /// How many operations were taken in.
    pub(super) operations: usize,
    pub(super) effort: Effort,
    heads: BTreeSet<ChangeHash>,
    unsealed: Option<Admitted>,
}

impl Default for DocumentIndex {
    fn default() -> Self {
        Self {
            actors: Actors::default(),
            objects: BTreeMap::from([(Id::ROOT, Object::root())]),
            clocks: BTreeMap::new(),
            weight: size_of::<Self>(),
            carried: 0,
            operations: 0,
            effort: Effort::default(),
            heads: BTreeSet::new(),
            unsealed: None,
        }
    }
}

impl DocumentIndex {
    /// The index of an empty document.
    pub fn new() -> Self {
        Self::default()
    }

    /// Validates one change and takes it in; returns what it writes, in the order of its operations.
    ///
    /// # Errors
    /// The first check that failed. The index is spoilt then: drop it.
    pub fn admit(&mut self, change: &ExpandedChange) -> Result<Vec<Write>, Refusal> {
        self.admit_within(change, usize::MAX)
    }

    /// The same for at most so many steps of [`Self::effort`]: what strangers send is not checked at any price.
    ///
    /// # Errors
    /// The first check that failed; [`Check::Effort`] when the steps were spent first. The index is spoilt then: drop it.
    pub fn admit_within(&mut self, change: &ExpandedChange, steps: usize) -> Result<Vec<Write>, Refusal> {
        if self.unsealed.is_some() {
            return Refusal::err(Check::Seal, "the change before this one was not sealed");
        }
        self.effort.allow(steps);
        let (admitted, writes) = admit(self, change)?;
        self.unsealed = Some(admitted);
        Ok(writes)
    }

    /// Names the change just admitted by its hash; must follow each [`Self::admit`].
    pub fn seal(&mut self, hash: ChangeHash) {
        let Some(admitted) = self.unsealed.take() else {
            return;
        };
        for dependency in &admitted.dependencies {
            self.heads.remove(dependency);
        }
        self.heads.insert(hash);
        self.weight += 2 * size_of::<ChangeHash>() + size_of::<Clock>() + 12 * admitted.clock.width();
        self.actors.append(admitted.actor, hash);
        self.clocks.insert(hash, admitted.clock);
    }

    /// The changes that no other change builds on, sorted.
    pub fn heads(&self) -> Vec<ChangeHash> {
        self.heads.iter().copied().collect()
    }

    /// True until the first change is sealed.
    pub fn is_empty(&self) -> bool {
        self.clocks.is_empty()
    }

    /// The sequence number of the actor's last change, 0 for none.
    pub fn sequence(&self, actor: &ActorId) -> u64 {
        self.hashes(actor).len() as u64
    }

    /// The hash of the actor's last change.
    pub fn last_of(&self, actor: &ActorId) -> Option<ChangeHash> {
        self.hashes(actor).last().copied()
    }

    /// The hash of the actor's change with this sequence number (from 1).
    pub fn hash_of(&self, actor: &ActorId, sequence: u64) -> Option<ChangeHash> {
        let position = usize::try_from(sequence.checked_sub(1)?).ok()?;
        self.hashes(actor).get(position).copied()
    }

    /// The highest operation counter in the history of a known change.
    pub fn max_op(&self, hash: &ChangeHash) -> Option<u64> {
        self.clocks.get(hash).map(|clock| u64::from(clock.max_op()))
    }

    /// Is this change part of the document?
    pub fn knows(&self, hash: &ChangeHash) -> bool {
        self.clocks.contains_key(hash)
    }

    /// How many operations the document's history has.
    pub fn operations(&self) -> usize {
        self.operations
    }

    /// What it cost to take in the document's history, in steps: one for an operation that is alone at its key, more for one that
    /// asks for more.
    pub fn effort(&self) -> usize {
        self.effort.spent()
    }

    /// Counts bytes that a change carries, if the document still has room for them.
    ///
    /// The sum is the same in whatever order changes come, so what one reader takes in no other one refuses.
    pub(super) fn carry(&mut self, bytes: usize) -> Result<(), Refusal> {
        self.carried += bytes;
        if self.carried > caps::DOCUMENT_BYTES {
            return Refusal::err(
                Check::Full,
                format!("more than {} bytes in a document", caps::DOCUMENT_BYTES),
            );
        }
        Ok(())
    }

    /// Roughly how many bytes of memory the index holds, for caches.
    pub fn weight(&self) -> usize {
        self.weight
    }

    /// The document's root.
    pub fn root(&self) -> MapView<'_> {
        static EMPTY: BTreeMap<smol_str::SmolStr, super::register::Register> = BTreeMap::new();
        match self.objects.get(&Id::ROOT).map(|root| &root.content) {
            Some(Content::Map(keys)) => MapView::new(self, keys),
            // The root is made with the index and never taken out.
            _ => MapView::new(self, &EMPTY),
        }
    }

    /// The clock of the change that waits for its hash, when it is this actor's.
    pub(super) fn unsealed_clock(&self, actor: u32) -> Option<&Clock> {
        let admitted = self.unsealed.as_ref().filter(|admitted| admitted.actor == actor);
        admitted.map(|admitted| &admitted.clock)
    }

    fn hashes(&self, actor: &ActorId) -> &[ChangeHash] {
        self.actors
            .find(actor)
            .map_or(&[], |number| self.actors.hashes(number))
    }
}
