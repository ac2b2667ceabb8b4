use std::sync::{Arc, Mutex, PoisonError};

use fieldbook_core::replica::phone::{self, Opened};
use fieldbook_core::replica::sync::{Driver, EdgeRng, Rest};
use fieldbook_core::replica::{Now, Replica};
use tokio::task::AbortHandle;

use crate::edge::PlatformEdge;
use crate::{FieldbookError, Platform};

/// What all groups of a session stand on.
pub(crate) struct Shared {
    pub(crate) phone: Arc<phone::Phone>,
    pub(crate) opened: Arc<Opened>,
    pub(crate) platform: Platform,
    edge: Arc<PlatformEdge>,
    running: Mutex<Option<AbortHandle>>,
    resting: Mutex<Option<Rest>>,
}

impl Shared {
    pub(crate) fn new(
        phone: Arc<phone::Phone>,
        opened: Arc<Opened>,
        platform: Platform,
        edge: Arc<PlatformEdge>,
    ) -> Self {
        Self {
            phone,
            opened,
            platform,
            edge,
            running: Mutex::default(),
            resting: Mutex::default(),
        }
    }

    pub(crate) fn replica(&self) -> &Replica {
        self.opened.replica()
    }

    pub(crate) fn driver(&self) -> &Arc<Driver> {
        self.opened.driver()
    }

    pub(crate) fn now(&self) -> Result<Now, FieldbookError> {
        Ok(self.edge.read()?)
    }

    pub(crate) fn rng(&self) -> EdgeRng<'_> {
        EdgeRng(&*self.edge)
    }

    /// Keeps what runs in the background; what ran before ends.
    pub(crate) fn run(&self, task: Option<AbortHandle>) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = std::mem::replace(&mut *running, task) {
            before.abort();
        }
    }

    pub(crate) fn is_resting(&self) -> bool {
        self.resting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_some()
    }

    /// Keeps sync from the disk while `rest` is there.
    pub(crate) fn rest(&self, rest: Option<Rest>) {
        *self.resting.lock().unwrap_or_else(PoisonError::into_inner) = rest;
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.run(None);
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared")
            .field("opened", &self.opened.id())
            .finish_non_exhaustive()
    }
}
