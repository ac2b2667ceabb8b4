use std::collections::{BTreeMap, BTreeSet};

use automerge::{AutoCommit, Change, ChangeHash, ExpandedChange};
use fieldbook_core::document::{materialise, rebuild, shown};
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::wire::operations::{Limits, OperationsError, Reader, encode};

use crate::Escape;
use crate::ledger::Ledger;

/// A document as a server has it, beside the one that Automerge makes of the same changes.
#[derive(Clone, Debug)]
pub(crate) struct Scene {
    pub(crate) index: DocumentIndex,
    pub(crate) ledger: Ledger,
    doc: AutoCommit,
    changes: Vec<Change>,
}

impl Default for Scene {
    fn default() -> Self {
        Self::of(
            DocumentIndex::new(),
            AutoCommit::new_with_encoding(automerge::TextEncoding::UnicodeCodePoint),
        )
    }
}

impl Scene {
    fn of(index: DocumentIndex, doc: AutoCommit) -> Self {
        Self {
            index,
            ledger: Ledger::default(),
            doc,
            changes: Vec::new(),
        }
    }

    /// The hash of a change that is in the document.
    pub(crate) fn hash(&self, pick: u16) -> Option<ChangeHash> {
        crate::ledger::one(&self.changes, pick).map(Change::hash)
    }

    /// Lets the gate judge a change. One that it lets pass and that can be stored must travel, apply and show alike; one that is
    /// refused leaves everything as it was.
    pub(crate) fn take(&mut self, change: &ExpandedChange) -> Result<Result<(), String>, Escape> {
        let mut index = self.index.clone();
        if let Err(refusal) = index.admit(change) {
            return Ok(Err(refusal.to_string()));
        }
        let (rebuilt, hash) = rebuild(change.clone());
        let segment = match self.segment(change, hash) {
            Err(error) if error.is_of_segment_operations() => return Ok(Err(error.to_string())),
            segment => segment.map_err(Escape::of("a change that the gate let pass cannot be written"))?,
        };
        self.check_travel(change, &segment)?;
        check_stored(&rebuilt)?;
        index.seal(hash);
        let applied = self.doc.apply_changes([rebuilt.clone()]);
        applied.map_err(Escape::of("a change that the gate let pass does not apply"))?;
        self.index = index;
        self.ledger.extend(change);
        self.changes.push(rebuilt);
        check_shown(&self.index, &mut self.doc, "applied")?;
        Ok(Ok(()))
    }

    /// A change as a segment of its own.
    fn segment(&self, change: &ExpandedChange, hash: ChangeHash) -> Result<Vec<u8>, OperationsError> {
        let before = self.index.hash_of(&change.actor_id, change.seq - 1);
        encode(std::slice::from_ref(change), &[hash], before, &|hash| {
            self.index.max_op(hash)
        })
    }

    /// What is stored of a change that passed is read again as it was, by whoever has the usual limits.
    fn check_travel(&self, change: &ExpandedChange, segment: &[u8]) -> Result<(), Escape> {
        let limits = Limits::default();
        let mut reader = Reader::new(segment, change.actor_id.clone(), change.seq - 1, 1, &limits)
            .map_err(Escape::of("a segment of ours does not open"))?;
        let read = reader
            .next(&self.index)
            .map_err(Escape::of("a segment of ours does not read"))?;
        if read.as_ref() != Some(change) {
            return Escape::err(format!("{change:?} travelled and came as {read:?}"));
        }
        reader
            .finish()
            .map_err(Escape::of("a segment of ours does not end"))
    }

    /// The end of the story: the document is saved and loaded, and made anew in another order.
    pub(crate) fn check_end(&mut self) -> Result<(), Escape> {
        let saved = self.doc.save();
        let mut loaded = AutoCommit::load(&saved).map_err(Escape::of("a saved document does not load"))?;
        check_shown(&self.index, &mut loaded, "loaded")?;
        let order = reordered(&self.changes);
        let mut index = DocumentIndex::new();
        for change in &order {
            index
                .admit(&change.decode())
                .map_err(Escape::of("a change that passed is refused in another order"))?;
            index.seal(change.hash());
        }
        let mut doc = materialise(order).map_err(Escape::of("the changes do not apply in another order"))?;
        check_shown(&self.index, &mut doc, "in another order")?;
        match index.shown().difference(&self.index.shown()) {
            Some(place) => Escape::err(format!("another order shows another {place}")),
            None => Ok(()),
        }
    }
}

fn check_shown(index: &DocumentIndex, doc: &mut AutoCommit, how: &str) -> Result<(), Escape> {
    let (ours, theirs) = (index.shown(), shown(doc));
    if let Some(place) = ours.difference(&theirs) {
        return Escape::err(format!("{how}: {place} differs: {ours:?} and {theirs:?}"));
    }
    let mut heads = doc.get_heads();
    heads.sort();
    if heads == index.heads() {
        Ok(())
    } else {
        Escape::err(format!("{how}: the heads differ"))
    }
}

/// A change is the same once it was bytes.
fn check_stored(change: &Change) -> Result<(), Escape> {
    let read = Change::from_bytes(change.raw_bytes().to_vec()).map_err(Escape::of(
        "a change that the gate let pass does not read as a chunk",
    ))?;
    if read.hash() != change.hash() || read.decode() != change.decode() {
        return Escape::err("a change is another one once it was stored");
    }
    Ok(())
}

/// The changes with those that came last as early as their dependencies let them.
fn reordered(changes: &[Change]) -> Vec<Change> {
    let mut waiting: BTreeMap<usize, &Change> = changes.iter().enumerate().collect();
    let (mut done, mut order) = (BTreeSet::new(), Vec::with_capacity(changes.len()));
    let is_free =
        |change: &Change, done: &BTreeSet<ChangeHash>| change.deps().iter().all(|hash| done.contains(hash));
    while let Some(at) = waiting
        .iter()
        .rev()
        .find(|(_, change)| is_free(change, &done))
        .map(|(at, _)| *at)
    {
        if let Some(change) = waiting.remove(&at) {
            done.insert(change.hash());
            order.push(change.clone());
        }
    }
    order
}
