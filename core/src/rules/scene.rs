use std::collections::{BTreeMap, BTreeSet};

use automerge::ScalarValue;

use super::{Attempt, Before};
use crate::document::view::VisitStatus;
use crate::gate::{Action, DocumentIndex, Write};
use crate::model::{Kind, PersonId, Principal};

/// Everything one judgement looks at.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub(super) principal: &'a Principal,
    pub(super) kind: Kind,
    pub(super) schema: u32,
    pub(super) at_ms: u64,
    pub(super) before: &'a Before,
    pub(super) after: &'a DocumentIndex,
    pub(super) owner: PersonId,
    pub(super) writes: &'a [Write],
    /// The list elements that this operation inserts; only in them may facts be written.
    inserted: BTreeSet<&'a str>,
    /// What it writes in each list element, in order.
    in_elements: BTreeMap<&'a str, Vec<&'a Write>>,
    /// How long each text is that it types in.
    texts: BTreeMap<&'a str, usize>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        attempt: &Attempt<'a>,
        before: &'a Before,
        after: &'a DocumentIndex,
        owner: PersonId,
        writes: &'a [Write],
    ) -> Self {
        let inserts = writes
            .iter()
            .filter(|write| matches!(write.action, Action::InsertMake(_) | Action::Insert(_)));
        let inserted = inserts.filter_map(|write| write.element.as_deref()).collect();
        let mut in_elements: BTreeMap<&str, Vec<&Write>> = BTreeMap::new();
        for write in writes {
            if let Some(element) = write.element.as_deref() {
                in_elements.entry(element).or_default().push(write);
            }
        }
        let Attempt {
            principal,
            kind,
            schema,
            at_ms,
        } = *attempt;
        Self {
            principal,
            kind,
            schema,
            at_ms,
            before,
            after,
            owner,
            writes,
            inserted,
            in_elements,
            texts: typed_in(after, writes),
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

    /// What this operation writes in a list element, in order.
    pub(super) fn writes_in(&self, element: &str) -> &[&'a Write] {
        self.in_elements.get(element).map_or(&[], Vec::as_slice)
    }

    /// How many characters a text that this operation types in has then.
    pub(super) fn text_length(&self, path: &str) -> usize {
        self.texts.get(path).copied().unwrap_or(0)
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
        self.writes_in(element)
            .iter()
            .rev()
            .filter(|write| write.path == path)
            .find_map(|write| match &write.action {
                Action::Put(ScalarValue::Str(text)) => Some(text.as_str()),
                _ => None,
            })
    }
}

/// The lengths of the texts at the root that are typed in, each counted once however many writes there are.
fn typed_in<'a>(after: &DocumentIndex, writes: &'a [Write]) -> BTreeMap<&'a str, usize> {
    let root = after.root();
    let mut lengths = BTreeMap::new();
    for write in writes {
        if let (Action::InsertText(_), Some(path)) = (&write.action, write.path.strip_suffix("/[]")) {
            lengths
                .entry(path)
                .or_insert_with(|| root.text_length(path).unwrap_or(0));
        }
    }
    lengths
}
