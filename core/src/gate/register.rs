use automerge::{ObjType, ScalarValue};

use super::actors::Actors;
use super::id::Id;

/// What was put somewhere; an object is named by the operation that made it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Scalar(ScalarValue),
    Object(ObjType),
}

/// A map key or a list element: every operation that ever put something there.
///
/// Overwritten ones keep their id and lose their value: a late operation may still name them as predecessors.
#[derive(Clone, Debug, Default)]
pub(super) struct Register {
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    id: Id,
    value: Option<Value>,
}

impl Register {
    /// A register with its first value.
    pub(super) fn with(id: Id, value: Value) -> Self {
        Self {
            entries: vec![Entry {
                id,
                value: Some(value),
            }],
        }
    }

    /// Adds a value.
    pub(super) fn put(&mut self, id: Id, value: Value) {
        self.entries.reserve_exact(1);
        self.entries.push(Entry {
            id,
            value: Some(value),
        });
    }

    /// How many values were ever put here.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Takes the value of a predecessor away; false when it was never put here.
    pub(super) fn overwrite(&mut self, predecessor: Id) -> bool {
        match self.entries.iter_mut().rfind(|entry| entry.id == predecessor) {
            Some(entry) => {
                entry.value = None;
                true
            }
            None => false,
        }
    }

    /// The operation that put the first value here, overwritten or not.
    pub(super) fn first(&self) -> Option<Id> {
        self.entries.first().map(|entry| entry.id)
    }

    /// The value that shows: of those not overwritten, the strongest.
    pub(super) fn winner(&self, actors: &Actors) -> Option<(Id, &Value)> {
        self.live().max_by(|one, other| actors.compare(one.0, other.0))
    }

    /// The values that are not overwritten and do not show, the strongest first.
    pub(super) fn losers(&self, actors: &Actors) -> Vec<(Id, &Value)> {
        let mut live: Vec<_> = self.live().collect();
        live.sort_by(|one, other| actors.compare(other.0, one.0));
        live.into_iter().skip(1).collect()
    }

    /// Does anything show?
    pub(super) fn is_visible(&self) -> bool {
        self.live().next().is_some()
    }

    /// The values that are not overwritten.
    pub(super) fn live(&self) -> impl Iterator<Item = (Id, &Value)> {
        self.entries
            .iter()
            .filter_map(|entry| Some((entry.id, entry.value.as_ref()?)))
    }
}
