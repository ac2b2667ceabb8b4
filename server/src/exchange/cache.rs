use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{DocumentId, TenantId};

/// What the cache may hold, in bytes as [`DocumentIndex::weight`] counts.
const BUDGET: usize = 24 << 20;

#[derive(Debug)]
struct Cached {
    index: DocumentIndex,
    last: u64,
    used: u64,
    weight: usize,
}

#[derive(Debug, Default)]
struct Entries {
    by_document: BTreeMap<(TenantId, DocumentId), Cached>,
    by_use: BTreeMap<u64, (TenantId, DocumentId)>,
    clock: u64,
    weight: usize,
}

/// Indexes of documents written lately, within a fixed memory budget.
///
/// An entry is taken out to be used and put back after the commit, with the document's last sequence: one that does
/// not match the store any more is not used, so neither a rolled back write nor another process can make
/// it lie.
#[derive(Debug, Default)]
pub struct IndexCache(Mutex<Entries>);

impl IndexCache {
    /// Takes a document's index out if it is as of `last`.
    pub(crate) fn take(&self, tenant: TenantId, document: DocumentId, last: u64) -> Option<DocumentIndex> {
        let mut entries = self.lock();
        let cached = entries.remove((tenant, document))?;
        (cached.last == last).then_some(cached.index)
    }

    /// Puts an index back, as of `last`.
    pub(crate) fn put(&self, tenant: TenantId, document: DocumentId, last: u64, index: DocumentIndex) {
        let mut entries = self.lock();
        let key = (tenant, document);
        entries.remove(key);
        entries.clock += 1;
        let (used, weight) = (entries.clock, index.weight());
        entries.weight += weight;
        entries.by_use.insert(used, key);
        entries.by_document.insert(
            key,
            Cached {
                index,
                last,
                used,
                weight,
            },
        );
        while entries.weight > BUDGET {
            let Some((_, oldest)) = entries.by_use.first_key_value() else {
                break;
            };
            let oldest = *oldest;
            entries.remove(oldest);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entries {
    fn remove(&mut self, key: (TenantId, DocumentId)) -> Option<Cached> {
        let cached = self.by_document.remove(&key)?;
        self.by_use.remove(&cached.used);
        self.weight -= cached.weight;
        Some(cached)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_stale_index_is_not_used() {
        let cache = IndexCache::default();
        let (tenant, document) = (TenantId(Uuid::from_u128(1)), DocumentId(Uuid::from_u128(2)));
        cache.put(tenant, document, 7, DocumentIndex::new());
        assert!(cache.take(tenant, document, 8).is_none());
        assert!(
            cache.take(tenant, document, 7).is_none(),
            "a stale entry is gone after a look"
        );
        cache.put(tenant, document, 8, DocumentIndex::new());
        assert!(cache.take(tenant, document, 8).is_some());
        assert!(cache.take(tenant, document, 8).is_none(), "taken out");
    }
}
