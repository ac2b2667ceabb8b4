use std::collections::HashMap;

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpType};
use automerge::{ActorId, ChangeHash, ExpandedChange, ObjType, ScalarValue};

use super::keys::KeyNumbers;
use super::limits::at_most;
use super::reference::{Names, named};
use super::row::{check_row, check_start};
use super::runs::{Record, split};
use super::stream::Output;
use super::values::Values;
use super::{Limits, OperationsError, tag};

/// Writes changes of one actor, in sequence, as a segment.
///
/// `hashes` are those of the changes, `before` is the actor's change before the first one, and `max_op_of` knows
/// the highest counter in the history of every dependency ([`crate::gate::DocumentIndex::max_op`]).
///
/// # Errors
/// A dependency that `max_op_of` does not know, or a change that the encoding does not carry: of several actors,
/// out of sequence, with counters, tables, marks or extra bytes, or with another first counter than its
/// dependencies give. The gate refuses all of these too. Also [`OperationsError::Limit`] when a [`Reader`](super::Reader) would
/// refuse the segment under the default [`Limits`]: what is written reads again.
pub fn encode(
    changes: &[ExpandedChange],
    hashes: &[ChangeHash],
    before: Option<ChangeHash>,
    max_op_of: &dyn Fn(&ChangeHash) -> Option<u64>,
) -> Result<Vec<u8>, OperationsError> {
    let writer = changes
        .first()
        .map_or(ActorId::from([0u8; 16]), |change| change.actor_id.clone());
    check_row(changes, hashes, &writer)?;
    let operations = changes.iter().flat_map(|change| &change.operations);
    let mut encoder = Encoder::new(Names::collect(writer, operations.flat_map(named)));
    let mut previous = before;
    let mut written: HashMap<ChangeHash, u64> = HashMap::new();
    for (change, hash) in changes.iter().zip(hashes) {
        check_start(change, |hash| {
            written.get(hash).copied().or_else(|| max_op_of(hash))
        })?;
        encoder.change(change, previous)?;
        previous = Some(*hash);
        written.insert(*hash, change.start_op.get() + change.operations.len() as u64 - 1);
    }
    let segment = encoder.output.into_segment();
    check_reads(&segment, changes)?;
    Ok(segment)
}

/// A few bytes can unfold to very much: whoever writes them for others must not go beyond what others read.
fn check_reads(segment: &[u8], changes: &[ExpandedChange]) -> Result<(), OperationsError> {
    let limits = Limits::default();
    at_most("bytes of a segment", segment.len(), limits.bytes)?;
    let operations = changes.iter().map(|change| change.operations.len()).sum();
    let budget = limits.budget(segment.len());
    at_most(OperationsError::SEGMENT_OPERATIONS, operations, budget)?;
    Ok(())
}

struct Encoder {
    output: Output,
    names: Names,
    keys: KeyNumbers,
    values: Values,
    time: i64,
    latest: Option<u64>,
}

impl Encoder {
    fn new(names: Names) -> Self {
        let mut output = Output::default();
        names.write(&mut output);
        Self {
            output,
            names,
            keys: KeyNumbers::new(),
            values: Values::default(),
            time: 0,
            latest: None,
        }
    }

    fn change(
        &mut self,
        change: &ExpandedChange,
        previous: Option<ChangeHash>,
    ) -> Result<(), OperationsError> {
        let records = split(&change.operations, change.start_op.get(), &self.names.writer);
        self.head(change, previous, records.len() as u64);
        let mut current = change.start_op.get();
        let mut object = &ObjectId::Root;
        for record in records {
            if let [first, ..] = record.operations() {
                self.record(record, first, object, current)?;
                object = &first.obj;
            }
            current += record.operations().len() as u64;
        }
        Ok(())
    }

