use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType, SortedVec};
use automerge::{ObjType, ScalarValue};
use smol_str::SmolStr;

use super::keys::Keys;
use super::limits::at_most;
use super::reference::Names;
use super::stream::Input;
use super::values::Values;
use super::{OperationsError, tag};
use crate::gate::caps;

/// Reads the records of the changes of a segment; what one change says helps to read the next.
#[derive(Debug)]
pub(super) struct Decoder<'a> {
    pub(super) input: Input<'a>,
    pub(super) names: Names,
    pub(super) values: Values,
    pub(super) budget: usize,
    keys: Keys,
    latest: Option<u64>,
}

/// The change that is being read.
struct Draft {
    operations: Vec<Op>,
    object: ObjectId,
    start: u64,
}

impl Draft {
    /// The counter of the next operation.
    fn current(&self) -> u64 {
        self.start + self.operations.len() as u64
    }
}

impl<'a> Decoder<'a> {
    /// Reads on behind the names; the segment may unfold to `budget` operations.
    pub(super) fn new(input: Input<'a>, names: Names, budget: usize) -> Self {
        Self {
            input,
            names,
            values: Values::default(),
            budget,
            keys: Keys::new(),
            latest: None,
        }
    }

    /// Reads the operations of one change whose first counter is `start`.
    pub(super) fn operations(&mut self, records: usize, start: u64) -> Result<Vec<Op>, OperationsError> {
        if records > self.input.left() {
            return Err(OperationsError::Truncated("a change"));
        }
        let mut draft = Draft {
            operations: Vec::with_capacity(records.min(64)),
            object: ObjectId::Root,
            start,
        };
        for _ in 0..records {
            self.record(&mut draft)?;
        }
        Ok(draft.operations)
    }

    fn record(&mut self, draft: &mut Draft) -> Result<(), OperationsError> {
        let code = self.input.byte()?;
        if code & tag::SAME_OBJECT == 0 {
            draft.object = self.names.read_object(self.latest, &mut self.input)?;
        }
        if code & tag::ACTION != tag::RUN {
            let operation = self.one(code, draft)?;
            draft.operations.push(operation);
            return Ok(());
        }
        let element = self.names.read_element(draft.current(), &mut self.input)?;
        match code & !(tag::ACTION | tag::SAME_OBJECT) {
            tag::INSERT => self.typed(element, draft),
            0 => self.deleted(element, draft),
            _ => Err(OperationsError::Malformed("a run with predecessors or of keys")),
        }
    }

    fn one(&mut self, code: u8, draft: &Draft) -> Result<Op, OperationsError> {
        self.spend(1, draft)?;
        let key = if code & tag::IN_SEQUENCE == 0 {
            Key::Map(self.keys.read(&mut self.input)?)
        } else {
            Key::Seq(self.names.read_element(draft.current(), &mut self.input)?)
        };
        let pred = self.predecessors(code, &key)?;
        let action = match code & tag::ACTION {
            tag::PUT => OpType::Put(self.values.read(&mut self.input)?),
            tag::DELETE => OpType::Delete,
            tag::MAKE_MAP => OpType::Make(ObjType::Map),
            tag::MAKE_LIST => OpType::Make(ObjType::List),
            tag::MAKE_TEXT => OpType::Make(ObjType::Text),
            _ => return Err(OperationsError::Malformed("an action of an unknown sort")),
        };
        if matches!(action, OpType::Make(_)) {
            self.latest = Some(draft.current());
        }
        Ok(Op {
            action,
            obj: draft.object.clone(),
            key,
            pred,
            insert: code & tag::INSERT != 0,
        })
    }

    fn predecessors(&mut self, code: u8, key: &Key) -> Result<SortedVec<OpId>, OperationsError> {
        let count = match (code & tag::PREDECESSORS, key) {
            (tag::NONE, _) => return Ok(SortedVec::new()),
            (tag::ELEMENT, Key::Seq(ElementId::Id(id))) => return Ok(vec![id.clone()].into()),
            (tag::ELEMENT, _) => return Err(OperationsError::Malformed("a predecessor that is no element")),
            (tag::ONE, _) => 1,
            _ => at_most("predecessors", self.input.count()?, caps::PREDECESSORS)?,
        };
        (0..count)
            .map(|_| self.names.read_predecessor(&mut self.input))
            .collect()
    }

    fn typed(&mut self, mut behind: ElementId, draft: &mut Draft) -> Result<(), OperationsError> {
        let length = self.input.count()?;
        let text = self.input.string(length)?;
        let characters = text.chars().count();
        if characters == 0 {
            return Err(OperationsError::Malformed("an empty run"));
        }
        self.spend(characters, draft)?;
        draft.operations.reserve(characters);
        for character in text.chars() {
            let id = OpId(draft.current(), self.names.writer.clone());
            draft.operations.push(Op {
                action: OpType::Put(ScalarValue::Str(SmolStr::from_iter([character]))),
                obj: draft.object.clone(),
                key: Key::Seq(std::mem::replace(&mut behind, ElementId::Id(id))),
                pred: SortedVec::new(),
                insert: true,
            });
        }
        Ok(())
    }

    fn deleted(&mut self, first: ElementId, draft: &mut Draft) -> Result<(), OperationsError> {
        let count = self.input.count()?;
        let ElementId::Id(first) = first else {
            return Err(OperationsError::Malformed("a run of deletes at the head"));
        };
        if count < 2 {
            return Err(OperationsError::Malformed("a run of less than two deletes"));
        }
        self.spend(count, draft)?;
        draft.operations.extend((0..count as u64).map(|offset| {
            let id = first.increment_by(offset);
            Op {
                action: OpType::Delete,
                obj: draft.object.clone(),
                key: Key::Seq(ElementId::Id(id.clone())),
                pred: vec![id].into(),
                insert: false,
            }
        }));
        Ok(())
    }

    /// Takes operations from the budget before anything is unfolded.
    fn spend(&mut self, count: usize, draft: &Draft) -> Result<(), OperationsError> {
        let over = |what, limit| OperationsError::Limit { what, limit };
        self.budget = self
            .budget
            .checked_sub(count)
            .ok_or(over(OperationsError::SEGMENT_OPERATIONS, self.budget))?;
        at_most(
            "operations of a change",
            draft.operations.len().saturating_add(count),
            caps::OPERATIONS,
        )?;
        if draft.current() + count as u64 > caps::COUNTER {
            return Err(over("operations of a document", caps::COUNTER as usize));
        }
        Ok(())
    }
}
