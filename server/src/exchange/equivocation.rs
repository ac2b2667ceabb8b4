use automerge::Change;
use fieldbook_core::document::rebuild;
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::wire::operations::{Limits, Reader as SegmentReader};
use fieldbook_core::wire::{Section, SectionVerdict};
use sha2::{Digest, Sha256};

use super::upload::Upload;
use super::{rejection, stored, verdicts};
use crate::clock::unix_ms;
use crate::store::{EquivocationRow, StoreError, Writer};

/// Evidence that is kept of one installation: the first few prove it.
const MAX_RECORDED: u64 = 100;
/// Bytes of a section that are kept with it.
const MAX_OPERATIONS: usize = 64 << 10;

/// The first place where a section that repeats what is stored tells another story.
struct Equivocation {
    sequence: u64,
    stored: [u8; 32],
    /// The other operation's hash; of the section as it came when that operation does not fit here at all.
    claimed: [u8; 32],
}

/// Two operations under one name: says so when a section that begins with what is stored holds other operations under the
/// same sequence numbers. Both hashes are recorded, and the operator is told.
///
/// A copied or restored phone comes to this by honest accident. It hears which operations stand and that the first
/// other one is refused; it makes that one and the later ones anew under a new name, and nothing is lost. What a copy
/// means for the installation as a whole is not decided here.
pub(super) fn examine(
    writer: &mut dyn Writer,
    upload: &Upload<'_>,
    section: &Section,
) -> Result<Option<SectionVerdict>, StoreError> {
    let Some(found) = find(writer, upload, section)? else {
        return Ok(None);
    };
    record(writer, upload, section, &found)?;
    let same = u32::try_from(found.sequence - 1 - section.base).unwrap_or(u32::MAX);
    let rejection = rejection::equivocation(found.sequence);
    Ok(Some(verdicts::reject(section, same, same, rejection)))
}

fn find(
    writer: &dyn Writer,
    upload: &Upload<'_>,
    section: &Section,
) -> Result<Option<Equivocation>, StoreError> {
    let (document, actor) = (section.document, upload.actor(section));
    let rows = stored::segments(writer, upload.caller.principal.tenant, document)?;
    let mut changes = Vec::new();
    let index = stored::read_segments(document, &rows, |change| changes.push(change))?;
    upload.budget.read_again(2 * index.effort());
    let mut past = before(&changes, |change| {
        *change.actor_id() == actor && change.seq() > section.base
    });
    let limits = Limits::default();
    let opened = SegmentReader::new(
        &section.operations,
        actor.clone(),
        section.base,
        section.count,
        &limits,
    );
    let Ok(mut reader) = opened else {
        return Ok(None);
    };
    let known = index
        .sequence(&actor)
        .min(section.base + u64::from(section.count));
    for sequence in section.base + 1..=known {
        let Some(stored) = index.hash_of(&actor, sequence) else {
            break;
        };
        let claimed = match reader.next(&past) {
            Ok(Some(change)) if past.admit(&change).is_ok() => rebuild(change).1,
            _ => {
                return Ok(Some(Equivocation {
                    sequence,
                    stored: stored.0,
                    claimed: Sha256::digest(&*section.operations).into(),
                }));
            }
        };
        if claimed != stored {
            return Ok(Some(Equivocation {
                sequence,
                stored: stored.0,
                claimed: claimed.0,
            }));
        }
        past.seal(claimed);
    }
    Ok(None)
}

/// The index without some changes and all that build on them.
fn before(changes: &[Change], is_left_out: impl Fn(&Change) -> bool) -> DocumentIndex {
    let mut past = DocumentIndex::new();
    for change in changes {
        let fits = !is_left_out(change) && change.deps().iter().all(|hash| past.knows(hash));
        if fits && past.admit(&change.decode()).is_ok() {
            past.seal(change.hash());
        }
    }
    past
}

fn record(
    writer: &mut dyn Writer,
    upload: &Upload<'_>,
    section: &Section,
    found: &Equivocation,
) -> Result<(), StoreError> {
    let (tenant, actor) = (
        upload.caller.principal.tenant,
        verdicts::actor_row(upload, section),
    );
    let is_short = section.operations.len() <= MAX_OPERATIONS;
    let row = EquivocationRow {
        actor,
        sequence: found.sequence,
        stored: found.stored,
        claimed: found.claimed,
        device: upload.caller.device,
        received_ms: unix_ms(upload.now),
        operations: if is_short {
            section.operations.to_vec()
        } else {
            Vec::new()
        },
    };
    let is_new = writer.equivocations_of(tenant, &actor.origin)? < MAX_RECORDED
        && writer.record_equivocation(tenant, &row)?;
    if is_new {
        tracing::warn!(
            event = "equivocation",
            device = %row.device,
            person = %upload.caller.principal.person,
            document = %section.document,
            sequence = found.sequence,
            stored = hex::encode(found.stored),
            claimed = hex::encode(found.claimed),
            "two operations under one name: the installation was copied or restored, or its key is in other hands"
        );
    }
    Ok(())
}
