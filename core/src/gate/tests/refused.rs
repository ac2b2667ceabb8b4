use std::num::NonZeroU64;

use automerge::legacy::{ElementId, Key, MarkData, ObjectId, Op, OpId, OpType};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{AutoCommit, ChangeHash, ExpandedChange, ObjType, ROOT, ScalarValue};

use super::story::actor;
use crate::gate::{DocumentIndex, caps};

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
    let changes: Vec<_> = doc.get_changes(&[]).into_iter().chain(other.get_last_local_change()).collect();
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
    index.admit(&change).map_or_else(|refusal| refusal.check, |_| "admitted")
}

/// The same, for one of its operations.
fn refused_operation(at: usize, spoil: impl FnOnce(&mut Op)) -> &'static str {
    refused(|change| spoil(&mut change.operations[at]))
}

fn own(counter: u64) -> OpId {
    OpId(counter, actor(1))
}

fn of_other(counter: u64) -> OpId {
    OpId(counter, actor(2))
}

#[test]
fn the_scene_is_honest() {
    assert_eq!(refused(|_| ()), "admitted");
    let (_, change) = scene();
    assert_eq!(change.start_op.get(), 10);
    assert_eq!(change.operations[5].action, OpType::Delete, "{:?}", change.operations);
}

#[test]
fn an_unknown_actor_is_refused() {
    assert_eq!(refused_operation(0, |op| op.obj = ObjectId::Id(OpId(1, actor(9)))), "actor");
    assert_eq!(refused_operation(0, |op| op.pred = vec![OpId(2, actor(9))].into()), "actor");
    assert_eq!(refused_operation(3, |op| op.key = OpId(4, actor(9)).into()), "actor");
}

#[test]
fn a_sequence_number_out_of_row_is_refused() {
    assert_eq!(refused(|change| change.seq = 1), "sequence");
    assert_eq!(refused(|change| change.seq = 3), "sequence");
    assert_eq!(refused(|change| change.seq = u64::MAX), "sequence");
    assert_eq!(refused(|change| change.actor_id = actor(2)), "sequence", "not built on the second's own change");
    let forget = |change: &mut ExpandedChange| {
        change.deps.clear();
        change.start_op = NonZeroU64::MIN;
        change.operations.clear();
    };
    assert_eq!(refused(forget), "sequence");
}

#[test]
fn an_unknown_repeated_or_unsorted_dependency_is_refused() {
    assert_eq!(refused(|change| change.deps.push(ChangeHash([0xff; 32]))), "dependency");
    assert_eq!(refused(|change| change.deps.push(change.deps[0])), "dependency");
    let (index, _) = scene();
    let mut known: Vec<ChangeHash> = index.clocks.keys().copied().collect();
    known.reverse();
    assert_eq!(refused(|change| change.deps = known), "dependency");
}

