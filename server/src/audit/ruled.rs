use std::collections::BTreeMap;

use automerge::ExpandedChange;
use automerge::ScalarValue;
use automerge::legacy::{Key, OpType};
use fieldbook_core::document::{self, Command};
use fieldbook_core::gate::{Action, DocumentIndex};
use fieldbook_core::model::DocumentId;
use serde::Deserialize;

use super::{Log, Office};
use crate::store::{AuditedSegment, Result, RulingRow};

/// Values that a finding shows at most of each side.
const SHOWN: usize = 4;

/// What the ruling log says that documents hold, until they were read.
#[derive(Debug, Default)]
pub(super) struct Ruled {
    /// Rulings whose operation was not met yet.
    unmet: BTreeMap<u64, DocumentId>,
    /// What came back after a restore, by document.
    returned: BTreeMap<DocumentId, Vec<Returned>>,
}

/// Rulings of an earlier epoch that a phone handed back: they stand under the number that they got first.
#[derive(Debug)]
struct Returned {
    /// The row that says so.
    number: u64,
    range: Range,
    /// The log's end in the backup: what came back is behind it.
    behind: u64,
    /// How many of them were met.
    met: u64,
}

/// Operations of the server's actor of one epoch on one document.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Range {
    epoch: u32,
    first: u64,
    last: u64,
}

#[derive(Deserialize)]
struct HandedBack {
    handed_back: Range,
}

impl Office<'_> {
    /// Notes what a row of the ruling log says that its document holds.
    pub(super) fn note_ruling(&mut self, row: &RulingRow) {
        if row.document.0.is_nil() {
            return;
        }
        let Ok(HandedBack { handed_back: range }) = serde_json::from_str(&row.json) else {
            self.ruled.unmet.insert(row.number, row.document);
            return;
        };
        let since = self.restores.iter().filter(|it| it.epoch > range.epoch);
        let Some(behind) = since.map(|restored| restored.log.number).min() else {
            let what = format!(
                "it says that a ruling on document {} came back, and no restore before it explains that",
                row.document
            );
            self.find(Log::Rulings, row.number, what);
            return;
        };
        self.ruled
            .returned
            .entry(row.document)
            .or_default()
            .push(Returned {
                number: row.number,
                range,
                behind,
                met: 0,
            });
    }

    /// Compares an operation of the server's own with the ruling log. `index` is the document as it was before.
    pub(super) fn meet(
        &mut self,
        (document, row): (DocumentId, &AuditedSegment),
        index: &DocumentIndex,
        change: &ExpandedChange,
    ) -> Result<()> {
        let Some(number) = number_of(change) else {
            // Only an import writes something else, and makes a document by it.
            if !index.is_empty() {
                let what = format!("of document {document}: the server wrote what is no ruling");
                self.find(Log::Operations, row.sequence, what);
            }
            return Ok(());
        };
        if self.ruled.came_back(document, row, change.seq) {
            return Ok(());
        }
        let logged = self.reader.rulings(self.tenant.id, number.saturating_sub(1), 1)?;
        let logged = logged
            .into_iter()
            .find(|it| it.number == number && it.document == document);
        let Some(logged) = logged else {
            let what = format!(
                "document {document} holds this ruling in log row {}, and the log of rulings does not: {}",
                row.sequence,
                shown(&values(index, change))
            );
            self.find(Log::Rulings, number, what);
            return Ok(());
        };
        if self.ruled.unmet.remove(&number).is_none() {
            let what = format!("document {document} holds it again in log row {}", row.sequence);
            self.find(Log::Rulings, number, what);
        } else if let Some(difference) = difference(index, change, &logged) {
            let what = format!(
                "document {document} holds another one in log row {}: {difference}",
                row.sequence
            );
            self.find(Log::Rulings, number, what);
        }
        Ok(())
    }

    /// A document that does not read is a finding by itself; what it holds cannot be said.
    pub(super) fn unread(&mut self, document: DocumentId) {
        self.ruled.unmet.retain(|_, of| *of != document);
        self.ruled.returned.remove(&document);
    }

    /// What was met in no document.
    pub(super) fn unmet(&mut self) {
        let Ruled { unmet, returned } = std::mem::take(&mut self.ruled);
        for (number, document) in unmet {
            let what = format!("document {document} does not hold it");
            self.find(Log::Rulings, number, what);
        }
        for (document, all) in returned {
            for Returned {
                number, range, met, ..
            } in all
            {
                let said = (range.last + 1).saturating_sub(range.first);
                if met != said {
                    let what = format!(
                        "{said} rulings came back to document {document}, and it holds {met} of them"
                    );
                    self.find(Log::Rulings, number, what);
                }
            }
        }
    }
}

