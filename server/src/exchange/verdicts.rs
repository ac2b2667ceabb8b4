use fieldbook_core::model::{DocumentId, InstallationKey};
use fieldbook_core::wire::{Blocker, Origin, Rejection, Section, SectionVerdict, Verdict};

use super::upload::Upload;
use crate::store::{ActorRow, QuarantineRow, StoreError, Writer};

/// Verdicts in one section at most; a phone never sends more operations in one.
pub(super) const MAX_COUNT: u32 = 10_000;
/// When a phone sends again what this request had no room for.
const LATER_MS: u64 = 30_000;
/// Refusals that are remembered of one installation. Honest phones cause a few; what a hostile one gains by more is
/// only that its own late messages are judged anew.
const MAX_REMEMBERED: u64 = 10_000;

/// Refusals of one installation after which no more of it is kept.
const MAX_QUARANTINED: u64 = 1_000;

/// The actor that a section's operations are by, as refusals are remembered.
pub(super) fn actor_row(upload: &Upload<'_>, section: &Section) -> ActorRow {
    let InstallationKey { public_key, epoch } = upload.writer(section);
    ActorRow {
        document: section.document,
        origin: Origin { public_key, epoch },
        rebase: section.rebase,
    }
}

/// The operation of the section's actor that was refused before. An honest phone has none: that is asked once.
pub(super) fn spent(
    writer: &dyn Writer,
    upload: &Upload<'_>,
    section: &Section,
) -> Result<Option<(u64, Rejection)>, StoreError> {
    if remembered(writer, upload, section)? == 0 {
        return Ok(None);
    }
    writer.refusal(upload.caller.principal.tenant, &actor_row(upload, section))
}

/// How many refusals of the section's installation are remembered.
fn remembered(writer: &dyn Writer, upload: &Upload<'_>, section: &Section) -> Result<u64, StoreError> {
    let installation = upload.writer(section);
    if let Some(remembered) = upload.remembered.borrow().get(&installation) {
        return Ok(*remembered);
    }
    let origin = actor_row(upload, section).origin;
    let remembered = writer.refusals(upload.caller.principal.tenant, &origin)?;
    upload.remembered.borrow_mut().insert(installation, remembered);
    Ok(remembered)
}

/// The verdict of a section whose operation after the first `stored` is refused; the refusal is remembered, so that the
/// same message, come again when it would be allowed, does not take effect behind the phone's back.
pub(super) fn refuse(
    writer: &mut dyn Writer,
    upload: &Upload<'_>,
    section: &Section,
    stored: u32,
    duplicate: u32,
    rejection: Rejection,
) -> Result<SectionVerdict, StoreError> {
    let (tenant, actor) = (upload.caller.principal.tenant, actor_row(upload, section));
    let remembered = remembered(writer, upload, section)?;
    upload
        .remembered
        .borrow_mut()
        .insert(upload.writer(section), remembered + 1);
    if remembered < MAX_REMEMBERED {
        let sequence = section.base + u64::from(stored) + 1;
        writer.refuse(tenant, &actor, sequence, &rejection)?;
    } else {
        tracing::warn!(device = %upload.caller.device, "too many refusals of one phone to remember more");
    }
    Ok(reject(section, stored, duplicate, rejection))
}

/// The same when a right had ended: the operations from there on are kept for a person to look at.
pub(super) fn quarantine(
    writer: &mut dyn Writer,
    upload: &Upload<'_>,
    section: &Section,
    stored: u32,
    duplicate: u32,
    rejection: Rejection,
) -> Result<SectionVerdict, StoreError> {
    let (tenant, origin) = (upload.caller.principal.tenant, actor_row(upload, section).origin);
    if writer.refusals(tenant, &origin)? < MAX_QUARANTINED {
        let row = QuarantineRow {
            number: 0,
            person: upload.caller.principal.person,
            device: upload.caller.device,
            document: section.document,
            kind: section.kind,
            origin,
            rebase: section.rebase,
            base: section.base,
            count: section.count,
            operations: section.operations.to_vec(),
            sequence: section.base + u64::from(stored) + 1,
            received_ms: u64::try_from(upload.now.timestamp_millis()).unwrap_or(0),
            rejection: rejection.clone(),
        };
        writer.quarantine(tenant, &row)?;
    }
    refuse(writer, upload, section, stored, duplicate, rejection)
}

/// The same for a refusal that was remembered before, or holds for ever anyway.
pub(super) fn reject(section: &Section, stored: u32, duplicate: u32, rejection: Rejection) -> SectionVerdict {
    first_then_waiting(section, stored, duplicate, Verdict::Rejected(rejection))
}

/// The operations after the first `stored` are not looked at in this request.
pub(super) fn later(section: &Section, stored: u32, duplicate: u32) -> SectionVerdict {
    let first = Verdict::Transient {
        retry_after_ms: LATER_MS,
    };
    first_then_waiting(section, stored, duplicate, first)
}

/// The operations after the first `stored` build on what is not here: the operation `sequence` of the same actor, or of
/// others for 0.
pub(super) fn wait(section: &Section, stored: u32, duplicate: u32, sequence: u64) -> SectionVerdict {
    let blocker = Blocker {
        document: section.document,
        sequence,
    };
    SectionVerdict {
        stored,
        duplicate,
        rest: vec![Verdict::WaitsOn(blocker); left(section, stored) as usize],
        seal: None,
    }
}

/// The operations after the first `stored` name another document that is not here, whatever makes it.
pub(super) fn lacks(section: &Section, stored: u32, duplicate: u32, document: DocumentId) -> SectionVerdict {
    let blocker = Blocker {
        document,
        sequence: 0,
    };
    SectionVerdict {
        stored,
        duplicate,
        rest: vec![Verdict::WaitsOn(blocker); left(section, stored) as usize],
        seal: None,
    }
}

fn first_then_waiting(section: &Section, stored: u32, duplicate: u32, first: Verdict) -> SectionVerdict {
    let sequence = section.base + u64::from(stored) + 1;
    let mut rest = vec![first];
    rest.extend(waiting(
        section,
        sequence,
        left(section, stored).saturating_sub(1),
    ));
    SectionVerdict {
        stored,
        duplicate,
        rest,
        seal: None,
    }
}

fn left(section: &Section, stored: u32) -> u32 {
    section.count.min(MAX_COUNT).saturating_sub(stored)
}

fn waiting(section: &Section, sequence: u64, count: u32) -> Vec<Verdict> {
    let blocker = Blocker {
        document: section.document,
        sequence,
    };
    vec![Verdict::WaitsOn(blocker); count as usize]
}
