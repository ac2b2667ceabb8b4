use automerge::legacy::{Key, ObjectId, Op, OpType};
use automerge::{ExpandedChange, ObjType, ScalarValue};

use super::{own, refused, refused_operation, scene};
use crate::gate::caps;

#[test]
fn what_is_too_large_is_refused() {
    let text = |length: usize| OpType::Put("x".repeat(length).into());
    assert_eq!(
        refused_operation(0, |op| op.action = text(caps::VALUE_BYTES)),
        "admitted"
    );
    assert_eq!(
        refused_operation(0, |op| op.action = text(caps::VALUE_BYTES + 1)),
        "size"
    );
    let bytes = OpType::Put(ScalarValue::Bytes(vec![0; caps::VALUE_BYTES + 1]));
    assert_eq!(refused_operation(0, |op| op.action = bytes), "size");
    let key = |length: usize| Key::Map("k".repeat(length).into());
    assert_eq!(
        refused_operation(2, |op| op.key = key(caps::KEY_BYTES)),
        "admitted"
    );
    assert_eq!(
        refused_operation(2, |op| op.key = key(caps::KEY_BYTES + 1)),
        "size"
    );
    assert_eq!(refused_operation(2, |op| op.key = key(0)), "size");
    assert_eq!(refused(|change| change.message = Some(String::new())), "size");
    assert_eq!(
        refused(|change| change.message = Some("x".repeat(caps::MESSAGE_BYTES + 1))),
        "size"
    );
    assert_eq!(
        refused(|change| change.deps = vec![change.deps[0]; caps::DEPENDENCIES + 1]),
        "size"
    );
    let many = |op: &mut Op| op.pred = (1..=caps::PREDECESSORS as u64 + 1).map(own).collect();
    assert_eq!(refused_operation(0, many), "size");
    let operation = scene().1.operations[2].clone();
    assert_eq!(
        refused(|change| change.operations = vec![operation; caps::OPERATIONS + 1]),
        "size"
    );
    assert_eq!(refused(|change| change.actor_id = vec![].into()), "size");
    assert_eq!(
        refused(|change| change.actor_id = vec![1; caps::ACTOR_BYTES + 1].into()),
        "size"
    );
}

#[test]
fn a_document_is_full_one_day() {
    let (mut index, change) = scene();
    index.operations = caps::DOCUMENT_OPERATIONS - change.operations.len();
    let mut full = index.clone();
    full.operations += 1;
    assert_eq!(full.admit(&change).unwrap_err().check.name(), "full");
    index.admit(&change).unwrap();
    assert_eq!(index.operations, caps::DOCUMENT_OPERATIONS, "all of them count");
}

#[test]
fn a_document_is_too_large_one_day() {
    let (index, change) = scene();
    let mut after = index.clone();
    after.admit(&change).unwrap();
    let adds = after.carried - index.carried;
    let mut full = index;
    full.carried = caps::DOCUMENT_BYTES - adds;
    let mut fits = full.clone();
    fits.admit(&change).unwrap();
    assert_eq!(fits.carried, caps::DOCUMENT_BYTES, "to the last byte");
    full.carried += 1;
    assert_eq!(full.clone().admit(&change).unwrap_err().check.name(), "full");
    // Messages count, too.
    let mut wordy = change.clone();
    wordy.message = Some("x".repeat(100));
    let mut longer = scene().0;
    longer.admit(&wordy).unwrap();
    assert_eq!(longer.carried, after.carried + 100);
}

#[test]
fn objects_too_deep_are_refused() {
    let nest = |depth: u64| {
        move |change: &mut ExpandedChange| {
            let start = change.start_op.get();
            change.operations = (0..depth)
                .map(|at| Op {
                    action: OpType::Make(ObjType::Map),
                    obj: if at == 0 {
                        ObjectId::Root
                    } else {
                        ObjectId::Id(own(start + at - 1))
                    },
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
