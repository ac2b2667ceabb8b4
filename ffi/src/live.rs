use std::sync::{Arc, Mutex, PoisonError};

use fieldbook_core::replica::{self, Subscription};

use crate::shared::Shared;
use crate::{FieldbookError, PlatformError};

/// What a screen shows, as far as it has to know that it changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Topic {
    /// Lists and pages of visits.
    Visits,
    /// Lists and pages of customers.
    Customers,
    /// Days and their entries.
    Activities,
    /// Requests and decisions.
    Approvals,
    /// Totals, parked work, the last contact, how sync goes.
    Status,
}

/// Hears that something changed and asks its query again.
#[uniffi::export(with_foreign)]
pub trait ChangeListener: Send + Sync {
    /// Something changed. Called on the thread that wrote, after the commit: note it and return, do not query here.
    fn changed(&self) -> Result<(), PlatformError>;
}

/// What changed, as it changes.
#[derive(Debug, uniffi::Object)]
pub struct Live(pub(crate) Arc<Shared>);

#[uniffi::export]
impl Live {
    /// Tells `listener` of changes of these topics until the returned handle is dropped or ended.
    pub fn watch(
        &self,
        topics: Vec<Topic>,
        listener: Arc<dyn ChangeListener>,
    ) -> Result<Arc<Watch>, FieldbookError> {
        let topics: Vec<replica::Topic> = topics.into_iter().map(Into::into).collect();
        let subscription = self.0.replica().live().subscribe(move |changed| {
            if topics.iter().any(|topic| changed.concerns(*topic))
                && let Err(error) = listener.changed()
            {
                tracing::warn!(%error, "a listener failed");
            }
        });
        Ok(Arc::new(Watch(Mutex::new(Some(subscription)))))
    }

    /// How many handles are open, for tests and for finding a leak.
    pub fn watchers(&self) -> u64 {
        self.0.replica().live().subscribers() as u64
    }
}

/// Keeps a listener listening; dropping it ends that.
#[derive(Debug, uniffi::Object)]
pub struct Watch(Mutex<Option<Subscription>>);

#[uniffi::export]
impl Watch {
    /// Ends it now, without waiting for the handle to be collected.
    pub fn end(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

impl From<Topic> for replica::Topic {
    fn from(topic: Topic) -> Self {
        match topic {
            Topic::Visits => Self::Visits,
            Topic::Customers => Self::Customers,
            Topic::Activities => Self::Activities,
            Topic::Approvals => Self::Approvals,
            Topic::Status => Self::Status,
        }
    }
}
