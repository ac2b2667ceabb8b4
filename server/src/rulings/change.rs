use std::num::NonZeroU64;

use automerge::legacy::{Key, ObjectId, Op, OpId, OpType, SortedVec};
use automerge::{ActorId, ExpandedChange, ObjType, ScalarValue};
use fieldbook_core::document::command::{Decision, RuleOutcome};
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::time::format_timestamp;
use smol_str::SmolStr;

/// The change that replaces the `outcome` of an approval as a whole, made from the index: the hot path
/// materialises no document.
pub(super) fn outcome(
    index: &DocumentIndex,
    actor: &ActorId,
    ruling: &RuleOutcome,
    time_ms: u64,
) -> ExpandedChange {
    let deps = index.heads();
    let start = 1 + deps.iter().filter_map(|hash| index.max_op(hash)).max().unwrap_or(0);
    let made = ObjectId::Id(OpId::new(start, actor));
    let fields = [
        ("revision", ScalarValue::from(ruling.revision.as_str())),
        ("outcome", ScalarValue::from(decision(ruling.outcome))),
        ("by", ScalarValue::from(ruling.by.to_string())),
        ("at", ScalarValue::from(format_timestamp(&ruling.at))),
        ("ruling", ScalarValue::Uint(ruling.ruling)),
    ];
    let mut operations = vec![Op {
        action: OpType::Make(ObjType::Map),
        obj: ObjectId::Root,
        key: Key::Map(SmolStr::new_static("outcome")),
        pred: SortedVec::from(index.root().live("outcome")),
        insert: false,
    }];
    operations.extend(fields.into_iter().map(|(key, value)| Op {
        action: OpType::Put(value),
        obj: made.clone(),
        key: Key::Map(SmolStr::new_static(key)),
        pred: SortedVec::new(),
        insert: false,
    }));
    ExpandedChange {
        operations,
        actor_id: actor.clone(),
        hash: None,
        seq: index.sequence(actor) + 1,
        start_op: NonZeroU64::new(start).unwrap_or(NonZeroU64::MIN),
        time: i64::try_from(time_ms).unwrap_or(0),
        message: None,
        deps,
        extra_bytes: Vec::new(),
        author: None,
    }
}

fn decision(decision: Decision) -> &'static str {
    match decision {
        Decision::Approve => "approve",
        Decision::Reject => "reject",
        Decision::Return => "return",
    }
}
