use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use crate::model::{DocumentId, Kind};

/// What a commit changed; a subscriber asks its query again when it cares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// The documents that were written, received, removed or changed their state.
    pub documents: BTreeSet<(Kind, DocumentId)>,
    /// True when the totals, the parked work or the time of the last contact changed.
    pub status: bool,
    /// True when the person wrote something, so that there is something to send.
    pub own: bool,
}

/// What a screen shows, as far as it has to know that it changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Lists and pages of visits; the names on them are those of customers.
    Visits,
    /// Lists and pages of customers; a visit that ends moves the next one that is due.
    Customers,
    /// Days and their entries.
    Activities,
    /// Requests and decisions; the place of their visit is shown with them.
    Approvals,
    /// Totals, parked work, the last contact, how sync goes.
    Status,
}

impl Topic {
    fn kinds(self) -> &'static [Kind] {
        match self {
            Topic::Visits => &[
                Kind::Visit,
                Kind::CheckIn,
                Kind::Customer,
                Kind::Activity,
                Kind::Approval,
            ],
            Topic::Customers => &[
                Kind::Customer,
                Kind::Visit,
                Kind::CheckIn,
                Kind::Activity,
                Kind::Approval,
            ],
            Topic::Activities => &[Kind::Activity],
            Topic::Approvals => &[Kind::Approval, Kind::CheckIn, Kind::Customer],
            Topic::Status => &[],
        }
    }
}

impl Changed {
    /// Does it concern a screen of this topic?
    pub fn concerns(&self, topic: Topic) -> bool {
        (topic == Topic::Status && self.status) || topic.kinds().iter().any(|kind| self.touches(*kind))
    }

    /// Does it touch a document of this kind?
    pub fn touches(&self, kind: Kind) -> bool {
        self.documents.iter().any(|(of, _)| *of == kind)
    }

    /// Nothing changed.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty() && !self.status && !self.own
    }
}

type Listener = Arc<dyn Fn(&Changed) + Send + Sync>;

#[derive(Default)]
struct Listeners {
    next: u64,
    by_id: BTreeMap<u64, Listener>,
}

/// Tells subscribers of each commit, after it.
#[derive(Clone, Default)]
pub struct Live(Arc<Mutex<Listeners>>);

impl Live {
    /// Calls `listener` after each commit until the returned handle is dropped.
    ///
    /// The listener runs on the thread that committed, holds no lock of the replica and may query it.
    pub fn subscribe(&self, listener: impl Fn(&Changed) + Send + Sync + 'static) -> Subscription {
        let mut listeners = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let id = listeners.next;
        listeners.next += 1;
        listeners.by_id.insert(id, Arc::new(listener));
        Subscription {
            live: Arc::downgrade(&self.0),
            id,
        }
    }

    /// How many subscriptions are open.
    pub fn subscribers(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).by_id.len()
    }

    pub(super) fn notify(&self, changed: &Changed) {
        if changed.is_empty() {
            return;
        }
        // Cloned out of the lock: a listener may subscribe or drop its own handle.
        let listeners: Vec<Listener> = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .by_id
            .values()
            .cloned()
            .collect();
        for listener in listeners {
            listener(changed);
        }
    }
}

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Live")
            .field("subscribers", &self.subscribers())
            .finish()
    }
}

/// Keeps a subscription open; dropping it ends it.
#[must_use = "dropping the handle ends the subscription"]
pub struct Subscription {
    live: Weak<Mutex<Listeners>>,
    id: u64,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(listeners) = self.live.upgrade() {
            listeners
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .by_id
                .remove(&self.id);
        }
    }
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscription")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn a_visit_that_ends_concerns_the_customers_but_no_status() {
        let visit = (Kind::Visit, DocumentId(uuid::Uuid::nil()));
        let changed = Changed {
            documents: BTreeSet::from([visit]),
            ..Changed::default()
        };
        assert!(changed.concerns(Topic::Visits) && changed.concerns(Topic::Customers));
        assert!(!changed.concerns(Topic::Activities) && !changed.concerns(Topic::Status));
    }

    #[test]
    fn a_dropped_handle_hears_no_more() {
        let live = Live::default();
        let heard = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&heard);
        let handle = live.subscribe(move |_| {
            counter.fetch_add(1, Ordering::SeqCst);
        });
        let changed = Changed {
            status: true,
            ..Changed::default()
        };
        live.notify(&changed);
        live.notify(&Changed::default());
        assert_eq!(heard.load(Ordering::SeqCst), 1, "an empty change tells nobody");
        drop(handle);
        live.notify(&changed);
        assert_eq!((heard.load(Ordering::SeqCst), live.subscribers()), (1, 0));
    }
}
