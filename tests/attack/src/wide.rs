//! Long runs: what a few bytes of a segment can stand for.

use automerge::legacy::{ElementId, Key, Op, OpId, OpType};
use automerge::{ExpandedChange, ScalarValue};

/// Operations of a wide change at most: one more than a change may have.
const MOST: usize = 20_001;

/// Lets every character that is inserted stand for a text of so many, and every delete of an element for one of so many
/// elements.
pub(crate) fn widen(change: &mut ExpandedChange, width: u64) {
    if width < 2 {
        return;
    }
    let mut wide: Vec<Op> = Vec::new();
    for operation in &change.operations {
        let next = change.start_op.get() + wide.len() as u64;
        match (&operation.action, &operation.key) {
            (OpType::Put(ScalarValue::Str(text)), Key::Seq(_))
                if operation.insert && text.chars().count() == 1 =>
            {
                wide.extend((0..width).map(|at| typed(operation, at, next, change)));
            }
            (OpType::Delete, Key::Seq(ElementId::Id(first))) => {
                wide.extend((0..width).map(|at| deleted(operation, first, at)));
            }
            _ => wide.push(operation.clone()),
        }
    }
    wide.truncate(MOST);
    change.operations = wide;
}

fn typed(operation: &Op, at: u64, next: u64, change: &ExpandedChange) -> Op {
    let key = match at {
        0 => operation.key.clone(),
        at => Key::Seq(ElementId::Id(OpId::new(next + at - 1, &change.actor_id))),
    };
    Op {
        key,
        ..operation.clone()
    }
}

fn deleted(operation: &Op, first: &OpId, at: u64) -> Op {
    let id = first.increment_by(at);
    Op {
        key: Key::Seq(ElementId::Id(id.clone())),
        pred: vec![id].into(),
        ..operation.clone()
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU64;

    use automerge::ObjType;
    use automerge::legacy::ObjectId;

    use super::*;
    use crate::scene::Scene;
    use crate::story::actor;

    const WIDTH: u64 = 5_000;

    fn change(scene: &Scene, operations: Vec<Op>) -> ExpandedChange {
        let (writer, index) = (actor(0), &scene.index);
        let last = index.last_of(&writer);
        let highest = last.and_then(|hash| index.max_op(&hash)).unwrap_or(0);
        let mut change = ExpandedChange {
            operations,
            seq: index.sequence(&writer) + 1,
            deps: last.into_iter().collect(),
            start_op: NonZeroU64::MIN.saturating_add(highest),
            actor_id: writer,
            hash: None,
            time: 1_790_000_000_000,
            message: None,
            extra_bytes: Vec::new(),
            author: None,
        };
        widen(&mut change, WIDTH);
        change
    }

    #[test]
    fn what_a_few_bytes_stand_for_reads_again_or_is_not_stored() {
        let mut scene = Scene::default();
        let text = ObjectId::Id(OpId::new(1, &actor(0)));
        let operation = |action, obj: &ObjectId, key, insert| Op {
            action,
            obj: obj.clone(),
            key,
            pred: Vec::new().into(),
            insert,
        };
        let make = operation(
            OpType::Make(ObjType::Text),
            &ObjectId::Root,
            Key::Map("notes".into()),
            false,
        );
        let letter = operation(OpType::Put("a".into()), &text, Key::head(), true);
        let first = Key::Seq(ElementId::Id(OpId::new(2, &actor(0))));
        let delete = operation(OpType::Delete, &text, first, false);
        let written = change(&scene, vec![make, letter]);
        assert_eq!(scene.take(&written), Ok(Ok(())));
        let thrice = change(&scene, vec![delete.clone(); 3]);
        assert_eq!(scene.take(&thrice), Ok(Ok(())), "15,000 in a few bytes");
        let more = change(&scene, vec![delete; 4]);
        let refused = scene.take(&more).unwrap().unwrap_err();
        assert!(refused.contains("operations of a segment"), "{refused}");
        scene.check_end().unwrap();
    }
}
