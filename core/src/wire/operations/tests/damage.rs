use automerge::{Change, ChangeHash};
use proptest::prelude::*;

use crate::gate::DocumentIndex;
use crate::gate::tests::story::{actor, document};
use crate::wire::operations::{Limits, OperationsError, Reader, encode};

/// The first actor's changes of a random document as one segment, the whole document, and how many they are.
fn segment(seed: u64) -> (Vec<u8>, DocumentIndex, u32) {
    let (_, changes) = document(seed, 40);
    let mut index = DocumentIndex::new();
    for change in &changes {
        index.admit(&change.decode()).unwrap();
        index.seal(change.hash());
    }
    let own: Vec<&Change> = changes
        .iter()
        .filter(|change| *change.actor_id() == actor(1))
        .collect();
    let decoded: Vec<_> = own.iter().map(|change| change.decode()).collect();
    let hashes: Vec<ChangeHash> = own.iter().map(|change| change.hash()).collect();
    let bytes = encode(&decoded, &hashes, None, &|hash| index.max_op(hash)).unwrap();
    (bytes, index, own.len() as u32)
}

fn read_all(bytes: &[u8], index: &DocumentIndex, count: u32, limits: &Limits) -> Result<(), OperationsError> {
    let mut reader = Reader::new(bytes, actor(1), 0, count, limits)?;
    while let Some(change) = reader.next(index)? {
        // What reads may be anything, but the gate must be able to look at it.
        drop(index.clone().admit(&change));
    }
    reader.finish()
}

#[test]
fn a_cut_or_lengthened_segment_is_refused() {
    let (bytes, index, count) = segment(1);
    let limits = Limits::default();
    assert_eq!(read_all(&bytes, &index, count, &limits), Ok(()));
    for length in 0..bytes.len() {
        assert!(
            read_all(&bytes[..length], &index, count, &limits).is_err(),
            "cut at {length}"
        );
    }
    let longer = [&bytes[..], &[0]].concat();
    assert_eq!(
        read_all(&longer, &index, count, &limits),
        Err(OperationsError::Trailing(1))
    );
    let reader = Reader::new(&bytes, actor(1), 0, count, &limits).unwrap();
    assert_eq!(reader.finish(), Err(OperationsError::Unread(count)));
}

#[test]
fn the_change_before_has_to_be_known() {
    let (bytes, index, count) = segment(1);
    let mut reader = Reader::new(&bytes, actor(1), 500, count, &Limits::default()).unwrap();
    assert_eq!(reader.next(&index), Err(OperationsError::MissingPrevious(500)));
}

#[test]
fn a_short_segment_cannot_unfold_without_end() {
    // One other actor; one change of one record: delete 2^35 elements of that actor in a row.
    let operations = [1, 1, 1 << 3, 7, 0, 3, 0, 0xff, 0xff, 0xff, 0xff, 0x7f];
    let bytes = [&[operations.len() as u8][..], &operations, &[9]].concat();
    let result = read_all(&bytes, &DocumentIndex::new(), 1, &Limits::default());
    assert!(
        matches!(
            result,
            Err(OperationsError::Limit {
                what: "operations of a segment",
                ..
            })
        ),
        "{result:?}"
    );
}

#[test]
fn limits_are_kept() {
    let (bytes, index, count) = segment(1);
    let limited = |limits: Limits| read_all(&bytes, &index, count, &limits).unwrap_err();
    let is_limit = |error| matches!(error, OperationsError::Limit { .. });
    assert!(is_limit(limited(Limits {
        bytes: bytes.len() - 1,
        ..Limits::default()
    })));
    assert!(is_limit(limited(Limits {
        operations: 10,
        ..Limits::default()
    })));
    assert!(is_limit(limited(Limits {
        actors: 0,
        ..Limits::default()
    })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), count in 0..9u32) {
        drop(read_all(&bytes, &DocumentIndex::new(), count, &Limits::default()));
    }

    #[test]
    fn changed_bytes_are_read_without_panic(
        seed in 0..20u64,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let (mut bytes, index, count) = segment(seed);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        drop(read_all(&bytes, &index, count, &Limits::default()));
    }
}