#[test]
fn a_first_counter_of_ones_own_is_refused() {
    for start in [1, 9, 11, u64::MAX] {
        assert_eq!(refused(|change| change.start_op = NonZeroU64::new(start).unwrap()), "start");
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
    assert_eq!(refused(|change| change.author = Some(b"me".as_slice().into())), "extra");
}

#[test]
fn an_object_that_is_none_or_takes_no_such_key_is_refused() {
    assert_eq!(refused_operation(0, |op| op.obj = ObjectId::Id(own(2))), "object", "a scalar");
    assert_eq!(refused_operation(0, |op| op.obj = ObjectId::Id(own(3))), "object", "a key in a list");
    assert_eq!(refused_operation(0, |op| op.obj = ObjectId::Id(own(6))), "object", "a key in a text");
    assert_eq!(refused_operation(1, |op| op.obj = ObjectId::Root), "object", "an element in a map");
    let insert = |op: &mut Op| {
        op.insert = true;
        op.pred = vec![].into();
    };
    assert_eq!(refused_operation(0, insert), "object", "an insertion in a map");
}

#[test]
fn an_element_of_another_object_is_refused() {
    assert_eq!(refused_operation(1, |op| op.key = own(7).into()), "element", "behind a character");
    assert_eq!(refused_operation(4, |op| op.key = own(4).into()), "element", "behind a list element");
    let delete = |op: &mut Op| {
        op.key = own(1).into();
        op.pred = vec![own(1)].into();
    };
    assert_eq!(refused_operation(3, delete), "element");
    assert_eq!(refused_operation(5, delete), "element");
}

#[test]
fn a_predecessor_of_another_place_is_refused() {
    assert_eq!(refused_operation(0, |op| op.pred = vec![own(1)].into()), "predecessor");
    assert_eq!(refused_operation(0, |op| op.pred = vec![own(2), own(2)].into()), "predecessor");
    assert_eq!(refused_operation(2, |op| op.pred = vec![own(2)].into()), "predecessor", "a new key");
    assert_eq!(refused_operation(3, |op| op.pred = vec![own(5)].into()), "predecessor");
    assert_eq!(refused_operation(5, |op| op.pred = vec![own(9)].into()), "predecessor");
    assert_eq!(refused_operation(5, |op| op.pred = vec![own(8), own(9)].into()), "predecessor");
}

#[test]
fn a_delete_is_no_predecessor() {
    let (_, change) = scene();
    let deleted = own(change.start_op.get() + 3);
    let replace_again = |change: &mut ExpandedChange| {
        let mut again = change.operations[3].clone();
        again.pred = vec![deleted].into();
        change.operations.insert(4, again);
    };
    assert_eq!(refused(replace_again), "predecessor");
}

#[test]
fn what_the_dependencies_have_not_seen_is_refused() {
    assert_eq!(refused_operation(0, |op| op.pred = vec![of_other(10)].into()), "causality");
    assert_eq!(refused_operation(1, |op| op.key = of_other(11).into()), "causality");
    assert_eq!(refused_operation(0, |op| op.obj = ObjectId::Id(own(11))), "causality", "a later operation");
    assert_eq!(refused_operation(0, |op| op.obj = ObjectId::Id(own(10))), "causality", "itself");
    assert_eq!(refused_operation(0, |op| op.obj = ObjectId::Id(own(0))), "causality");
    assert_eq!(refused_operation(0, |op| op.obj = ObjectId::Id(own(u64::MAX))), "causality");
}

#[test]
fn a_misshapen_operation_is_refused() {
    assert_eq!(refused_operation(3, |op| op.pred = vec![].into()), "shape", "a delete of nothing");
    assert_eq!(refused_operation(1, |op| op.pred = vec![own(4)].into()), "shape", "an insertion over something");
    assert_eq!(refused_operation(1, |op| op.action = OpType::Delete), "shape", "an inserted delete");
    assert_eq!(refused_operation(3, |op| op.key = Key::Seq(ElementId::Head)), "shape", "the head deleted");
    assert_eq!(refused_operation(5, |op| op.key = Key::Seq(ElementId::Head)), "shape", "the head deleted");
}

#[test]
fn a_value_that_documents_do_not_have_is_refused() {
    let mark = MarkData { name: "bold".into(), value: ScalarValue::Null, expand: true };
    for action in [
        OpType::Put(ScalarValue::counter(1)),
        OpType::Put(ScalarValue::Unknown { type_code: 12, bytes: vec![1] }),
        OpType::Put(ScalarValue::F64(f64::NAN)),
        OpType::Put(ScalarValue::F64(f64::INFINITY)),
        OpType::Increment(1),
        OpType::Make(ObjType::Table),
        OpType::MarkBegin(mark),
        OpType::MarkEnd(true),
    ] {
        assert_eq!(refused_operation(0, |op| op.action = action.clone()), "value", "{action:?}");
    }
    for action in [OpType::Put("xy".into()), OpType::Put("".into()), OpType::Put(1.into()), OpType::Make(ObjType::Map)] {
        assert_eq!(refused_operation(4, |op| op.action = action.clone()), "value", "{action:?} in a text");
    }
    assert_eq!(refused_operation(5, |op| op.action = OpType::Put("x".into())), "value", "a character overwritten");
}

#[test]
fn what_is_too_large_is_refused() {
    let text = |length: usize| OpType::Put("x".repeat(length).into());
    assert_eq!(refused_operation(0, |op| op.action = text(caps::VALUE_BYTES)), "admitted");
    assert_eq!(refused_operation(0, |op| op.action = text(caps::VALUE_BYTES + 1)), "size");
    let bytes = OpType::Put(ScalarValue::Bytes(vec![0; caps::VALUE_BYTES + 1]));
    assert_eq!(refused_operation(0, |op| op.action = bytes), "size");
    let key = |length: usize| Key::Map("k".repeat(length).into());
    assert_eq!(refused_operation(2, |op| op.key = key(caps::KEY_BYTES)), "admitted");
    assert_eq!(refused_operation(2, |op| op.key = key(caps::KEY_BYTES + 1)), "size");
    assert_eq!(refused_operation(2, |op| op.key = key(0)), "size");
    assert_eq!(refused(|change| change.message = Some(String::new())), "size");
    assert_eq!(refused(|change| change.message = Some("x".repeat(caps::MESSAGE_BYTES + 1))), "size");
    assert_eq!(refused(|change| change.deps = vec![change.deps[0]; caps::DEPENDENCIES + 1]), "size");
    let many = |op: &mut Op| op.pred = (1..=caps::PREDECESSORS as u64 + 1).map(own).collect();
    assert_eq!(refused_operation(0, many), "size");
    let operation = scene().1.operations[2].clone();
    assert_eq!(refused(|change| change.operations = vec![operation; caps::OPERATIONS + 1]), "size");
    assert_eq!(refused(|change| change.actor_id = vec![].into()), "size");
    assert_eq!(refused(|change| change.actor_id = vec![1; caps::ACTOR_BYTES + 1].into()), "size");
}

#[test]
fn objects_too_deep_are_refused() {
    let nest = |depth: u64| {
        move |change: &mut ExpandedChange| {
            let start = change.start_op.get();
            change.operations = (0..depth)
                .map(|at| Op {
                    action: OpType::Make(ObjType::Map),
                    obj: if at == 0 { ObjectId::Root } else { ObjectId::Id(own(start + at - 1)) },
                    key: Key::Map("in".into()),
                    pred: vec![].into(),
                    insert: false,
                })
                .collect();
        }
    };
    assert_eq!(refused(nest(u64::from(caps::DEPTH))), "admitted");
    assert_eq!(refused(nest(u64::from(caps::DEPTH) + 1)), "size");
}

#[test]
fn a_change_needs_the_hash_of_the_one_before() {
    let (mut index, change) = scene();
    index.admit(&change).unwrap();
    assert_eq!(index.admit(&change).unwrap_err().check, "seal");
}
