use automerge::legacy::{ObjectId, OpId};
use automerge::{ActorId, ChangeHash, ObjType};

use super::DocumentIndex;
use super::clock::Clock;
use super::id::Id;
use super::object::Content;
use super::register::{Register, Value};

/// Finding what a new change has to name: objects, predecessors and elements.
impl DocumentIndex {
    /// The object that shows at a key of a map; `None` when nothing or a scalar does.
    pub fn object_at(&self, map: &ObjectId, key: &str) -> Option<(ObjectId, ObjType)> {
        let Content::Map(keys) = self.content(map)? else {
            return None;
        };
        self.object_in(keys.get(key)?)
    }

    /// The operations whose values at a key of a map are not overwritten: the predecessors of one that replaces them.
    pub fn values_at(&self, map: &ObjectId, key: &str) -> Vec<OpId> {
        match self.content(map) {
            Some(Content::Map(keys)) => keys
                .get(key)
                .map(|register| self.live(register))
                .unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    /// The visible elements of a list or a text, in order.
    pub fn elements_of(&self, sequence: &ObjectId) -> Vec<OpId> {
        let visible: Vec<Id> = match self.content(sequence) {
            Some(Content::List(list)) => list
                .iter()
                .filter(|(_, register)| register.is_visible())
                .map(|(id, _)| id)
                .collect(),
            Some(Content::Text(text)) => text
                .iter()
                .filter(|(_, item)| !item.deleted)
                .map(|(id, _)| id)
                .collect(),
            _ => Vec::new(),
        };
        visible
            .into_iter()
            .filter_map(|id| self.actors.operation(id))
            .collect()
    }

    /// The last visible element of a list or a text.
    pub fn last_element_of(&self, sequence: &ObjectId) -> Option<OpId> {
        let last = match self.content(sequence)? {
            Content::List(list) => {
                list.iter()
                    .filter(|(_, register)| register.is_visible())
                    .last()?
                    .0
            }
            Content::Text(text) => text.iter().filter(|(_, item)| !item.deleted).last()?.0,
            Content::Map(_) => return None,
        };
        self.actors.operation(last)
    }

    /// The object that shows at a list's element, and the operations whose values there are not overwritten.
    pub fn element_at(&self, list: &ObjectId, element: &OpId) -> Option<(ObjectId, Vec<OpId>)> {
        let Content::List(elements) = self.content(list)? else {
            return None;
        };
        let wanted = self.id(element)?;
        let (_, register) = elements.iter().find(|(id, _)| *id == wanted)?;
        let (object, _) = self.object_in(register)?;
        Some((object, self.live(register)))
    }

    /// When a list element was inserted, in milliseconds since 1970 as its writer says; `None` for an element that is not
    /// there, and for one of the change that is not sealed yet.
    pub fn inserted_ms(&self, element: &str) -> Option<i64> {
        let id = self.id_of(element)?;
        let hashes = self.actors.hashes(id.actor);
        let ends_before = |hash: &ChangeHash| {
            self.clocks
                .get(hash)
                .is_some_and(|clock| clock.max_op() < id.counter)
        };
        let change = hashes.get(hashes.partition_point(ends_before))?;
        self.clocks.get(change).map(Clock::time_ms)
    }

    /// The short name of an operation that is spelt `counter@actor-hex`.
    pub(super) fn id_of(&self, element: &str) -> Option<Id> {
        let (counter, actor) = element.split_once('@')?;
        Some(Id {
            counter: counter.parse().ok()?,
            actor: self.actors.find(&ActorId::try_from(actor).ok()?)?,
        })
    }

    fn content(&self, object: &ObjectId) -> Option<&Content> {
        let id = match object {
            ObjectId::Root => Id::ROOT,
            ObjectId::Id(operation) => self.id(operation)?,
        };
        self.objects.get(&id).map(|object| &object.content)
    }

    fn id(&self, operation: &OpId) -> Option<Id> {
        let counter = u32::try_from(operation.counter()).ok()?;
        Some(Id {
            counter,
            actor: self.actors.find(operation.actor())?,
        })
    }

    fn object_in(&self, register: &Register) -> Option<(ObjectId, ObjType)> {
        match register.winner(&self.actors)? {
            (id, Value::Object(kind)) => Some((ObjectId::Id(self.actors.operation(id)?), *kind)),
            (_, Value::Scalar(_)) => None,
        }
    }

    fn live(&self, register: &Register) -> Vec<OpId> {
        register
            .live()
            .filter_map(|(id, _)| self.actors.operation(id))
            .collect()
    }
}