    fn head(&mut self, change: &ExpandedChange, previous: Option<ChangeHash>, records: u64) {
        let listed = change.deps.as_slice() != previous.as_slice();
        let flag = |set: bool, bit: u64| if set { bit } else { 0 };
        let flags = flag(listed, tag::head::DEPENDENCIES)
            | flag(change.message.is_some(), tag::head::MESSAGE)
            | flag(change.time != self.time, tag::head::TIME);
        self.output.unsigned(records << tag::head::BITS | flags);
        if listed {
            self.output.unsigned(change.deps.len() as u64);
            for hash in &change.deps {
                self.output.strings.extend(hash.0);
            }
        }
        if let Some(message) = &change.message {
            self.output.unsigned(message.len() as u64);
            self.output.strings.extend(message.as_bytes());
        }
        if change.time != self.time {
            self.output.signed(change.time.wrapping_sub(self.time));
            self.time = change.time;
        }
        self.values.begin_change(change.time);
    }

    fn record(
        &mut self,
        record: Record<'_>,
        first: &Op,
        object: &ObjectId,
        current: u64,
    ) -> Result<(), OperationsError> {
        let same = if first.obj == *object { tag::SAME_OBJECT } else { 0 };
        let code = match record {
            Record::One(operation) => code_of(operation)?,
            Record::Typed(_) => tag::RUN | tag::INSERT,
            Record::Deleted(_) => tag::RUN,
        };
        self.output.byte(code | same);
        if same == 0 {
            self.names
                .write_object(&first.obj, self.latest, &mut self.output)?;
        }
        match &first.key {
            Key::Map(key) => self.keys.write(key, &mut self.output),
            Key::Seq(element) => self.names.write_element(element, current, &mut self.output)?,
        }
        match record {
            Record::One(operation) => self.one(operation, code, current),
            Record::Typed(operations) => {
                self.typed(operations);
                Ok(())
            }
            Record::Deleted(operations) => {
                self.output.unsigned(operations.len() as u64);
                Ok(())
            }
        }
    }

    fn one(&mut self, operation: &Op, code: u8, current: u64) -> Result<(), OperationsError> {
        let predecessors = code & tag::PREDECESSORS;
        if predecessors == tag::SEVERAL {
            self.output.unsigned(operation.pred.len() as u64);
        }
        if predecessors == tag::ONE || predecessors == tag::SEVERAL {
            for id in operation.pred.iter() {
                self.names.write_predecessor(id, &mut self.output)?;
            }
        }
        match &operation.action {
            OpType::Put(value) => self.values.write(value, &mut self.output)?,
            OpType::Make(_) => self.latest = Some(current),
            _ => {}
        }
        Ok(())
    }

    fn typed(&mut self, operations: &[Op]) {
        let before = self.output.strings.len();
        for operation in operations {
            if let OpType::Put(ScalarValue::Str(text)) = &operation.action {
                self.output.strings.extend(text.as_bytes());
            }
        }
        let bytes = self.output.strings.len() - before;
        self.output.unsigned(bytes as u64);
    }
}

/// The first byte of a single operation, without the bit for the same object.
fn code_of(operation: &Op) -> Result<u8, OperationsError> {
    let action = match &operation.action {
        OpType::Make(ObjType::Map) => tag::MAKE_MAP,
        OpType::Make(ObjType::List) => tag::MAKE_LIST,
        OpType::Make(ObjType::Text) => tag::MAKE_TEXT,
        OpType::Put(_) => tag::PUT,
        OpType::Delete => tag::DELETE,
        OpType::Make(ObjType::Table) => return Err(OperationsError::Unsupported("a table")),
        OpType::Increment(_) => return Err(OperationsError::Unsupported("a counter")),
        OpType::MarkBegin(_) | OpType::MarkEnd(_) => return Err(OperationsError::Unsupported("a mark")),
    };
    let in_sequence = if operation.key.is_map_key() {
        0
    } else {
        tag::IN_SEQUENCE
    };
    let insert = if operation.insert { tag::INSERT } else { 0 };
    let predecessors = match (operation.pred.get(0), operation.pred.len()) {
        (None, _) => tag::NONE,
        (Some(only), 1) if operation.key == Key::Seq(ElementId::Id(only.clone())) => tag::ELEMENT,
        (Some(_), 1) => tag::ONE,
        _ => tag::SEVERAL,
    };
    Ok(action | in_sequence | insert | predecessors)
}
