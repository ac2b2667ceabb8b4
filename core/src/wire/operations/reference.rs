//! How an operation names other operations: with a number for the writer's own, with the actor's position in
//! the segment's table and a number for those of others.

use automerge::ActorId;
use automerge::legacy::{ElementId, Key, ObjectId, OpId};

use super::limits::at_most;
use super::stream::{Input, Output};
use super::{Limits, OperationsError};
use crate::gate::caps;

/// The root object, or the head of a list or text.
const TOP: u64 = 0;
/// The object that the segment made last.
const LATEST: u64 = 1;
/// From here on: twice the number for an own operation; one more, with the actor's position doubled, for another's.
const OWN: u64 = 2;
const OTHERS: u64 = 3;

/// The actors of a segment.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) writer: ActorId,
    others: Vec<ActorId>,
}

impl Names {
    /// The names for a segment of `writer` that names these operations.
    pub(super) fn collect<'o>(writer: ActorId, operations: impl Iterator<Item = &'o OpId>) -> Self {
        let mut others: Vec<ActorId> = Vec::new();
        for id in operations {
            if id.1 != writer && !others.contains(&id.1) {
                others.push(id.1.clone());
            }
        }
        Self { writer, others }
    }

    /// Writes the table of the other actors.
    pub(super) fn write(&self, output: &mut Output) {
        output.unsigned(self.others.len() as u64);
        for actor in &self.others {
            output.unsigned(actor.to_bytes().len() as u64);
            output.strings.extend(actor.to_bytes());
        }
    }

    /// Reads the table of the other actors.
    pub(super) fn read(
        writer: ActorId,
        input: &mut Input<'_>,
        limits: &Limits,
    ) -> Result<Self, OperationsError> {
        let count = at_most("other actors", input.count()?, limits.actors)?;
        let mut others = Vec::new();
        for _ in 0..count {
            let length = at_most("bytes of an actor", input.count()?, caps::ACTOR_BYTES)?;
            if length == 0 {
                return Err(OperationsError::Malformed("an empty actor"));
            }
            others.push(ActorId::from(input.bytes(length)?));
        }
        Ok(Self { writer, others })
    }

    /// Writes an object; `latest` is the one that the segment made last.
    pub(super) fn write_object(
        &self,
        object: &ObjectId,
        latest: Option<u64>,
        output: &mut Output,
    ) -> Result<(), OperationsError> {
        match object {
            ObjectId::Root => output.unsigned(TOP),
            ObjectId::Id(id) if Some(id.0) == latest && id.1 == self.writer => output.unsigned(LATEST),
            ObjectId::Id(id) => self.write_id(id, Some, output)?,
        }
        Ok(())
    }

    /// Reads an object.
    pub(super) fn read_object(
        &self,
        latest: Option<u64>,
        input: &mut Input<'_>,
    ) -> Result<ObjectId, OperationsError> {
        match input.unsigned()? {
            TOP => Ok(ObjectId::Root),
            LATEST => match latest {
                Some(counter) => Ok(ObjectId::Id(OpId(counter, self.writer.clone()))),
                None => Err(OperationsError::Malformed("no object was made yet")),
            },
            code => self.read_id(code, Some, input).map(ObjectId::Id),
        }
    }

    /// Writes a list element or the head, as a distance back from the operation that names it.
    pub(super) fn write_element(
        &self,
        element: &ElementId,
        current: u64,
        output: &mut Output,
    ) -> Result<(), OperationsError> {
        match element {
            ElementId::Head => output.unsigned(TOP),
            ElementId::Id(id) => self.write_id(id, |counter| current.checked_sub(counter), output)?,
        }
        Ok(())
    }

    /// Reads a list element or the head.
    pub(super) fn read_element(
        &self,
        current: u64,
        input: &mut Input<'_>,
    ) -> Result<ElementId, OperationsError> {
        match input.unsigned()? {
            TOP => Ok(ElementId::Head),
            code => self
                .read_id(code, |number| current.checked_sub(number), input)
                .map(ElementId::Id),
        }
    }

    /// Writes a predecessor.
    pub(super) fn write_predecessor(&self, id: &OpId, output: &mut Output) -> Result<(), OperationsError> {
        self.write_id(id, Some, output)
    }

    /// Reads a predecessor.
    pub(super) fn read_predecessor(&self, input: &mut Input<'_>) -> Result<OpId, OperationsError> {
        let code = input.unsigned()?;
        self.read_id(code, Some, input)
    }

    fn write_id(
        &self,
        id: &OpId,
        number_of: impl Fn(u64) -> Option<u64>,
        output: &mut Output,
    ) -> Result<(), OperationsError> {
        let in_range = Some(id.0).filter(|counter| (1..=caps::COUNTER).contains(counter));
        let number = in_range
            .and_then(number_of)
            .ok_or(OperationsError::Unsupported("a name of a later operation"))?;
        if id.1 == self.writer {
            output.unsigned(OWN + 2 * number);
            return Ok(());
        }
        let position = self.others.iter().position(|actor| *actor == id.1);
        let position = position.ok_or(OperationsError::Unsupported("an actor that was not collected"))?;
        output.unsigned(OTHERS + 2 * position as u64);
        output.unsigned(number);
        Ok(())
    }

    fn read_id(
        &self,
        code: u64,
        counter_of: impl Fn(u64) -> Option<u64>,
        input: &mut Input<'_>,
    ) -> Result<OpId, OperationsError> {
        let rest = code
            .checked_sub(OWN)
            .ok_or(OperationsError::Malformed("the name of no operation"))?;
        let (number, actor) = if rest % 2 == 0 {
            (rest / 2, Some(&self.writer))
        } else {
            let position = usize::try_from(rest / 2).unwrap_or(usize::MAX);
            (input.unsigned()?, self.others.get(position))
        };
        let actor = actor.ok_or(OperationsError::Malformed("the number of no actor"))?;
        match counter_of(number) {
            Some(counter) if (1..=caps::COUNTER).contains(&counter) => Ok(OpId(counter, actor.clone())),
            _ => Err(OperationsError::Malformed("the name of no operation")),
        }
    }
}

/// The operations that an operation names.
pub(super) fn named(operation: &automerge::legacy::Op) -> impl Iterator<Item = &OpId> {
    let object = match &operation.obj {
        ObjectId::Id(id) => Some(id),
        ObjectId::Root => None,
    };
    let element = match &operation.key {
        Key::Seq(ElementId::Id(id)) => Some(id),
        _ => None,
    };
    object.into_iter().chain(element).chain(operation.pred.iter())
}
