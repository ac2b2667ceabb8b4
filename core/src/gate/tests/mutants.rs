use automerge::{AutoCommit, Change, ChangeHash};

use super::show::{by_automerge, by_index};
use super::story::{Dice, document};
use crate::gate::DocumentIndex;
use crate::wire::operations::{Limits, Reader, encode};

/// A document before the last change of one of its actors, and that change as a segment.
struct Scene {
    index: DocumentIndex,
    doc: AutoCommit,
    segment: Vec<u8>,
    last: Change,
}

impl Scene {
    fn new(seed: u64) -> Self {
        let (_, mut changes) = document(seed, 40);
        let last = changes.pop().unwrap();
        let mut index = DocumentIndex::new();
        for change in &changes {
            index.admit(&change.decode()).unwrap();
            index.seal(change.hash());
        }
        let mut doc = AutoCommit::new();
        doc.apply_changes(changes).unwrap();
        let before = index.last_of(last.actor_id());
        let segment = encode(&[last.decode()], &[last.hash()], before, &|hash| {
            index.max_op(hash)
        })
        .unwrap();
        Self {
            index,
            doc,
            segment,
            last,
        }
    }

    /// Takes in a segment as a server does; `None` when it is refused.
    fn take(&self, segment: &[u8]) -> Option<(DocumentIndex, Change)> {
        let mut index = self.index.clone();
        let base = self.last.seq() - 1;
        let mut reader =
            Reader::new(segment, self.last.actor_id().clone(), base, 1, &Limits::default()).ok()?;
        let change = reader.next(&index).ok()??;
        reader.finish().ok()?;
        index.admit(&change).ok()?;
        let change = Change::from(change);
        let hash: ChangeHash = change.hash();
        index.seal(hash);
        Some((index, change))
    }
}

/// A byte set, changed by one, inserted or taken out.
fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let at = dice.below(bytes.len());
    let byte = dice.below(256) as u8;
    match dice.below(5) {
        0 => bytes[at] = byte,
        1 => bytes[at] = bytes[at].wrapping_add(1),
        2 => bytes[at] = bytes[at].wrapping_sub(1),
        3 => bytes[at] ^= 1 << dice.below(8),
        _ => {
            bytes.insert(at, byte);
            bytes.remove(dice.below(bytes.len()));
        }
    }
}

#[test]
fn a_mutant_that_passes_the_gate_leaves_a_sound_document() {
    let (mut passed, mut refused) = (0, 0);
    for seed in 0..40 {
        let mut scene = Scene::new(seed);
        let mut dice = Dice::new(seed);
        for _ in 0..50 {
            let mut segment = scene.segment.clone();
            (0..=dice.below(2)).for_each(|_| mutate(&mut segment, &mut dice));
            let Some((index, change)) = scene.take(&segment) else {
                refused += 1;
                continue;
            };
            passed += 1;
            let mut doc = scene.doc.fork();
            doc.apply_changes([change]).unwrap();
            assert_eq!(by_index(&index), by_automerge(&mut doc), "seed {seed}");
            let mut loaded = AutoCommit::load(&doc.save()).unwrap();
            assert_eq!(loaded.get_heads(), index.heads());
        }
    }
    assert!(
        passed > 300 && refused > 300,
        "{passed} passed, {refused} refused"
    );
}
