use automerge::{Change, ExpandedChange, ScalarValue};
use fieldbook_core::document::rebuild;
use fieldbook_core::document::view::owner;
use fieldbook_core::gate::{Action, Check, DocumentIndex, Write};
use fieldbook_core::model::{DocumentId, Kind, PersonId, Principal, schema};
use fieldbook_core::rules::{self, Attempt, Before};
use fieldbook_core::wire::operations::{Limits, OperationsError, Reader as SegmentReader};
use fieldbook_core::wire::{Rejection, Section};

use super::upload::Upload;
use super::{ending, rejection};
use crate::store::{Reader, StoreError};

/// What a section did to the index of its document.
#[derive(Default)]
pub(super) struct Admitted {
    /// The changes that stand.
    pub(super) changes: Vec<Change>,
    /// What they write.
    pub(super) writes: Vec<Write>,
    /// Why there are no more, if not because the section ended.
    pub(super) stop: Option<Stop>,
    /// The index holds something else than what stands: it is of no use.
    pub(super) spoilt: bool,
}

impl Admitted {
    /// Leaves so much of it that it reads as a segment of its own whatever its length; the first operation that does not by
    /// itself is refused, and others come again in a section of theirs.
    pub(super) fn cut(&mut self, error: &OperationsError) {
        let mut left = Limits::default().operations_free;
        let fits = self.changes.iter().take_while(|change| {
            let rest = left.checked_sub(change.len());
            left = rest.unwrap_or(left);
            rest.is_some()
        });
        let count = fits.count();
        self.changes.truncate(count);
        self.stop = Some(if count == 0 {
            Stop::Rejected(rejection::operations(error))
        } else {
            Stop::Later
        });
        self.spoilt = true;
    }
}

/// Why a section was not taken to its end.
pub(super) enum Stop {
    /// The next operation is refused.
    Rejected(Rejection),
    /// The right to write the next operation had ended: it is refused, and kept for a person to look at.
    Quarantined(Rejection),
    /// It builds on an operation that is not here: one of the same actor, or of others for 0.
    WaitsOn(u64),
    /// It names a document that is not here.
    Lacks(DocumentId),
    /// The request has cost enough.
    Later,
}

/// What one section is judged against.
pub(super) struct Bench<'a> {
    pub(super) upload: &'a Upload<'a>,
    pub(super) section: &'a Section,
    /// How many operations of the actor are stored.
    pub(super) known: u64,
    /// The document has no row yet.
    pub(super) is_new: bool,
    /// The person does not see the document now, and once did: each operation is judged by the rights of its time.
    pub(super) past: bool,
    /// The operation of the actor that was refused before.
    pub(super) spent: Option<(u64, Rejection)>,
}

