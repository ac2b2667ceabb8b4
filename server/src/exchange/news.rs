use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use fieldbook_core::model::{DocumentId, Kind, PersonId};
use fieldbook_core::wire::{Cursor, Lane, News, Origin, Reference, ScopeMark, Segment};

use super::Caller;
use super::scope::Plan;
use crate::store::{LogRow, Reader, SegmentRow, StoreError, Viewer};

/// The least and the most a phone may ask for in one answer, in bytes of operations.
const BUDGET: (u32, u32) = (16 << 10, 4 << 20);
/// What arrived longer ago goes out without a seal, in milliseconds: 35 days, more than the age of the oldest backup that
/// a server is restored from.
const SEALED_MS: u64 = 35 * 24 * 3600 * 1000;

/// What the phone lacks.
#[derive(Debug)]
pub(super) struct Collected {
    pub(super) origins: Vec<Origin>,
    pub(super) documents: Vec<News>,
    pub(super) forget: Vec<DocumentId>,
    pub(super) reference: Option<Reference>,
    pub(super) cursor: Cursor,
    pub(super) more: bool,
    /// Where the log ends, when there is more.
    pub(super) head: Option<u64>,
}

impl Collected {
    /// The phone removes these documents, too.
    pub(super) fn forget(&mut self, documents: BTreeSet<DocumentId>) {
        if !documents.is_empty() {
            self.forget.extend(documents);
            self.forget.sort_unstable();
            self.forget.dedup();
        }
    }
}

/// Reads the log for this caller, from the plan's cursor, within the phone's budget.
pub(super) fn collect(
    reader: &dyn Reader,
    caller: &Caller,
    plan: &Plan,
    budget: u32,
    reference: u64,
    now: DateTime<Utc>,
) -> Result<Collected, StoreError> {
    let tenant = caller.principal.tenant;
    let budget = budget.clamp(BUDGET.0, BUDGET.1) as usize;
    let now_ms = u64::try_from(now.timestamp_millis()).unwrap_or(0);
    let mut page = Page::new(caller, plan.whole, budget, now_ms.saturating_sub(SEALED_MS));
    let (cursor, more) = match &plan.cursor.scope.lane {
        Some(lane) => read_lane(reader, caller, plan, lane, &mut page)?,
        None => read_log(reader, caller, plan, &mut page)?,
    };
    let mut forget: BTreeSet<DocumentId> = reader.documents_of(tenant, &plan.lost)?.into_iter().collect();
    if plan.cursor.sequence > 0 {
        // Also what has left those who are out of sight since: it is not among theirs any more.
        let held: Vec<PersonId> = plan.people.iter().chain(&plan.lost).copied().collect();
        forget.extend(reader.moved_away(tenant, &held, plan.cursor.sequence)?);
    }
    if !forget.is_empty() {
        for shared in reader.documents_shared(tenant, caller.principal.person)? {
            forget.remove(&shared);
        }
    }
    let version = reader.reference_version(tenant)?;
    let reference = if version == reference {
        None
    } else {
        Some(reader.reference(tenant, caller.principal.person)?)
    };
    let head = if more {
        Some(reader.head(tenant)?.sequence)
    } else {
        None
    };
    Ok(Collected {
        head,
        origins: page.origins,
        documents: page.documents,
        forget: forget.into_iter().collect(),
        reference,
        cursor,
        more,
    })
}

/// The documents of people who came into scope, up to where the main lane stands.
fn read_lane(
    reader: &dyn Reader,
    caller: &Caller,
    plan: &Plan,
    lane: &Lane,
    page: &mut Page<'_>,
) -> Result<(Cursor, bool), StoreError> {
    page.whole = true;
    let tenant = caller.principal.tenant;
    let rows = reader.log_after(tenant, &plan.gained, lane.sequence, lane.until, page.budget)?;
    let added = page.add_rows(reader, rows, lane.sequence)?;
    let lane = added.is_full.then(|| Lane {
        sequence: added.reached,
        ..lane.clone()
    });
    let scope = ScopeMark {
        people: plan.cursor.scope.people,
        lane,
    };
    // Behind the lane the log goes on.
    Ok((
        Cursor {
            scope,
            ..plan.cursor.clone()
        },
        true,
    ))
}

