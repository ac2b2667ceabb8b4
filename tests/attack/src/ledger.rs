use std::collections::BTreeSet;

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType};
use automerge::{ExpandedChange, ObjType};

/// Every operation so far by its name, for attacks to refer to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger(Vec<(OpId, Op)>);

impl Ledger {
    /// Adds a change's operations.
    pub(crate) fn extend(&mut self, change: &ExpandedChange) {
        for (counter, operation) in (change.start_op.get()..).zip(&change.operations) {
            self.add(OpId::new(counter, &change.actor_id), operation.clone());
        }
    }

    /// Adds one operation.
    pub(crate) fn add(&mut self, id: OpId, operation: Op) {
        self.0.push((id, operation));
    }

    /// Any operation.
    pub(crate) fn any(&self, pick: u16) -> Option<OpId> {
        one(&self.0, pick).map(|(id, _)| id.clone())
    }

    /// The latest operation.
    pub(crate) fn last(&self) -> Option<OpId> {
        self.0.last().map(|(id, _)| id.clone())
    }

    /// An object and its sort; the root among them.
    pub(crate) fn object(&self, pick: u16) -> (ObjectId, ObjType) {
        let made: Vec<(ObjectId, ObjType)> = self
            .0
            .iter()
            .filter_map(|(id, operation)| match operation.action {
                OpType::Make(kind) => Some((ObjectId::Id(id.clone()), kind)),
                _ => None,
            })
            .collect();
        match usize::from(pick) % (made.len() + 1) {
            0 => (ObjectId::Root, ObjType::Map),
            at => made[at - 1].clone(),
        }
    }

    /// An element that was inserted into a list or text, deleted ones too.
    pub(crate) fn element(&self, object: &ObjectId, pick: u16) -> Option<OpId> {
        let inserted: Vec<&OpId> = self
            .0
            .iter()
            .filter(|(_, operation)| operation.insert && operation.obj == *object)
            .map(|(id, _)| id)
            .collect();
        one(&inserted, pick).map(|id| (*id).clone())
    }

    /// What was ever put at a key or element.
    pub(crate) fn put_at(&self, object: &ObjectId, key: &Key) -> Vec<OpId> {
        let is_here = |(id, operation): &&(OpId, Op)| {
            let inserted = operation.insert && *key == Key::Seq(ElementId::Id(id.clone()));
            operation.obj == *object
                && operation.action != OpType::Delete
                && (inserted || (!operation.insert && operation.key == *key))
        };
        self.0.iter().filter(is_here).map(|(id, _)| id.clone()).collect()
    }

    /// The same without what was overwritten.
    pub(crate) fn alive_at(&self, object: &ObjectId, key: &Key) -> Vec<OpId> {
        let named: BTreeSet<&OpId> = self
            .0
            .iter()
            .filter(|(_, operation)| operation.obj == *object)
            .flat_map(|(_, operation)| operation.pred.iter())
            .collect();
        let mut put = self.put_at(object, key);
        put.retain(|id| !named.contains(id));
        put
    }
}

/// One of these; any number picks one.
pub(crate) fn one<T>(of: &[T], pick: u16) -> Option<&T> {
    of.get(usize::from(pick).checked_rem(of.len())?)
}
