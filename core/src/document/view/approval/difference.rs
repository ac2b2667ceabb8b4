use std::collections::BTreeMap;

use super::{ApprovalView, LineView};
use crate::document::command::FieldValue;
use crate::model::Money;

/// What changed between two revisions of a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The title before and after, when it changed.
    pub title: Option<(String, String)>,
    /// The total before and after, when it changed.
    pub total: Option<(Money, Money)>,
    /// The fields that changed: before and after.
    pub fields: BTreeMap<String, (Option<FieldValue>, Option<FieldValue>)>,
    /// The lines that came, went or were changed.
    pub lines: Lines,
    /// Does it belong to another customer or visit now?
    pub moved: bool,
}

/// Lines that differ; each is one document element, so a line that was changed is the same one before and after.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lines {
    /// They are new.
    pub added: Vec<LineView>,
    /// They are gone.
    pub removed: Vec<LineView>,
    /// They say something else: before and after.
    pub changed: Vec<(LineView, LineView)>,
}

impl Difference {
    /// Is there none?
    pub fn is_none(&self) -> bool {
        let Lines {
            added,
            removed,
            changed,
        } = &self.lines;
        self.title.is_none()
            && self.total.is_none()
            && self.fields.is_empty()
            && !self.moved
            && added.is_empty()
            && removed.is_empty()
            && changed.is_empty()
    }
}

/// What changed from one revision of a request to another.
pub fn difference(before: &ApprovalView, after: &ApprovalView) -> Difference {
    let pair = |one: &String, other: &String| (one != other).then(|| (one.clone(), other.clone()));
    Difference {
        title: pair(&before.title, &after.title),
        total: (before.total != after.total).then_some((before.total, after.total)),
        fields: fields(before, after),
        lines: lines(before, after),
        moved: (before.customer, before.visit) != (after.customer, after.visit),
    }
}

fn fields(
    before: &ApprovalView,
    after: &ApprovalView,
) -> BTreeMap<String, (Option<FieldValue>, Option<FieldValue>)> {
    let keys = before.fields.keys().chain(after.fields.keys());
    keys.filter(|key| before.fields.get(*key) != after.fields.get(*key))
        .map(|key| {
            let values = (before.fields.get(key).cloned(), after.fields.get(key).cloned());
            (key.clone(), values)
        })
        .collect()
}

fn lines(before: &ApprovalView, after: &ApprovalView) -> Lines {
    let find = |lines: &[LineView], id: &str| lines.iter().find(|line| line.id == id).cloned();
    let mut found = Lines::default();
    for line in &before.lines {
        match find(&after.lines, &line.id) {
            None => found.removed.push(line.clone()),
            Some(now) if now != *line => found.changed.push((line.clone(), now)),
            Some(_) => {}
        }
    }
    let is_new = |line: &&LineView| find(&before.lines, &line.id).is_none();
    found.added = after.lines.iter().filter(is_new).cloned().collect();
    found
}