fn read_log(
    reader: &dyn Reader,
    caller: &Caller,
    plan: &Plan,
    page: &mut Page<'_>,
) -> Result<(Cursor, bool), StoreError> {
    let tenant = caller.principal.tenant;
    let head = reader.head(tenant)?;
    if head.sequence == plan.cursor.sequence {
        return Ok((plan.cursor.clone(), false));
    }
    let after = plan.cursor.sequence;
    let viewer = Viewer {
        person: caller.principal.person,
        people: &plan.people,
        but: (!plan.whole).then_some(caller.device),
    };
    let rows = reader.log_seen(tenant, &viewer, after, head.sequence, page.budget)?;
    let Added { reached, is_full } = page.add_rows(reader, rows, after)?;
    let more = is_full && reached < head.sequence;
    let (sequence, hash) = if more {
        (reached, reader.log_hash(tenant, reached)?.unwrap_or_default())
    } else {
        (head.sequence, head.hash)
    };
    let mut log_hash = [0; 8];
    log_hash.copy_from_slice(&hash[..8]);
    let cursor = Cursor {
        sequence,
        log_hash,
        ..plan.cursor.clone()
    };
    Ok((cursor, more))
}

/// How far rows went into a page.
#[derive(Clone, Copy, Debug)]
struct Added {
    /// The sequence of the last row that is in it, with all before.
    reached: u64,
    /// There may be more rows than these.
    is_full: bool,
}

/// One answer's documents, in the order in which the log first names them.
#[derive(Debug)]
struct Page<'a> {
    caller: &'a Caller,
    /// The phone may hold nothing of these documents any more, not even what it wrote itself.
    whole: bool,
    /// What arrived before needs no seal.
    sealed_from_ms: u64,
    origins: Vec<Origin>,
    documents: Vec<News>,
    place: BTreeMap<DocumentId, usize>,
    /// How many bytes of operations go in, and one row or one document more.
    budget: usize,
    bytes: usize,
}

impl<'a> Page<'a> {
    fn new(caller: &'a Caller, whole: bool, budget: usize, sealed_from_ms: u64) -> Self {
        Self {
            caller,
            whole,
            sealed_from_ms,
            origins: Vec::new(),
            documents: Vec::new(),
            place: BTreeMap::new(),
            budget,
            bytes: 0,
        }
    }

    /// Adds log rows, which were read up to the budget, until it is reached. A phone refuses an answer that is too large, so what
    /// a row brings with it counts like the row; the next answer goes on behind the last row.
    fn add_rows(&mut self, reader: &dyn Reader, rows: Vec<LogRow>, after: u64) -> Result<Added, StoreError> {
        let tenant = self.caller.principal.tenant;
        let read: usize = rows.iter().map(|row| row.segment.operations.len()).sum();
        let (mut reached, mut whole) = (after, BTreeSet::new());
        for row in rows {
            if self.bytes >= self.budget {
                return Ok(Added {
                    reached,
                    is_full: true,
                });
            }
            reached = reached.max(row.segment.sequence);
            if row.moved && whole.insert(row.document) {
                // It came from outside this phone's scope, so the phone has nothing of it. What is younger comes along: this
                // phone may have written it and removed the document since.
                for segment in reader.segments(tenant, row.document, 0)? {
                    self.add(row.document, row.kind, segment);
                }
            }
            let is_own = row.segment.device == Some(self.caller.device);
            if !whole.contains(&row.document) && (self.whole || !is_own) {
                self.add(row.document, row.kind, row.segment);
            }
        }
        Ok(Added {
            reached,
            is_full: read >= self.budget,
        })
    }

    fn add(&mut self, document: DocumentId, kind: Kind, row: SegmentRow) {
        self.bytes += row.operations.len();
        let origin = match self.origins.iter().position(|known| *known == row.origin) {
            Some(at) => at,
            None => {
                self.origins.push(row.origin);
                self.origins.len() - 1
            }
        };
        let place = *self.place.entry(document).or_insert_with(|| {
            self.documents.push(News {
                document,
                kind,
                segments: Vec::new(),
            });
            self.documents.len() - 1
        });
        self.documents[place].segments.push(Segment {
            origin: u32::try_from(origin).unwrap_or(u32::MAX),
            rebase: row.rebase,
            base: row.base,
            count: row.count,
            operations: row.operations.into(),
            seal: (row.received_ms >= self.sealed_from_ms).then_some(row.seal),
        });
    }
}
