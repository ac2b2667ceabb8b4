use std::collections::BTreeSet;

use automerge::ScalarValue;

use super::Before;
use crate::document::view::VisitStatus;
use crate::gate::{Action, DocumentIndex, Write};
use crate::model::{Kind, PersonId, Principal};

/// Everything one judgement looks at.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub(super) principal: &'a Principal,
    pub(super) kind: Kind,
    pub(super) schema: u32,
    pub(super) before: &'a Before,
    pub(super) after: &'a DocumentIndex,
    pub(super) owner: PersonId,
    pub(super) writes: &'a [Write],
    /// The list elements that this operation inserts; only in them may facts be written.
    inserted: BTreeSet<&'a str>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        principal: &'a Principal,
        kind: Kind,
        schema: u32,
        before: &'a Before,
        after: &'a DocumentIndex,
        owner: PersonId,
        writes: &'a [Write],
    ) -> Self {
        let inserts = writes
            .iter()
            .filter(|write| matches!(write.action, Action::InsertMake(_) | Action::Insert(_)));
        let inserted = inserts.filter_map(|write| write.element.as_deref()).collect();
        Self {
            principal,
            kind,
            schema,
            before,
            after,
            owner,
            writes,
            inserted,
        }
    }

    /// Does the operation make the document?
    pub(super) fn creating(&self) -> bool {
        !self.before.exists
    }

    /// Is the write in a list element that this operation inserts?
    pub(super) fn is_inserted(&self, write: &Write) -> bool {
        write
            .element
            .as_deref()
            .is_some_and(|element| self.inserted.contains(element))
    }

    /// The status of the visit before the operation.
    pub(super) fn visit(&self) -> VisitStatus {
        self.before.visit.unwrap_or(VisitStatus::Planned)
    }

    /// The elements that this operation inserts into the list at `path`, which ends in `[]`.
    pub(super) fn inserted_at(&self, path: &'static str) -> impl Iterator<Item = &'a str> {
        let at = move |write: &&Write| write.path == path && matches!(write.action, Action::InsertMake(_));
        self.writes
            .iter()
            .filter(at)
            .filter_map(|write| write.element.as_deref())
    }

    /// The string that this operation puts at `path` of the list element `element`.
    pub(super) fn put_in(&self, element: &str, path: &str) -> Option<&'a str> {
        let here = |write: &&Write| write.element.as_deref() == Some(element) && write.path == path;
        self.writes
            .iter()
            .rev()
            .filter(here)
            .find_map(|write| match &write.action {
                Action::Put(ScalarValue::Str(text)) => Some(text.as_str()),
                _ => None,
            })
    }
}
