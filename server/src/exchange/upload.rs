use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

use automerge::ActorId;
use chrono::{DateTime, Utc};
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{DocumentId, derive_actor};
use fieldbook_core::wire::{Section, SectionVerdict};

use super::budget::Budget;
use super::section;
use super::{Caller, IndexCache};
use crate::store::{Store, StoreError};

/// What one upload is taken with.
pub(super) struct Upload<'a> {
    pub(super) cache: &'a IndexCache,
    pub(super) caller: &'a Caller,
    pub(super) schema: u32,
    pub(super) now: DateTime<Utc>,
    /// What the rest of this request may cost.
    pub(super) budget: Budget,
    /// How many refusals of this installation are remembered, once somebody asked.
    pub(super) remembered: Cell<Option<u64>>,
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
        derive_actor(&self.caller.installation, section.document, section.rebase)
    }
}

/// Indexes as of a sequence, to be cached once the commit stands.
pub(super) type Grown = BTreeMap<DocumentId, (u64, DocumentIndex)>;

/// Takes all sections of a request in one write: their verdicts are durable together.
pub(super) fn take<S: Store>(
    store: &S,
    cache: &Arc<IndexCache>,
    caller: &Caller,
    schema: u32,
    sections: Vec<Section>,
    now: DateTime<Utc>,
) -> Result<Vec<SectionVerdict>, StoreError> {
    let (kept, tenant) = (Arc::clone(cache), caller.principal.tenant);
    let caller = caller.clone();
    let cache = Arc::clone(cache);
    let (verdicts, grown) = store.write(move |writer| {
        let upload = Upload {
            cache: &cache,
            caller: &caller,
            schema,
            now,
            budget: Budget::new(),
            remembered: Cell::new(None),
        };
        let mut verdicts = Vec::with_capacity(sections.len());
        let mut grown = Grown::new();
        for section in sections {
            verdicts.push(section::take(writer, &upload, &section, &mut grown)?);
        }
        Ok((verdicts, grown))
    })?;
    for (document, (last, index)) in grown {
        kept.put(tenant, document, last, index);
    }
    Ok(verdicts)
}
