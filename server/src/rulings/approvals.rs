//! What follows from rulings on approvals beyond their documents: who may see them, which receipts are spent, and which
//! have to be ruled on again when the organisation changes.

use chrono::{DateTime, Utc};
use fieldbook_core::document::command::Decision;
use fieldbook_core::document::view::{ApprovalView, End};
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{DocumentId, TenantId};
use fieldbook_core::rulings::receipt_keys;

use super::{Case, Memory, rule};
use crate::exchange::{contain, read_index};
use crate::store::{Reader, Result, Upkeep, Writer};

/// Approvals that are ruled on again in one write at most, so that no phone waits for long.
const BATCH: usize = 64;
/// What reading them may cost, as [`DocumentIndex::effort`] counts: beyond it the next write goes on. An honest approval costs some
/// hundred steps, a hostile one 200,000.
pub(crate) const EFFORT: usize = 50_000;

/// Where a ruling comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Came {
    /// It was made just now.
    Now,
    /// Phones hand it back after a restore.
    Back,
}

/// Brings the store in step with an approval that was just ruled on.
pub(crate) fn settle(
    writer: &mut dyn Writer,
    tenant: TenantId,
    document: DocumentId,
    index: &DocumentIndex,
    came: Came,
) -> Result<()> {
    let Ok(view) = ApprovalView::read(index) else {
        return Ok(());
    };
    release(writer, tenant, document, &view)?;
    writer.share(tenant, document, &view.course.reach)?;
    writer.set_open(tenant, document, view.course.is_open())?;
    // Also of a round that ended at once because nobody had to be asked. What went back at once was never handed in.
    let stands = match view.course.end {
        None => view.course.is_open(),
        Some(End::Decided(Decision::Approve)) => true,
        Some(_) => !view.course.asked.is_empty(),
    };
    if stands && view.revision == view.course.revision {
        // Numbers of rulings come in the order in which the receipts were claimed, whoever hands them back first.
        let place = (came == Came::Back).then_some(view.course.opened);
        writer.put_receipts(tenant, document, &keys(&view), place)?;
    }
    Ok(())
}

/// Forgets receipts whose lines an applicant removed or changed since the request was handed in. As long as a line names it, the
/// receipt is claimed, as on the phone: also by a request that was withdrawn, rejected or sent back.
pub(super) fn changed(
    writer: &mut dyn Writer,
    tenant: TenantId,
    document: DocumentId,
    index: &DocumentIndex,
) -> Result<()> {
    match ApprovalView::read(index) {
        Ok(view) => release(writer, tenant, document, &view),
        Err(_) => Ok(()),
    }
}

fn release(
    writer: &mut dyn Writer,
    tenant: TenantId,
    document: DocumentId,
    view: &ApprovalView,
) -> Result<()> {
    // What was approved is paid, whatever its lines say later.
    if view.course.end == Some(End::Decided(Decision::Approve)) {
        return Ok(());
    }
    writer.keep_receipts(tenant, document, &keys(view))
}

fn keys(view: &ApprovalView) -> Vec<String> {
    receipt_keys(view).into_iter().map(|(_, key)| key).collect()
}

/// Has the organisation changed, or has a delegation begun or ended, since all open approvals were ruled on?
pub(crate) fn is_due(reader: &dyn Reader, tenant: TenantId, now: DateTime<Utc>) -> Result<bool> {
    let upkeep = reader.upkeep(tenant)?;
    let due = upkeep.again_ms > 0 && upkeep.again_ms <= millis(now);
    Ok(due || upkeep.reached.is_some() || upkeep.version != reader.reference_version(tenant)?)
}

/// Rules on the next open approvals again: whoever left or moved gives up the seat, whoever came gets one.
pub(crate) fn keep_up(writer: &mut dyn Writer, tenant: TenantId, now: DateTime<Utc>) -> Result<()> {
    let upkeep = writer.upkeep(tenant)?;
    let open = writer.open_approvals(tenant, upkeep.reached, BATCH)?;
    let memory = Memory::default();
    let (mut effort, mut read) = (0, 0);
    for document in &open {
        let ruled = rule_again(writer, tenant, *document, &memory, now);
        effort += contain(writer, tenant, *document, millis(now), ruled)?.unwrap_or(0);
        read += 1;
        if effort > EFFORT {
            break;
        }
    }
    let is_all = read == open.len() && open.len() < BATCH;
    let reached = open
        .get(..read)
        .and_then(<[_]>::last)
        .filter(|_| !is_all)
        .copied();
    if reached.is_some() {
        return writer.set_upkeep(tenant, &Upkeep { reached, ..upkeep });
    }
    let upkeep = Upkeep {
        version: writer.reference_version(tenant)?,
        again_ms: next_change(writer, tenant, millis(now))?,
        reached: None,
    };
    writer.set_upkeep(tenant, &upkeep)
}

/// Rules on one document again, if there is anything to rule. Answers what it cost to read.
pub(crate) fn rule_again(
    writer: &mut dyn Writer,
    tenant: TenantId,
    document: DocumentId,
    memory: &Memory,
    now: DateTime<Utc>,
) -> Result<usize> {
    let Some(row) = writer.document(tenant, document)? else {
        return Ok(0);
    };
    let mut index = read_index(writer, tenant, document)?;
    let case = Case {
        tenant,
        document,
        kind: row.kind,
        owner: row.owner,
    };
    rule(writer, case, &mut index, memory, now)?;
    Ok(index.effort())
}

/// When a delegation begins or ends next; 0 for never.
fn next_change(reader: &dyn Reader, tenant: TenantId, now_ms: u64) -> Result<u64> {
    let delegations = reader.delegations(tenant, now_ms)?;
    let moments = delegations.iter().flat_map(|it| [it.since_ms, it.until_ms]);
    Ok(moments.filter(|moment| *moment > now_ms).min().unwrap_or(0))
}

fn millis(now: DateTime<Utc>) -> u64 {
    u64::try_from(now.timestamp_millis()).unwrap_or(0)
}
