use automerge::{Change, ExpandedChange};
use fieldbook_core::document::rebuild;
use fieldbook_core::document::view::owner;
use fieldbook_core::gate::{Action, DocumentIndex, Write};
use fieldbook_core::model::{DocumentId, InstallationKey, Kind, PersonId, derive_actor};
use fieldbook_core::rules::{self, Before};
use fieldbook_core::wire::operations::{self, Limits, Reader as SegmentReader};
use fieldbook_core::wire::{Blocker, Origin, Rejection, Section, SectionVerdict, Verdict};

use super::rejection;
use super::upload::{Grown, Upload};
use crate::rulings;
use crate::store::{ActorRow, DocumentRow, NewSegment, Reader, StoreError, Writer};

/// Verdicts in one section at most; a phone never sends more operations in one.
const MAX_COUNT: u32 = 10_000;

/// What a section did to the index of its document.
struct Admitted {
    changes: Vec<Change>,
    writes: Vec<Write>,
    rejected: Option<Rejection>,
}

/// Takes one section: checks, stores and answers it. Other sections are not touched by what is wrong here.
pub(super) fn take(
    writer: &mut dyn Writer,
    upload: &Upload<'_>,
    section: &Section,
    grown: &mut Vec<Grown>,
) -> Result<SectionVerdict, StoreError> {
    let tenant = upload.caller.principal.tenant;
    if section.count == 0 || section.count > MAX_COUNT {
        return refuse(
            writer,
            upload,
            section,
            0,
            0,
            rejection::count(section.count, MAX_COUNT),
        );
    }
    if let Some((sequence, rejection)) = writer.refusal(tenant, &actor_of(upload, section))?
        && let Some(stored) = spent(section, sequence)
    {
        return Ok(reject(section, stored, stored, rejection));
    }
    let row = writer.document(tenant, section.document)?;
    if let Some(rejection) = foreign(upload, section, row.as_ref()) {
        return refuse(writer, upload, section, 0, 0, rejection);
    }
    let mut index = load(writer, upload, section.document, row.as_ref())?;
    let actor = derive_actor(&upload.caller.installation, section.document, section.rebase);
    let known = index.sequence(&actor);
    if section.base > known {
        // The phone believes that we have more of it than we do: it offers again from what is missing.
        let missing = Blocker {
            document: section.document,
            sequence: known + 1,
        };
        return Ok(SectionVerdict {
            rest: waiting(&missing, section.count),
            ..SectionVerdict::default()
        });
    }
    let last = section.base + u64::from(section.count);
    if last <= known {
        let same = index
            .hash_of(&actor, last)
            .is_some_and(|hash| hash.0[..4] == section.check);
        return Ok(if same {
            SectionVerdict {
                stored: section.count,
                duplicate: section.count,
                rest: Vec::new(),
            }
        } else {
            reject(section, 0, 0, rejection::equivocation(last))
        });
    }
    let before_any = index.is_empty();
    let admitted = admit(upload, section, &mut index, known, row.as_ref());
    if before_any && admitted.changes.is_empty() {
        // Nothing of a new document stands.
        let rejected = admitted
            .rejected
            .unwrap_or_else(|| rejection::count(0, MAX_COUNT));
        return refuse(writer, upload, section, 0, 0, rejected);
    }
    finish(writer, upload, section, row, index, known, admitted, grown)
}

/// A document that the caller may not see answers as one that does not exist.
fn foreign(upload: &Upload<'_>, section: &Section, row: Option<&DocumentRow>) -> Option<Rejection> {
    match row {
        Some(row) if !upload.caller.principal.sees(row.owner) => Some(rejection::unknown(section.kind)),
        Some(row) if row.kind != section.kind => Some(rejection::kind(row.kind, section.kind)),
        None if section.base > 0 => Some(rejection::unknown(section.kind)),
        _ => None,
    }
}

fn load(
    reader: &dyn Reader,
    upload: &Upload<'_>,
    document: DocumentId,
    row: Option<&DocumentRow>,
) -> Result<DocumentIndex, StoreError> {
    let tenant = upload.caller.principal.tenant;
    let Some(row) = row else {
        return Ok(DocumentIndex::new());
    };
    match upload.cache.take(tenant, document, row.last) {
        Some(index) => Ok(index),
        None => read_index(reader, tenant, document),
    }
}

