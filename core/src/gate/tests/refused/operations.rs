use automerge::legacy::{ElementId, Key, MarkData, ObjectId, Op, OpId, OpType};
use automerge::{ExpandedChange, ObjType, ScalarValue};

use super::{own, refused, refused_operation, scene};
use crate::gate::tests::story::actor;

fn of_other(counter: u64) -> OpId {
    OpId(counter, actor(2))
}

#[test]
fn an_object_that_is_none_or_takes_no_such_key_is_refused() {
    assert_eq!(
        refused_operation(0, |op| op.obj = ObjectId::Id(own(2))),
        "object",
        "a scalar"
    );
    assert_eq!(
        refused_operation(0, |op| op.obj = ObjectId::Id(own(3))),
        "object",
        "a key in a list"
    );
    assert_eq!(
        refused_operation(0, |op| op.obj = ObjectId::Id(own(6))),
        "object",
        "a key in a text"
    );
    assert_eq!(
        refused_operation(1, |op| op.obj = ObjectId::Root),
        "object",
        "an element in a map"
    );
    let insert = |op: &mut Op| {
        op.insert = true;
        op.pred = vec![].into();
    };
    assert_eq!(refused_operation(0, insert), "object", "an insertion in a map");
}

#[test]
fn an_element_of_another_object_is_refused() {
    assert_eq!(
        refused_operation(1, |op| op.key = own(7).into()),
        "element",
        "behind a character"
    );
    assert_eq!(
        refused_operation(4, |op| op.key = own(4).into()),
        "element",
        "behind a list element"
    );
    let delete = |op: &mut Op| {
        op.key = own(1).into();
        op.pred = vec![own(1)].into();
    };
    assert_eq!(refused_operation(3, delete), "element");
    assert_eq!(refused_operation(5, delete), "element");
}

#[test]
fn a_predecessor_of_another_place_is_refused() {
    assert_eq!(
        refused_operation(0, |op| op.pred = vec![own(1)].into()),
        "predecessor"
    );
    assert_eq!(
        refused_operation(0, |op| op.pred = vec![own(2), own(2)].into()),
        "predecessor"
    );
    assert_eq!(
        refused_operation(2, |op| op.pred = vec![own(2)].into()),
        "predecessor",
        "a new key"
    );
    assert_eq!(
        refused_operation(3, |op| op.pred = vec![own(5)].into()),
        "predecessor"
    );
    assert_eq!(
        refused_operation(5, |op| op.pred = vec![own(9)].into()),
        "predecessor"
    );
    assert_eq!(
        refused_operation(5, |op| op.pred = vec![own(8), own(9)].into()),
        "predecessor"
    );
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
    assert_eq!(
        refused_operation(0, |op| op.pred = vec![of_other(10)].into()),
        "causality"
    );
    assert_eq!(
        refused_operation(1, |op| op.key = of_other(11).into()),
        "causality"
    );
    assert_eq!(
        refused_operation(0, |op| op.obj = ObjectId::Id(own(11))),
        "causality",
        "a later operation"
    );
    assert_eq!(
        refused_operation(0, |op| op.obj = ObjectId::Id(own(10))),
        "causality",
        "itself"
    );
    assert_eq!(
        refused_operation(0, |op| op.obj = ObjectId::Id(own(0))),
        "causality"
    );
    assert_eq!(
        refused_operation(0, |op| op.obj = ObjectId::Id(own(u64::MAX))),
        "causality"
    );
}

#[test]
fn a_misshapen_operation_is_refused() {
    assert_eq!(
        refused_operation(3, |op| op.pred = vec![].into()),
        "shape",
        "a delete of nothing"
    );
    assert_eq!(
        refused_operation(1, |op| op.pred = vec![own(4)].into()),
        "shape",
        "an insertion over something"
    );
    assert_eq!(
        refused_operation(1, |op| op.action = OpType::Delete),
        "shape",
        "an inserted delete"
    );
    assert_eq!(
        refused_operation(3, |op| op.key = Key::Seq(ElementId::Head)),
        "shape",
        "the head deleted"
    );
    assert_eq!(
        refused_operation(5, |op| op.key = Key::Seq(ElementId::Head)),
        "shape",
        "the head deleted"
    );
}

#[test]
fn a_value_that_documents_do_not_have_is_refused() {
    let mark = MarkData {
        name: "bold".into(),
        value: ScalarValue::Null,
        expand: true,
    };
    for action in [
        OpType::Put(ScalarValue::counter(1)),
        OpType::Put(ScalarValue::Unknown {
            type_code: 12,
            bytes: vec![1],
        }),
        OpType::Put(ScalarValue::F64(f64::NAN)),
        OpType::Put(ScalarValue::F64(f64::INFINITY)),
        OpType::Increment(1),
        OpType::Make(ObjType::Table),
        OpType::MarkBegin(mark),
        OpType::MarkEnd(true),
    ] {
        assert_eq!(
            refused_operation(0, |op| op.action = action.clone()),
            "value",
            "{action:?}"
        );
    }
    for action in [
        OpType::Put("xy".into()),
        OpType::Put("".into()),
        OpType::Put(1.into()),
        OpType::Make(ObjType::Map),
    ] {
        assert_eq!(
            refused_operation(4, |op| op.action = action.clone()),
            "value",
            "{action:?} in a text"
        );
    }
    assert_eq!(
        refused_operation(5, |op| op.action = OpType::Put("x".into())),
        "value",
        "a character overwritten"
    );
}