impl Ruled {
    /// Is it one of those that came back?
    fn came_back(&mut self, document: DocumentId, row: &AuditedSegment, sequence: u64) -> bool {
        let mut all = self.returned.get_mut(&document).into_iter().flatten();
        let found = all.find(|it| {
            let range = it.range;
            range.epoch == row.origin.epoch
                && (range.first..=range.last).contains(&sequence)
                && row.sequence > it.behind
        });
        found.map(|returned| returned.met += 1).is_some()
    }
}

/// The number in the ruling log that an operation gives itself.
fn number_of(change: &ExpandedChange) -> Option<u64> {
    change
        .operations
        .iter()
        .find_map(|op| match (&op.key, &op.action) {
            (Key::Map(key), OpType::Put(ScalarValue::Uint(number))) if key == "ruling" => Some(*number),
            _ => None,
        })
}

/// What the document's operation and the log's command differ in: the command is written once more and compared.
fn difference(index: &DocumentIndex, held: &ExpandedChange, row: &RulingRow) -> Option<String> {
    let Ok(command) = serde_json::from_str::<Command>(&row.json) else {
        return Some(format!(
            "{}, and the row does not read as a ruling",
            shown(&values(index, held))
        ));
    };
    if command.document() != row.document {
        return Some(format!(
            "the row's ruling is about document {}",
            command.document()
        ));
    }
    if let Some(asked) = asked_otherwise(index, &command) {
        return Some(asked);
    }
    let at_ms = i64::try_from(row.at_ms).unwrap_or(i64::MAX);
    let said = match document::write(index, &held.actor_id, &command, at_ms) {
        Ok(said) => said,
        Err(error) => return Some(format!("the row's ruling does not fit it: {error}")),
    };
    if said.hash == document::rebuild(held.clone()).1 {
        return None;
    }
    let (held_values, said_values) = (values(index, held), values(index, &said.change));
    let only = |of: &[String], without: &[String]| {
        let only: Vec<String> = of
            .iter()
            .filter(|value| !without.contains(value))
            .cloned()
            .collect();
        shown(&only)
    };
    if held_values == said_values {
        return Some(format!(
            "it was made at {} ms there and at {at_ms} ms here",
            held.time
        ));
    }
    Some(format!(
        "{} there, {} here",
        only(&held_values, &said_values),
        only(&said_values, &held_values)
    ))
}

/// A ruling names who asked for what, and the document does so in the request.
fn asked_otherwise(index: &DocumentIndex, command: &Command) -> Option<String> {
    let root = index.root();
    let (by, want, said_by, said_want) = match command {
        Command::RuleCustomer(ruled) => {
            let request = root
                .list("requests")
                .and_then(|list| list.element(&ruled.request))?;
            (
                request.str("by"),
                request.str("want"),
                ruled.by,
                Some(ruled.want.as_str()),
            )
        }
        Command::RuleRemark(ruled) => {
            let event = root.list("events").and_then(|list| list.element(&ruled.event))?;
            (event.str("by").or(root.str("rep")), None, ruled.by, None)
        }
        _ => return None,
    };
    let said_by = said_by.to_string();
    let differs = by != Some(&*said_by) || want != said_want;
    differs.then(|| {
        let (by, want) = (by.unwrap_or("nobody"), want.unwrap_or("a change of the plan"));
        let said_want = said_want.unwrap_or("a change of the plan");
        format!("{by} asked for {want} there, {said_by} for {said_want} here")
    })
}

/// What a change writes, in words.
fn values(index: &DocumentIndex, change: &ExpandedChange) -> Vec<String> {
    let Ok(writes) = index.clone().admit(change) else {
        return Vec::new();
    };
    let put = |action: &Action| match action {
        Action::Put(value) | Action::Insert(value) => Some(value.to_string()),
        Action::Delete => Some("nothing".to_owned()),
        _ => None,
    };
    let values = writes
        .iter()
        .filter_map(|write| Some(format!("{} {}", write.path, put(&write.action)?)));
    values.collect()
}

fn shown(values: &[String]) -> String {
    let more = if values.len() > SHOWN { ", …" } else { "" };
    match values {
        [] => "nothing more".to_owned(),
        values => values[..values.len().min(SHOWN)].join(", ") + more,
    }
}