/// Reads a document's index from its stored segments.
pub(crate) fn read_index(
    reader: &dyn Reader,
    tenant: fieldbook_core::model::TenantId,
    document: DocumentId,
) -> Result<DocumentIndex, StoreError> {
    let damaged = |detail: String| StoreError::damaged_document(document, detail);
    let mut index = DocumentIndex::new();
    for row in reader.segments(tenant, document, 0)? {
        let installation = InstallationKey {
            public_key: row.origin.public_key,
            epoch: row.origin.epoch,
        };
        let actor = derive_actor(&installation, document, row.rebase);
        let limits = Limits::default();
        let mut segment = SegmentReader::new(&row.operations, actor, row.base, row.count, &limits)
            .map_err(|error| damaged(error.to_string()))?;
        while let Some(change) = segment.next(&index).map_err(|error| damaged(error.to_string()))? {
            index
                .admit(&change)
                .map_err(|refusal| damaged(refusal.to_string()))?;
            index.seal(rebuild(change).1);
        }
    }
    Ok(index)
}

/// Decode → gate → rules, operation by operation, until one is refused. The index is spoilt then.
fn admit(
    upload: &Upload<'_>,
    section: &Section,
    index: &mut DocumentIndex,
    known: u64,
    row: Option<&DocumentRow>,
) -> Admitted {
    let mut admitted = Admitted {
        changes: Vec::new(),
        writes: Vec::new(),
        rejected: None,
    };
    let actor = derive_actor(&upload.caller.installation, section.document, section.rebase);
    let limits = Limits::default();
    let mut reader =
        match SegmentReader::new(&section.operations, actor, section.base, section.count, &limits) {
            Ok(reader) => reader,
            Err(error) => {
                admitted.rejected = Some(rejection::operations(&error));
                return admitted;
            }
        };
    loop {
        let change = match reader.next(index) {
            Ok(Some(change)) => change,
            Ok(None) => break,
            Err(error) => {
                admitted.rejected = Some(rejection::operations(&error));
                return admitted;
            }
        };
        if reader.operations() > upload.operations_left.get() {
            admitted.rejected = Some(rejection::too_many());
            return admitted;
        }
        if change.seq <= known {
            continue;
        }
        if let Err(rejected) = admit_one(upload, section.kind, index, change, row, &mut admitted) {
            admitted.rejected = Some(rejected);
            return admitted;
        }
    }
    upload
        .operations_left
        .set(upload.operations_left.get().saturating_sub(reader.operations()));
    if let Err(error) = reader.finish() {
        admitted.rejected = Some(rejection::operations(&error));
        admitted.changes.clear();
    } else if admitted
        .changes
        .last()
        .is_none_or(|last| last.hash().0[..4] != section.check)
    {
        admitted.rejected = Some(rejection::head_check());
        admitted.changes.clear();
    }
    admitted
}

fn admit_one(
    upload: &Upload<'_>,
    kind: Kind,
    index: &mut DocumentIndex,
    change: ExpandedChange,
    row: Option<&DocumentRow>,
    admitted: &mut Admitted,
) -> Result<(), Rejection> {
    let principal = &upload.caller.principal;
    let before = Before::of(kind, index);
    let writes = index
        .admit(&change)
        .map_err(|refusal| rejection::gate(&refusal))?;
    rules::judge(principal, kind, upload.schema, &before, index, &writes)?;
    if row.is_none() && !owner(kind, index).is_some_and(|owner| principal.sees(owner)) {
        return Err(rejection::owner());
    }
    let (change, hash) = rebuild(change);
    index.seal(hash);
    admitted.changes.push(change);
    admitted.writes.extend(writes);
    Ok(())
}

