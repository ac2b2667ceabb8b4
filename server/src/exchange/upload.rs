use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use automerge::ActorId;
use chrono::{DateTime, Utc};
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{DocumentId, InstallationKey, derive_actor};
use fieldbook_core::time::JUMP_TOLERANCE_MS;
use fieldbook_core::wire::{Heard, Section, SectionVerdict, Testimony};

use super::budget::Budget;
use super::proof::Proving;
use super::verify::Signature;
use super::{Caller, IndexCache};
use super::{contain, section, testimony, verdicts};
use crate::clock::unix_ms;
use crate::recovery::Hold;
use crate::rulings::Memory;
use crate::store::{FutureRow, ServerRow, Store, StoreError, Writer};

/// What one upload is taken with.
pub(super) struct Upload<'a> {
    pub(super) cache: &'a IndexCache,
    pub(super) caller: &'a Caller,
    /// This server, whose seals go out.
    pub(super) server: &'a ServerRow,
    /// Do rulings wait?
    pub(super) hold: Hold,
    pub(super) schema: u32,
    pub(super) now: DateTime<Utc>,
    /// What the rest of this request may cost.
    pub(super) budget: Budget,
    /// How many refusals of an installation are remembered, once somebody asked.
    pub(super) remembered: RefCell<BTreeMap<InstallationKey, u64>>,
    /// What proves who sent it.
    pub(super) proving: Proving,
    /// What rulings have asked of the organisation.
    pub(super) office: Memory,
    /// Documents that are known to be stored.
    pub(super) present: RefCell<BTreeSet<DocumentId>>,
    /// Documents that the caller wrote in time and does not see any more: the phone removes them.
    pub(super) unseen: RefCell<BTreeSet<DocumentId>>,
    /// The latest date in the present section, in milliseconds since 1970.
    pub(super) latest: Cell<i64>,
}

impl Upload<'_> {
    /// When an operation was written, in milliseconds since 1970, as far as the server believes its date: never after now,
    /// and not before the last contact when nothing waited on the phone then.
    pub(super) fn moment(&self, time_ms: i64) -> u64 {
        let now_ms = u64::try_from(self.now.timestamp_millis()).unwrap_or(0);
        let claimed = u64::try_from(time_ms).unwrap_or(0);
        claimed.max(self.caller.drained_ms).min(now_ms)
    }

    /// The actor of a section; derived, never sent.
    pub(super) fn actor(&self, section: &Section) -> ActorId {
        derive_actor(&self.writer(section), section.document, section.rebase)
    }

    /// The installation that wrote a section. Who was copied from nobody has no other.
    pub(super) fn writer(&self, section: &Section) -> InstallationKey {
        match self.caller.former {
            Some(former) if section.former => former,
            _ => self.caller.installation,
        }
    }
}

/// Indexes as of a sequence, to be cached once the commit stands.
pub(super) type Grown = BTreeMap<DocumentId, (u64, DocumentIndex)>;

/// What a request brings to be stored.
pub(super) struct Brought {
    pub(super) sections: Vec<Section>,
    pub(super) testimony: Vec<Testimony>,
    /// What proves who brings it.
    pub(super) signature: Signature,
}

/// What became of it, each in the order of the request.
#[derive(Default)]
pub(super) struct Taken {
    pub(super) verdicts: Vec<SectionVerdict>,
    pub(super) heard: Vec<Heard>,
    /// Documents of which something is stored and that the caller does not see any more.
    pub(super) unseen: BTreeSet<DocumentId>,
    /// The caller with the rights by which it was taken; absent when there was nothing to take.
    pub(super) by: Option<Caller>,
}

/// Takes all that a request brings in one write: what is said of it is durable together. What was stored once comes
/// first, because the new sections may build on it.
pub(super) fn take<S: Store>(
    store: &S,
    cache: &Arc<IndexCache>,
    (caller, server, hold): (&Caller, &ServerRow, Hold),
    schema: u32,
    brought: Brought,
    now: DateTime<Utc>,
) -> Result<Taken, StoreError> {
    if brought.sections.is_empty() && brought.testimony.is_empty() {
        return Ok(Taken::default());
    }
    let (kept, tenant) = (Arc::clone(cache), caller.principal.tenant);
    let (caller, server) = (caller.clone(), server.clone());
    let cache = Arc::clone(cache);
    let (taken, grown) = store.write(move |writer| {
        let caller = caller.again(writer)?;
        let upload = Upload {
            cache: &cache,
            caller: &caller,
            server: &server,
            hold,
            schema,
            now,
            budget: Budget::new(),
            remembered: RefCell::default(),
            proving: Proving::new(brought.signature),
            office: Memory::default(),
            present: RefCell::default(),
            unseen: RefCell::default(),
            latest: Cell::new(0),
        };
        let (mut taken, mut grown) = (Taken::default(), Grown::new());
        for piece in brought.testimony {
            let heard = testimony::take(writer, &upload, &piece, &mut grown);
            let heard = contain(writer, tenant, piece.document, unix_ms(now), heard)?;
            taken.heard.push(heard.unwrap_or(Heard::Later));
        }
        for section in brought.sections {
            let verdict = section::take(writer, &upload, &section, &mut grown);
            // What is wrong with one document is not the matter of the others.
            let verdict = contain(writer, tenant, section.document, unix_ms(now), verdict)?;
            let verdict = verdict.unwrap_or_else(|| verdicts::later(&section, 0, 0));
            if verdict.stored > verdict.duplicate {
                note_future(writer, &upload, &section)?;
            }
            upload.latest.set(0);
            taken.verdicts.push(verdict);
            upload.proving.next();
        }
        upload.proving.finish(writer, upload.caller)?;
        taken.unseen = upload.unseen.take();
        taken.by = Some(caller);
        Ok((taken, grown))
    })?;
    for (document, (last, index)) in grown {
        kept.put(tenant, document, last, index);
    }
    Ok(taken)
}

/// Notes a section whose operations are dated ahead of the server's clock, by more than clocks stray.
fn note_future(writer: &mut dyn Writer, upload: &Upload<'_>, section: &Section) -> Result<(), StoreError> {
    let (now_ms, latest_ms) = (upload.now.timestamp_millis(), upload.latest.get());
    if latest_ms.saturating_sub(now_ms) <= JUMP_TOLERANCE_MS {
        return Ok(());
    }
    let row = FutureRow {
        document: section.document,
        device: upload.caller.device,
        written_ms: u64::try_from(latest_ms).unwrap_or(0),
        received_ms: u64::try_from(now_ms).unwrap_or(0),
    };
    tracing::info!(
        event = "future_dated",
        device = %row.device,
        document = %row.document,
        ahead_s = (latest_ms - now_ms) / 1000,
        "a phone's date is ahead; it is taken and noted"
    );
    writer.note_future(upload.caller.principal.tenant, &row)
}
