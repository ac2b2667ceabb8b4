use std::sync::{Arc, Mutex, PoisonError};

use fieldbook_core::replica::phone::{self, Opened};
use fieldbook_core::replica::sync::{Driver, EdgeRng, Rest};
use fieldbook_core::replica::{Now, Replica};
use tokio::task::AbortHandle;

use crate::edge::PlatformEdge;
use crate::resting::Resting;
use crate::{FieldbookError, Platform};

/// What all groups of a session stand on.
pub(crate) struct Shared {
    pub(crate) phone: Arc<phone::Phone>,
    pub(crate) opened: Arc<Opened>,
    pub(crate) platform: Platform,
    edge: Arc<PlatformEdge>,
    running: Mutex<Option<AbortHandle>>,
    pub(crate) resting: Resting<Rest>,
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
            resting: Resting::default(),
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
