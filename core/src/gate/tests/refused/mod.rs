//! One violation of each check, made from an honest change.

mod operations;
mod sizes;

use std::num::NonZeroU64;

use automerge::legacy::ObjectId;
use automerge::legacy::{Op, OpId, OpType};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{AutoCommit, ChangeHash, ExpandedChange, ObjType, ROOT};

use super::story::actor;
use crate::gate::DocumentIndex;

/// An index of a visit that two actors wrote, and an honest next change of the first, who has not seen the
/// second's change.
///
/// Its operations: 0 puts `plan/start` again, 1 inserts a map into `events`, 2 puts a key of that map, 3 deletes
/// the first event, 4 types a character in `notes`, 5 deletes one.
fn scene() -> (DocumentIndex, ExpandedChange) {
    let mut doc = AutoCommit::new().with_actor(actor(1));
    let plan = doc.put_object(ROOT, "plan", ObjType::Map).unwrap();
    doc.put(&plan, "start", "2026").unwrap();
    let events = doc.put_object(ROOT, "events", ObjType::List).unwrap();
    let event = doc.insert_object(&events, 0, ObjType::Map).unwrap();
    doc.put(&event, "event", "started").unwrap();
    let notes = doc.put_object(ROOT, "notes", ObjType::Text).unwrap();
    doc.splice_text(&notes, 0, 0, "abc").unwrap();
    doc.commit();
    let mut other = doc.fork().with_actor(actor(2));
    other.put(&plan, "start", "2027").unwrap();
    other.insert(&events, 0, "x").unwrap();
    other.commit();
    doc.put(&plan, "start", "2028").unwrap();
    let event = doc.insert_object(&events, 1, ObjType::Map).unwrap();
    doc.put(&event, "event", "finished").unwrap();
    doc.delete(&events, 0).unwrap();
    doc.splice_text(&notes, 1, 1, "x").unwrap();
    doc.commit_with(CommitOptions::default().with_time(1_790_000_000_000));
    let mut index = DocumentIndex::new();
    let changes: Vec<_> = doc
        .get_changes(&[])
        .into_iter()
        .chain(other.get_last_local_change())
        .collect();
    for change in [&changes[0], &changes[2]] {
        index.admit(&change.decode()).unwrap();
        index.seal(change.hash());
    }
    (index, changes[1].decode())
}

/// The check that refuses the scene's change after `spoil`.
fn refused(spoil: impl FnOnce(&mut ExpandedChange)) -> &'static str {
    let (mut index, mut change) = scene();
    spoil(&mut change);
    index
        .admit(&change)
        .map_or_else(|refusal| refusal.check.name(), |_| "admitted")
}

/// The same, for one of its operations.
fn refused_operation(at: usize, spoil: impl FnOnce(&mut Op)) -> &'static str {
    refused(|change| spoil(&mut change.operations[at]))
}

fn own(counter: u64) -> OpId {
    OpId(counter, actor(1))
}

#[test]
fn the_scene_is_honest() {
    assert_eq!(refused(|_| ()), "admitted");
    let (_, change) = scene();
    assert_eq!(change.start_op.get(), 10);
    assert_eq!(
        change.operations[5].action,
        OpType::Delete,
        "{:?}",
        change.operations
    );
}

#[test]
fn an_unknown_actor_is_refused() {
    assert_eq!(
        refused_operation(0, |op| op.obj = ObjectId::Id(OpId(1, actor(9)))),
        "actor"
    );
    assert_eq!(
        refused_operation(0, |op| op.pred = vec![OpId(2, actor(9))].into()),
        "actor"
    );
    assert_eq!(
        refused_operation(3, |op| op.key = OpId(4, actor(9)).into()),
        "actor"
    );
}

#[test]
fn a_sequence_number_out_of_row_is_refused() {
    assert_eq!(refused(|change| change.seq = 1), "sequence");
    assert_eq!(refused(|change| change.seq = 3), "sequence");
    assert_eq!(refused(|change| change.seq = u64::MAX), "sequence");
    assert_eq!(
        refused(|change| change.actor_id = actor(2)),
        "sequence",
        "not built on the second's own change"
    );
    let forget = |change: &mut ExpandedChange| {
        change.deps.clear();
        change.start_op = NonZeroU64::MIN;
        change.operations.clear();
    };
    assert_eq!(refused(forget), "sequence");
}

#[test]
fn an_unknown_repeated_or_unsorted_dependency_is_refused() {
    assert_eq!(
        refused(|change| change.deps.push(ChangeHash([0xff; 32]))),
        "dependency"
    );
    assert_eq!(refused(|change| change.deps.push(change.deps[0])), "dependency");
    let (index, _) = scene();
    let mut known: Vec<ChangeHash> = index.clocks.keys().copied().collect();
    known.reverse();
    assert_eq!(refused(|change| change.deps = known), "dependency");
}

#[test]
fn a_first_counter_of_ones_own_is_refused() {
    for start in [1, 9, 11, u64::MAX] {
        assert_eq!(
            refused(|change| change.start_op = NonZeroU64::new(start).unwrap()),
            "start"
        );
    }
}

#[test]
fn a_time_that_overflows_is_refused() {
    for time in [-1, 1 << 42, i64::MIN, i64::MAX] {
        assert_eq!(refused(|change| change.time = time), "time");
    }
}

#[test]
fn extra_bytes_are_refused() {
    assert_eq!(refused(|change| change.extra_bytes = vec![1]), "extra");
    assert_eq!(
        refused(|change| change.author = Some(b"me".as_slice().into())),
        "extra"
    );
}

#[test]
fn a_change_needs_the_hash_of_the_one_before() {
    let (mut index, change) = scene();
    index.admit(&change).unwrap();
    assert_eq!(index.admit(&change).unwrap_err().check.name(), "seal");
}
