use std::num::NonZeroU64;
use std::str::FromStr;

use automerge::legacy::{ElementId as Place, Key, ObjectId, Op, OpId, OpType, SortedVec};
use automerge::{ActorId, ExpandedChange, ObjType, ScalarValue};
use smol_str::SmolStr;

use crate::gate::{DocumentIndex, ElementId};

/// A change being written: the operations of one command, made from the document's index.
///
/// The operations are those that an Automerge transaction would make; tests apply them to Automerge documents and
/// compare. Making them from the index costs a tenth of it, because no document is loaded or searched.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    index: &'a DocumentIndex,
    actor: &'a ActorId,
    start: u64,
    operations: Vec<Op>,
}

impl<'a> Draft<'a> {
    /// A change by `actor` on top of everything the index holds.
    pub(super) fn new(index: &'a DocumentIndex, actor: &'a ActorId) -> Self {
        let highest = index
            .heads()
            .iter()
            .filter_map(|hash| index.max_op(hash))
            .max()
            .unwrap_or(0);
        Self {
            index,
            actor,
            start: highest + 1,
            operations: Vec::new(),
        }
    }

    /// True when the document has no change yet.
    pub(super) fn is_fresh(&self) -> bool {
        self.index.is_empty()
    }

    /// Sets a key of a map.
    pub(super) fn put(&mut self, map: &ObjectId, key: &str, value: impl Into<ScalarValue>) {
        let pred = self.values_at(map, key);
        self.push(
            OpType::Put(value.into()),
            map,
            Key::Map(SmolStr::new(key)),
            pred,
            false,
        );
    }

    /// Makes an empty object at a key of a map.
    pub(super) fn put_object(&mut self, map: &ObjectId, key: &str, kind: ObjType) -> ObjectId {
        let pred = self.values_at(map, key);
        ObjectId::Id(self.push(OpType::Make(kind), map, Key::Map(SmolStr::new(key)), pred, false))
    }

    /// The object at a key of a map, also when this change made it.
    pub(super) fn object_at(&self, map: &ObjectId, key: &str) -> Option<(ObjectId, ObjType)> {
        match self.own(map, key) {
            Some(at) => match &self.operations[at].action {
                OpType::Make(kind) => Some((ObjectId::Id(self.id_of(at)), *kind)),
                _ => None,
            },
            None => self.index.object_at(map, key),
        }
    }

    /// Does a key of a map hold a value?
    pub(super) fn has(&self, map: &ObjectId, key: &str) -> bool {
        !self.values_at(map, key).is_empty()
    }

    /// Removes a key of a map; nothing happens when it holds no value.
    pub(super) fn delete(&mut self, map: &ObjectId, key: &str) {
        let pred = self.values_at(map, key);
        if !pred.is_empty() {
            self.push(OpType::Delete, map, Key::Map(SmolStr::new(key)), pred, false);
        }
    }

    /// Appends an empty map to a list.
    pub(super) fn append_map(&mut self, list: &ObjectId) -> ObjectId {
        let own = self
            .operations
            .iter()
            .rposition(|op| op.insert && op.obj == *list);
        let last = own
            .map(|at| self.id_of(at))
            .or_else(|| self.index.last_element_of(list));
        let place = last.map_or(Place::Head, Place::Id);
        ObjectId::Id(self.push(
            OpType::Make(ObjType::Map),
            list,
            Key::Seq(place),
            Vec::new(),
            true,
        ))
    }

    /// The map that an element of a list holds, by the element's name outside.
    pub(super) fn element(&self, list: &ObjectId, element: &str) -> Option<ObjectId> {
        self.index
            .element_at(list, &operation_of(element)?)
            .map(|(object, _)| object)
    }

    /// Removes an element of a list; false when it is not there.
    pub(super) fn delete_element(&mut self, list: &ObjectId, element: &str) -> bool {
        let Some(element) = operation_of(element) else {
            return false;
        };
        let Some((_, pred)) = self.index.element_at(list, &element) else {
            return false;
        };
        self.push(OpType::Delete, list, Key::Seq(Place::Id(element)), pred, false);
        true
    }

    /// Replaces characters of a text: at `position`, deletes `delete` of them and inserts `insert`, all counted in
    /// Unicode scalar values and clamped to the text.
    pub(super) fn splice(&mut self, text: &ObjectId, position: usize, delete: usize, insert: &str) {
        let characters = self.index.elements_of(text);
        let from = position.min(characters.len());
        let to = from.saturating_add(delete).min(characters.len());
        for character in &characters[from..to] {
            let key = Key::Seq(Place::Id(character.clone()));
            self.push(OpType::Delete, text, key, vec![character.clone()], false);
        }
        let mut place = from
            .checked_sub(1)
            .map_or(Place::Head, |before| Place::Id(characters[before].clone()));
        let mut buffer = [0; 4];
        for character in insert.chars() {
            let value = ScalarValue::Str(SmolStr::new(character.encode_utf8(&mut buffer)));
            let id = self.push(OpType::Put(value), text, Key::Seq(place), Vec::new(), true);
            place = Place::Id(id);
        }
    }

    /// The change, made at `time_ms`.
    pub(super) fn finish(self, time_ms: i64) -> ExpandedChange {
        ExpandedChange {
            operations: self.operations,
            actor_id: self.actor.clone(),
            hash: None,
            seq: self.index.sequence(self.actor) + 1,
            start_op: NonZeroU64::new(self.start).unwrap_or(NonZeroU64::MIN),
            time: time_ms,
            message: None,
            deps: self.index.heads(),
            extra_bytes: Vec::new(),
            author: None,
        }
    }

    fn push(&mut self, action: OpType, object: &ObjectId, key: Key, pred: Vec<OpId>, insert: bool) -> OpId {
        let pred = SortedVec::from(pred);
        self.operations.push(Op {
            action,
            obj: object.clone(),
            key,
            pred,
            insert,
        });
        self.id_of(self.operations.len() - 1)
    }

    fn id_of(&self, at: usize) -> OpId {
        OpId::new(self.start + at as u64, self.actor)
    }

    /// This change's own last operation at a key of a map.
    fn own(&self, map: &ObjectId, key: &str) -> Option<usize> {
        let is_there = |op: &Op| op.obj == *map && matches!(&op.key, Key::Map(name) if name == key);
        self.operations.iter().rposition(is_there)
    }

    fn values_at(&self, map: &ObjectId, key: &str) -> Vec<OpId> {
        match self.own(map, key) {
            Some(at) if matches!(self.operations[at].action, OpType::Delete) => Vec::new(),
            Some(at) => vec![self.id_of(at)],
            None => self.index.values_at(map, key),
        }
    }
}

/// The operation that an element's name stands for.
fn operation_of(element: &str) -> Option<OpId> {
    let ElementId(name) = ElementId::from_str(element).ok()?;
    let (counter, actor) = name.split_once('@')?;
    Some(OpId::new(counter.parse().ok()?, &ActorId::from_str(actor).ok()?))
}
