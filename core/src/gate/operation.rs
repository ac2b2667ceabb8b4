use automerge::ActorId;
use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId};

use super::admit::check_effort;
use super::caps;
use super::clock::Past;
use super::effect::Effect;
use super::id::Id;
use super::index::DocumentIndex;
use super::object::Content;
use super::refusal::{Check, Refusal};
use super::write::Write;
use super::writes::Writes;

/// Takes the operations of one change into the index, one after the other.
pub(super) struct Admission<'a> {
    pub(super) index: &'a mut DocumentIndex,
    pub(super) writes: Writes,
    /// The operation that is being taken.
    pub(super) current: Id,
    start: Id,
    past: Past,
    actor: &'a ActorId,
}

impl<'a> Admission<'a> {
    /// Begins with the change's first operation.
    pub(super) fn new(index: &'a mut DocumentIndex, past: Past, start: Id, actor: &'a ActorId) -> Self {
        Self {
            index,
            writes: Writes::default(),
            current: start,
            start,
            past,
            actor,
        }
    }

    /// The past, for the change's clock, and what was written.
    pub(super) fn finish(self) -> (Past, Vec<Write>) {
        (self.past, self.writes.into_list())
    }

    /// Checks the next operation and applies it.
    pub(super) fn take(&mut self, operation: &Op) -> Result<(), Refusal> {
        let effect = Effect::of(operation)?;
        let predecessors = self.predecessors(operation)?;
        let object = self.object(&operation.obj)?;
        match (
            self.index.objects.get(&object).map(|object| &object.content),
            &operation.key,
        ) {
            (Some(Content::Map(_)), Key::Map(key)) if !operation.insert => {
                self.put_key(object, key, effect, &predecessors)?;
            }
            (Some(Content::List(_)), Key::Seq(at)) if operation.insert => {
                let after = self.element(at)?;
                self.insert_element(object, after, effect)?;
            }
            (Some(Content::List(_)), Key::Seq(at)) => {
                let at = self.target(at)?;
                self.change_element(object, at, effect, &predecessors)?;
            }
            (Some(Content::Text(_)), Key::Seq(at)) if operation.insert => {
                let after = self.element(at)?;
                self.insert_character(object, after, effect)?;
            }
            (Some(Content::Text(_)), Key::Seq(at)) => {
                let at = self.target(at)?;
                self.delete_character(object, at, effect, &predecessors)?;
            }
            _ => {
                return Refusal::err(
                    Check::Object,
                    format!("{:?} does not take this key", operation.obj),
                );
            }
        }
        let key = match &operation.key {
            Key::Map(key) => key.len(),
            Key::Seq(_) => 0,
        };
        self.index.weight += 48 + effect.weight();
        self.index.carry(48 + key + effect.weight())?;
        self.current.counter += 1;
        self.index.effort.add(1);
        check_effort(self.index)
    }

    /// Was this operation there before this change?
    pub(super) fn is_prior(&self, id: Id) -> bool {
        id.actor != self.start.actor || id.counter < self.start.counter
    }

    /// The short name of an operation that has to lie in the past.
    fn resolve(&self, id: &OpId) -> Result<Id, Refusal> {
        let own = id.1 == *self.actor;
        let Some(actor) = (if own {
            Some(self.start.actor)
        } else {
            self.index.actors.find(&id.1)
        }) else {
            return Refusal::err(
                Check::Actor,
                format!("the actor of {id} has written nothing here"),
            );
        };
        let counter = u32::try_from(id.0).unwrap_or(u32::MAX);
        let seen = if own && counter >= self.start.counter {
            counter < self.current.counter
        } else {
            self.past.contains(actor, counter)
        };
        if counter == 0 || !seen {
            return Refusal::err(Check::Causality, format!("{id} is not in the past of the change"));
        }
        Ok(Id { counter, actor })
    }

    fn object(&self, object: &ObjectId) -> Result<Id, Refusal> {
        let id = match object {
            ObjectId::Root => Id::ROOT,
            ObjectId::Id(id) => self.resolve(id)?,
        };
        if self.index.objects.contains_key(&id) {
            Ok(id)
        } else {
            Refusal::err(Check::Object, format!("{object} is no object"))
        }
    }

    /// The element that is named, `None` for the head.
    fn element(&self, at: &ElementId) -> Result<Option<Id>, Refusal> {
        match at {
            ElementId::Head => Ok(None),
            ElementId::Id(id) => self.resolve(id).map(Some),
        }
    }

    /// The element that is overwritten or deleted.
    fn target(&self, at: &ElementId) -> Result<Id, Refusal> {
        match self.element(at)? {
            Some(id) => Ok(id),
            None => Refusal::err(Check::Shape, "the head of a list or text is overwritten"),
        }
    }

    fn predecessors(&self, operation: &Op) -> Result<Vec<Id>, Refusal> {
        if operation.pred.len() > caps::PREDECESSORS {
            return Refusal::err(Check::Size, format!("{} predecessors", operation.pred.len()));
        }
        if !operation.pred.iter().is_sorted_by(|one, next| one < next) {
            return Refusal::err(Check::Predecessor, "predecessors are not unique");
        }
        operation.pred.iter().map(|id| self.resolve(id)).collect()
    }
}