impl Bench<'_> {
    /// Decode → gate → rules, operation by operation, until one does not pass.
    pub(super) fn admit(
        &self,
        reader: &dyn Reader,
        index: &mut DocumentIndex,
    ) -> Result<Admitted, StoreError> {
        let mut admitted = Admitted::default();
        let (section, budget) = (self.section, &self.upload.budget);
        let whole = Limits::default();
        let limits = Limits {
            operations: whole.operations.min(budget.operations()),
            ..whole
        };
        let actor = self.upload.actor(section);
        let opened = SegmentReader::new(&section.operations, actor, section.base, section.count, &limits);
        admitted.stop = match opened {
            Ok(mut segment) => {
                let stop = self.walk(reader, &mut segment, index, &mut admitted)?;
                stop.or_else(|| self.end(segment, &mut admitted))
            }
            Err(error) => Some(self.unread(&error, limits.operations)),
        };
        if matches!(admitted.stop, Some(Stop::Later)) {
            budget.exhaust();
        }
        Ok(admitted)
    }

    fn walk(
        &self,
        reader: &dyn Reader,
        segment: &mut SegmentReader<'_>,
        index: &mut DocumentIndex,
        admitted: &mut Admitted,
    ) -> Result<Option<Stop>, StoreError> {
        let (budget, room) = (&self.upload.budget, self.upload.budget.operations());
        let mut read = 0;
        for sequence in self.section.base + 1.. {
            if let Some((spent, rejection)) = &self.spent
                && *spent == sequence
            {
                return Ok(Some(Stop::Rejected(rejection.clone())));
            }
            if budget.is_spent() && !admitted.changes.is_empty() {
                return Ok(Some(Stop::Later));
            }
            let next = segment.next(index);
            budget.unfold(segment.operations() - read);
            read = segment.operations();
            let change = match next {
                Ok(Some(change)) => change,
                Ok(None) => break,
                Err(error) => return Ok(Some(self.unread(&error, room))),
            };
            if change.seq <= self.known {
                continue;
            }
            let stop = match self.judge(reader, index, &change)? {
                Ok(writes) => match self.lacks(reader, &writes)? {
                    None => {
                        let latest = &self.upload.latest;
                        latest.set(latest.get().max(change.time));
                        let (change, hash) = rebuild(change);
                        index.seal(hash);
                        admitted.changes.push(change);
                        admitted.writes.extend(writes);
                        continue;
                    }
                    Some(document) => Stop::Lacks(document),
                },
                Err(stop) => stop,
            };
            admitted.spoilt = true;
            return Ok(Some(stop));
        }
        Ok(None)
    }

    /// The gate and the rules: what the change writes, once it passed.
    fn judge(
        &self,
        reader: &dyn Reader,
        index: &mut DocumentIndex,
        change: &ExpandedChange,
    ) -> Result<Result<Vec<Write>, Stop>, StoreError> {
        let kind = self.section.kind;
        let mut before = Before::of(kind, index);
        let affordable = self.upload.budget.affords_a_change();
        let writes = match self.upload.budget.admit(index, change) {
            Ok(writes) => writes,
            Err(refusal) if refusal.check == Check::Effort && !affordable => return Ok(Err(Stop::Later)),
            Err(refusal) => return Ok(Err(Stop::Rejected(rejection::gate(&refusal)))),
        };
        let at_ms = self.upload.moment(change.time);
        let ended = self.upload.caller.ended.as_ref();
        if let Some(stop) = ended.and_then(|ended| ending::stop(ended, at_ms)) {
            return Ok(Err(stop));
        }
        let then;
        let mut principal = &self.upload.caller.principal;
        if self.past {
            let Some((was, owner)) = self.rights_at(reader, at_ms)? else {
                return Ok(Err(Stop::Quarantined(rejection::unknown(kind))));
            };
            before.owner = Some(owner);
            then = was;
            principal = &then;
        } else if self.is_new && !owner(kind, index).is_some_and(|owner| principal.sees(owner)) {
            // Made for somebody who was of the team then.
            let now = principal;
            then = reader
                .principal_at(now.tenant, now.person, at_ms)?
                .unwrap_or_else(|| now.clone());
            principal = &then;
        }
        let whole = kind == Kind::Approval && hands_in_or_decides(&writes);
        self.upload.budget.judge(index.operations(), whole);
        let attempt = Attempt {
            principal,
            kind,
            schema: self.upload.schema,
            at_ms,
        };
        if let Err(rejected) = rules::judge(&attempt, &before, index, &writes) {
            return Ok(Err(Stop::Rejected(rejection::for_app(
                self.upload.schema,
                rejected,
            ))));
        }
        if self.is_new && !owner(kind, index).is_some_and(|owner| principal.sees(owner)) {
            return Ok(Err(Stop::Rejected(rejection::owner())));
        }
        Ok(Ok(writes))
    }

    /// Who the person was at a moment, and whose the document was; `None` when they did not see it then.
    fn rights_at(
        &self,
        reader: &dyn Reader,
        at_ms: u64,
    ) -> Result<Option<(Principal, PersonId)>, StoreError> {
        let now = &self.upload.caller.principal;
        let then = reader.principal_at(now.tenant, now.person, at_ms)?;
        let owner = reader.owner_at(now.tenant, self.section.document, at_ms)?;
        Ok(then.zip(owner).filter(|(then, owner)| then.sees(*owner)))
    }

    /// A document that these writes name and that nobody ever wrote: it has to come first.
    fn lacks(&self, reader: &dyn Reader, writes: &[Write]) -> Result<Option<DocumentId>, StoreError> {
        let tenant = self.upload.caller.principal.tenant;
        for write in writes {
            let Some(other) = named(self.section.kind, write) else {
                continue;
            };
            self.upload.budget.open(0);
            if other == self.section.document || self.upload.present.borrow().contains(&other) {
                continue;
            }
            if reader.document(tenant, other)?.is_none() {
                return Ok(Some(other));
            }
            self.upload.present.borrow_mut().insert(other);
        }
        Ok(None)
    }

    /// The section was read: was that all of it, and is the last operation the one that the sender means?
    fn end(&self, reader: SegmentReader<'_>, admitted: &mut Admitted) -> Option<Stop> {
        let last = admitted.changes.last().map(Change::hash);
        let rejected = match reader.finish() {
            Err(error) => rejection::operations(&error),
            Ok(()) if last.is_some_and(|hash| hash.0[..4] == self.section.check) => return None,
            Ok(()) => rejection::head_check(),
        };
        admitted.changes.clear();
        admitted.writes.clear();
        admitted.spoilt = true;
        Some(Stop::Rejected(rejected))
    }

    /// Not everything that does not read is wrong: something may have to come first, or the request is too much at once,
    /// with `room` for so many operations when the section was opened.
    fn unread(&self, error: &OperationsError, room: usize) -> Stop {
        let whole = Limits::default().budget(self.section.operations.len());
        match error {
            OperationsError::UnknownDependency(_) => Stop::WaitsOn(0),
            OperationsError::MissingPrevious(sequence) => Stop::WaitsOn(*sequence),
            error if error.is_of_segment_operations() && room < whole => Stop::Later,
            _ => Stop::Rejected(rejection::operations(error)),
        }
    }
}

/// The document that a write names, if it names one that has to be there.
fn named(kind: Kind, write: &Write) -> Option<DocumentId> {
    let Action::Put(ScalarValue::Str(id)) = &write.action else {
        return None;
    };
    let row = schema::find(kind, &write.path).filter(|row| row.refers);
    row.and_then(|_| id.parse().ok())
}

/// Is the whole draft or everything that was handed in compared with it?
fn hands_in_or_decides(writes: &[Write]) -> bool {
    writes.iter().any(|write| {
        let requests = ["submissions/[]", "withdrawals/[]", "decisions/[]", "handovers/[]"];
        matches!(write.action, Action::InsertMake(_)) && requests.contains(&write.path.as_str())
    })
}
