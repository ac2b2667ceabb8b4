//! What a change costs to check: about one step for each operation, and more for what makes a reader look at much.

use std::num::NonZeroU64;

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType};
use automerge::{ChangeHash, ExpandedChange, ObjType};

use super::story::actor;
use crate::document::rebuild;
use crate::gate::{Check, DocumentIndex};

/// Operations of one change below.
const MANY: u64 = 4_000;

fn op(action: OpType, object: Option<OpId>, key: Key, predecessors: &[OpId], insert: bool) -> Op {
    Op {
        action,
        obj: object.map_or(ObjectId::Root, ObjectId::Id),
        key,
        pred: predecessors.to_vec().into(),
        insert,
    }
}

fn put(key: &str, predecessors: &[OpId]) -> Op {
    op(
        OpType::Put("x".into()),
        None,
        Key::Map(key.into()),
        predecessors,
        false,
    )
}

fn make(kind: ObjType, object: Option<OpId>, key: &str) -> Op {
    op(OpType::Make(kind), object, Key::Map(key.into()), &[], false)
}

/// A character behind the operation with this counter of this actor; in front of all without one.
fn typed(text: &OpId, after: Option<OpId>) -> Op {
    let at = after.map_or(ElementId::Head, ElementId::Id);
    op(
        OpType::Put("x".into()),
        Some(text.clone()),
        Key::Seq(at),
        &[],
        true,
    )
}

fn change(by: u8, seq: u64, start: u64, deps: &[ChangeHash], operations: Vec<Op>) -> ExpandedChange {
    let mut deps = deps.to_vec();
    deps.sort();
    ExpandedChange {
        operations,
        actor_id: actor(by),
        hash: None,
        seq,
        start_op: NonZeroU64::new(start).unwrap(),
        time: 1_790_000_000_000,
        message: None,
        deps,
        extra_bytes: Vec::new(),
        author: None,
    }
}

fn admit(index: &mut DocumentIndex, change: ExpandedChange) -> ChangeHash {
    index.admit(&change).unwrap();
    let (_, hash) = rebuild(change);
    index.seal(hash);
    hash
}

/// What the change costs on the index, in steps for each of its operations; checks that it passes for that and not for less.
fn steps(index: &DocumentIndex, change: &ExpandedChange) -> u64 {
    let mut whole = index.clone();
    whole.admit(change).unwrap();
    let steps = whole.effort() - index.effort();
    index.clone().admit_within(change, steps).unwrap();
    let refusal = index.clone().admit_within(change, steps - 1).unwrap_err();
    assert_eq!(refusal.check, Check::Effort);
    (steps / change.operations.len()) as u64
}

#[test]
fn what_people_write_costs_a_step_an_operation() {
    let by = |counter| OpId(counter, actor(1));
    let note = || std::iter::once(make(ObjType::Text, None, "notes"));
    let behind = (2..=MANY).map(|counter| typed(&by(1), (counter > 2).then(|| by(counter - 1))));
    let typed = change(1, 1, 1, &[], note().chain(behind).collect());
    assert_eq!(steps(&DocumentIndex::new(), &typed), 1);
    let keys = (1..=MANY).map(|number| put(&format!("k{number}"), &[]));
    assert_eq!(
        steps(&DocumentIndex::new(), &change(1, 1, 1, &[], keys.collect())),
        1
    );
    // One field, again and again.
    let again = (1..=100).map(|counter| {
        let last = [by(counter - 1)];
        put("phone", if counter > 1 { &last } else { &[] })
    });
    assert_eq!(
        steps(&DocumentIndex::new(), &change(1, 1, 1, &[], again.collect())),
        1
    );
}

#[test]
fn objects_in_each_other_cost_what_their_names_cost() {
    let nest = |key: &str| {
        let nested = (1..=MANY).map(|counter| {
            let inside = (counter % 16 != 1).then(|| OpId(counter - 1, actor(1)));
            make(ObjType::Map, inside, &format!("{key}{counter}"))
        });
        change(1, 1, 1, &[], nested.collect())
    };
    assert!(steps(&DocumentIndex::new(), &nest("k")) >= 4);
    let long = "k".repeat(250);
    assert!(steps(&DocumentIndex::new(), &nest(&long)) >= 100, "paths of 4 KB");
}

#[test]
fn a_key_that_was_put_often_costs_a_search() {
    let first = [OpId(1, actor(1))];
    let puts = (1..=MANY).map(|counter| put("k", if counter > 1 { &first } else { &[] }));
    assert!(steps(&DocumentIndex::new(), &change(1, 1, 1, &[], puts.collect())) >= 8);
}

#[test]
fn elements_behind_many_stronger_ones_cost_the_way() {
    let mut index = DocumentIndex::new();
    let note = OpId(1, actor(1));
    let made = admit(
        &mut index,
        change(1, 1, 1, &[], vec![make(ObjType::Text, None, "notes")]),
    );
    let ahead = (0..MANY).map(|_| typed(&note, None)).collect();
    admit(&mut index, change(1, 2, 2, &[made], ahead));
    // Another phone, that knows of none of these, does the same.
    let beside = (0..MANY).map(|_| typed(&note, None)).collect();
    assert!(steps(&index, &change(2, 1, 2, &[made], beside)) >= MANY / 2 / 64);
}

#[test]
fn a_past_of_many_actors_costs_a_look_at_each() {
    let mut index = DocumentIndex::new();
    let made = admit(&mut index, change(1, 1, 1, &[], vec![put("k", &[])]));
    let apart: Vec<ChangeHash> = (2..=60)
        .map(|by| {
            admit(
                &mut index,
                change(by, 1, 2, &[made], vec![put(&format!("k{by}"), &[])]),
            )
        })
        .collect();
    let all = admit(&mut index, change(61, 1, 3, &apart, vec![put("k61", &[])]));
    let after: Vec<ChangeHash> = (62..=100)
        .map(|by| {
            admit(
                &mut index,
                change(by, 1, 4, &[all], vec![put(&format!("k{by}"), &[])]),
            )
        })
        .collect();
    let together = change(101, 1, 5, &after, vec![put("k101", &[])]);
    assert!(steps(&index, &together) >= 39 * 60 / 4);
}