/// Stores what stands and writes the verdict.
#[expect(
    clippy::too_many_arguments,
    reason = "the last step of one walk; splitting it would hide the order"
)]
fn finish(
    writer: &mut dyn Writer,
    upload: &Upload<'_>,
    section: &Section,
    row: Option<DocumentRow>,
    mut index: DocumentIndex,
    known: u64,
    admitted: Admitted,
    grown: &mut Vec<Grown>,
) -> Result<SectionVerdict, StoreError> {
    let Admitted {
        changes,
        writes,
        rejected,
    } = admitted;
    let duplicate = u32::try_from(known - section.base).unwrap_or(u32::MAX);
    let new = u32::try_from(changes.len()).unwrap_or(u32::MAX);
    let spoilt = rejected.is_some();
    let verdict = match rejected {
        Some(rejection) => refuse(writer, upload, section, duplicate + new, duplicate, rejection)?,
        None => SectionVerdict {
            stored: section.count,
            duplicate,
            rest: Vec::new(),
        },
    };
    if new == 0 {
        return Ok(verdict);
    }
    if spoilt {
        // What was admitted before the refused operation stands: read it again on a clean index.
        index = load(writer, upload, section.document, row.as_ref())?;
        for change in &changes {
            index
                .admit(&change.decode())
                .map_err(|refusal| StoreError::damaged_document(section.document, refusal.to_string()))?;
            index.seal(change.hash());
        }
    }
    let verbatim = duplicate == 0 && !spoilt;
    let operations = if verbatim {
        section.operations.to_vec()
    } else {
        encode(section, &index, known, &changes)?
    };
    let owner = row.map_or_else(|| owner(section.kind, &index), |row| Some(row.owner));
    let owner: PersonId = owner.unwrap_or(upload.caller.principal.person);
    let tenant = upload.caller.principal.tenant;
    let segment = NewSegment {
        device: Some(upload.caller.device),
        origin: Origin {
            public_key: upload.caller.installation.public_key,
            epoch: upload.caller.installation.epoch,
        },
        rebase: section.rebase,
        base: known,
        count: new,
        operations: &operations,
        received_ms: u64::try_from(upload.now.timestamp_millis()).unwrap_or(0),
    };
    let mut last = writer.append(tenant, section.document, section.kind, owner, &segment)?;
    if section.kind == Kind::Approval
        && decides(&writes)
        && let Some(sequence) = rulings::rule(
            writer,
            upload.caller,
            section.document,
            owner,
            &mut index,
            upload.now,
        )?
    {
        last = sequence;
    }
    grown.push((section.document, last, index));
    Ok(verdict)
}

fn encode(
    section: &Section,
    index: &DocumentIndex,
    known: u64,
    changes: &[Change],
) -> Result<Vec<u8>, StoreError> {
    let expanded: Vec<ExpandedChange> = changes.iter().map(Change::decode).collect();
    let hashes: Vec<_> = changes.iter().map(Change::hash).collect();
    let before = expanded
        .first()
        .and_then(|first| index.hash_of(&first.actor_id, known));
    operations::encode(&expanded, &hashes, before, &|hash| index.max_op(hash))
        .map_err(|error| StoreError::damaged_document(section.document, error.to_string()))
}

fn decides(writes: &[Write]) -> bool {
    writes
        .iter()
        .any(|write| write.path == "decisions/[]" && matches!(write.action, Action::InsertMake(_)))
}

fn actor_of(upload: &Upload<'_>, section: &Section) -> ActorRow {
    let InstallationKey { public_key, epoch } = upload.caller.installation;
    ActorRow {
        document: section.document,
        origin: Origin { public_key, epoch },
        rebase: section.rebase,
    }
}

/// How many operations of a section come before one whose sequence number was spent on a refusal; `None` when the
/// section ends before it.
fn spent(section: &Section, sequence: u64) -> Option<u32> {
    let last = section.base + u64::from(section.count);
    (last >= sequence).then(|| u32::try_from(sequence.saturating_sub(section.base + 1)).unwrap_or(0))
}

/// The verdict of a section whose operation after the first `stored` is refused; the refusal is remembered, so that the
/// same message, come again when it would be allowed, does not take effect behind the phone's back.
fn refuse(
    writer: &mut dyn Writer,
    upload: &Upload<'_>,
    section: &Section,
    stored: u32,
    duplicate: u32,
    rejection: Rejection,
) -> Result<SectionVerdict, StoreError> {
    let sequence = section.base + u64::from(stored) + 1;
    writer.refuse(
        upload.caller.principal.tenant,
        &actor_of(upload, section),
        sequence,
        &rejection,
    )?;
    Ok(reject(section, stored, duplicate, rejection))
}

fn reject(section: &Section, stored: u32, duplicate: u32, rejection: Rejection) -> SectionVerdict {
    let sequence = section.base + u64::from(stored) + 1;
    let blocker = Blocker {
        document: section.document,
        sequence,
    };
    let left = section.count.min(MAX_COUNT).saturating_sub(stored);
    let mut rest = vec![Verdict::Rejected(rejection)];
    rest.extend(waiting(&blocker, left.saturating_sub(1)));
    SectionVerdict {
        stored,
        duplicate,
        rest,
    }
}

fn waiting(blocker: &Blocker, count: u32) -> Vec<Verdict> {
    (0..count.min(MAX_COUNT))
        .map(|_| Verdict::WaitsOn(blocker.clone()))
        .collect()
}
