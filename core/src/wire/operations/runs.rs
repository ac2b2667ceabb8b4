use automerge::legacy::{ElementId, Key, Op, OpId, OpType};
use automerge::{ActorId, ScalarValue};

/// What is written as one record: one operation, or a run of them.
#[derive(Clone, Copy, Debug)]
pub(super) enum Record<'o> {
    /// One operation.
    One(&'o Op),
    /// Characters inserted one behind the other.
    Typed(&'o [Op]),
    /// Two or more elements with consecutive counters of one actor, each deleted with itself as predecessor.
    Deleted(&'o [Op]),
}

impl<'o> Record<'o> {
    /// The operations of the record.
    pub(super) fn operations(&self) -> &'o [Op] {
        match self {
            Record::One(operation) => std::slice::from_ref(operation),
            Record::Typed(operations) | Record::Deleted(operations) => operations,
        }
    }
}

/// Splits the operations of a change of `writer`, whose first counter is `start`, into records.
pub(super) fn split<'o>(mut operations: &'o [Op], start: u64, writer: &ActorId) -> Vec<Record<'o>> {
    let mut records = Vec::new();
    let mut current = start;
    while let Some(first) = operations.first() {
        let record = if is_typed(first) {
            Record::Typed(&operations[..typed_length(operations, current, writer)])
        } else {
            match deleted_length(operations) {
                0 | 1 => Record::One(first),
                length => Record::Deleted(&operations[..length]),
            }
        };
        let length = record.operations().len();
        operations = &operations[length..];
        current += length as u64;
        records.push(record);
    }
    records
}

fn typed_length(operations: &[Op], start: u64, writer: &ActorId) -> usize {
    let object = operations.first().map(|operation| &operation.obj);
    let follows = |(operation, before): (&Op, u64)| {
        let behind =
            matches!(&operation.key, Key::Seq(ElementId::Id(id)) if id.0 == before && id.1 == *writer);
        behind && is_typed(operation) && Some(&operation.obj) == object
    };
    1 + operations
        .iter()
        .skip(1)
        .zip(start..)
        .take_while(|pair| follows(*pair))
        .count()
}

fn deleted_length(operations: &[Op]) -> usize {
    let Some((object, first)) = operations
        .first()
        .and_then(|first| Some((&first.obj, deleted(first)?)))
    else {
        return 0;
    };
    let follows = |(operation, offset): (&Op, u64)| {
        operation.obj == *object && deleted(operation).is_some_and(|id| first.delta(id, offset))
    };
    operations
        .iter()
        .zip(0..)
        .take_while(|pair| follows(*pair))
        .count()
}

fn is_typed(operation: &Op) -> bool {
    let one_character =
        matches!(&operation.action, OpType::Put(ScalarValue::Str(text)) if text.chars().count() == 1);
    one_character && operation.insert && operation.pred.is_empty() && !operation.key.is_map_key()
}

fn deleted(operation: &Op) -> Option<&OpId> {
    match (&operation.action, &operation.key) {
        (OpType::Delete, Key::Seq(ElementId::Id(id)))
            if !operation.insert && operation.pred.len() == 1 && operation.pred.get(0) == Some(id) =>
        {
            Some(id)
        }
        _ => None,
    }
}
