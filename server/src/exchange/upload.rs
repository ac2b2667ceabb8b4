use std::cell::Cell;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::DocumentId;
use fieldbook_core::wire::{Section, SectionVerdict};

use super::section;
use super::{Caller, IndexCache};
use crate::store::{Store, StoreError};

/// How many single operations one request may unfold to, runs counted in full. An honest day has some 10,000; a few
/// hostile bytes can name 16,384.
const MAX_OPERATIONS: usize = 400_000;

/// What one upload is taken with.
pub(super) struct Upload<'a> {
    pub(super) cache: &'a IndexCache,
    pub(super) caller: &'a Caller,
    pub(super) schema: u32,
    pub(super) now: DateTime<Utc>,
    /// How many single operations the rest of this request may unfold to.
    pub(super) operations_left: Cell<usize>,
}

/// An index as of a sequence, to be cached once the commit stands.
pub(super) type Grown = (DocumentId, u64, DocumentIndex);

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
        let operations_left = Cell::new(MAX_OPERATIONS);
        let upload = Upload {
            cache: &cache,
            caller: &caller,
            schema,
            now,
            operations_left,
        };
        let mut verdicts = Vec::with_capacity(sections.len());
        let mut grown: Vec<Grown> = Vec::with_capacity(sections.len());
        for section in sections {
            verdicts.push(section::take(writer, &upload, &section, &mut grown)?);
        }
        Ok((verdicts, grown))
    })?;
    for (document, last, index) in grown {
        kept.put(tenant, document, last, index);
    }
    Ok(verdicts)
}
