use automerge::{AutoCommit, Change, ChangeHash};

use super::show::{by_automerge, by_index};
use super::story::{Dice, actor, document, shuffled};
use crate::gate::DocumentIndex;
use crate::wire::operations::{Limits, Reader, encode};

fn index_of(changes: &[Change]) -> DocumentIndex {
    let mut index = DocumentIndex::new();
    for change in changes {
        index.admit(&change.decode()).unwrap();
        index.seal(change.hash());
    }
    index
}

fn check_heads(index: &DocumentIndex, doc: &mut AutoCommit, changes: &[Change]) {
    let mut heads = doc.get_heads();
    heads.sort();
    assert_eq!(index.heads(), heads);
    for change in changes {
        assert!(index.knows(&change.hash()));
        assert_eq!(index.max_op(&change.hash()), Some(change.max_op()));
        assert_eq!(
            index.hash_of(change.actor_id(), change.seq()),
            Some(change.hash())
        );
        assert!(index.sequence(change.actor_id()) >= change.seq());
    }
}

#[test]
fn the_index_takes_and_shows_what_automerge_makes() {
    let mut conflicts = 0;
    for seed in 0..100 {
        let (mut doc, changes) = document(seed, 60);
        let expected = by_automerge(&mut doc);
        conflicts += expected.conflicts();
        for order in [changes.clone(), shuffled(&changes, &mut Dice::new(seed))] {
            let index = index_of(&order);
            assert_eq!(by_index(&index), expected, "seed {seed}");
            check_heads(&index, &mut doc, &order);
        }
    }
    assert!(conflicts > 100, "the stories are too tame: {conflicts} conflicts");
}

/// Sends runs of one actor as segments, as phones and servers do, into a fresh index.
fn send(order: &[Change]) -> DocumentIndex {
    let (mut sender, mut receiver) = (DocumentIndex::new(), DocumentIndex::new());
    for row in order.chunk_by(|one, next| one.actor_id() == next.actor_id()) {
        let hashes: Vec<ChangeHash> = row.iter().map(Change::hash).collect();
        let decoded: Vec<_> = row.iter().map(Change::decode).collect();
        let author = row[0].actor_id();
        let segment = encode(&decoded, &hashes, sender.last_of(author), &|hash| {
            sender.max_op(hash)
        })
        .unwrap();
        for (change, hash) in decoded.iter().zip(&hashes) {
            sender.admit(change).unwrap();
            sender.seal(*hash);
        }
        let limits = Limits::default();
        let mut reader = Reader::new(
            &segment,
            author.clone(),
            row[0].seq() - 1,
            row.len() as u32,
            &limits,
        )
        .unwrap();
        for hash in &hashes {
            let change = reader.next(&receiver).unwrap().unwrap();
            receiver.admit(&change).unwrap();
            let rebuilt = Change::from(change).hash();
            assert_eq!(rebuilt, *hash);
            receiver.seal(rebuilt);
        }
        assert_eq!(reader.next(&receiver), Ok(None));
        assert_eq!(
            reader.operations(),
            decoded
                .iter()
                .map(|change| change.operations.len())
                .sum::<usize>()
        );
        reader.finish().unwrap();
    }
    receiver
}

#[test]
fn operations_arrive_with_the_hashes_they_left_with() {
    for seed in 1000..1060 {
        let (mut doc, changes) = document(seed, 60);
        let order = shuffled(&changes, &mut Dice::new(seed));
        assert_eq!(by_index(&send(&order)), by_automerge(&mut doc), "seed {seed}");
    }
}

#[test]
fn a_segment_that_is_known_already_reads_the_same() {
    let (_, changes) = document(7, 80);
    let index = index_of(&changes);
    for number in 1..=3 {
        let own: Vec<&Change> = changes
            .iter()
            .filter(|change| *change.actor_id() == actor(number))
            .collect();
        let hashes: Vec<ChangeHash> = own.iter().map(|change| change.hash()).collect();
        let decoded: Vec<_> = own.iter().map(|change| change.decode()).collect();
        let segment = encode(&decoded, &hashes, None, &|hash| index.max_op(hash)).unwrap();
        let mut reader =
            Reader::new(&segment, actor(number), 0, own.len() as u32, &Limits::default()).unwrap();
        for change in &decoded {
            assert_eq!(reader.next(&index).unwrap().as_ref(), Some(change));
        }
        reader.finish().unwrap();
        assert!(decoded.len() > 1);
    }
}
