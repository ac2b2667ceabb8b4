use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::driver::DriverError;
use super::machine::{Arriving, Waiting};
use super::trouble::Trouble;
use crate::replica::{Changed, Live};

/// What sync is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Nobody runs it.
    #[default]
    Stopped,
    /// A request is on its way, or its answer.
    Exchanging,
    /// The phone and the server knew the same at the last contact.
    UpToDate,
    /// The last attempt did not work, or the server asked to wait.
    Waiting {
        /// When the next attempt is due, in milliseconds since 1970.
        until_ms: u64,
    },
}

/// How sync goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncStatus {
    /// What it is doing.
    pub phase: Phase,
    /// What went wrong last; gone after the next exchange that works.
    pub trouble: Option<Trouble>,
    /// How far the news have come; nothing when all of them are here.
    pub arriving: Option<Arriving>,
}

/// Where the driver writes how it goes; subscribers of the replica hear of it.
#[derive(Clone)]
pub(super) struct StatusBoard {
    status: Arc<Mutex<SyncStatus>>,
    live: Live,
}

impl StatusBoard {
    pub(super) fn new(live: Live) -> Self {
        Self {
            status: Arc::default(),
            live,
        }
    }

    pub(super) fn get(&self) -> SyncStatus {
        self.status.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A phase that begins. An exchange that has begun says nothing yet about the trouble before it.
    pub(super) fn set(&self, phase: Phase) {
        let trouble = match phase {
            Phase::UpToDate => None,
            _ => self.get().trouble,
        };
        let arriving = self.get().arriving.filter(|_| phase == Phase::Exchanging);
        self.put(SyncStatus {
            phase,
            trouble,
            arriving,
        });
    }

    /// There is more: how far it has come.
    pub(super) fn arriving(&self, arriving: Option<Arriving>) {
        self.put(SyncStatus {
            arriving,
            ..self.get()
        });
    }

    pub(super) fn wait(&self, waiting: &Waiting, error: Option<&DriverError>) {
        let phase = Phase::Waiting {
            until_ms: waiting.until_ms(),
        };
        let trouble = error.map(Trouble::of);
        self.put(SyncStatus {
            phase,
            trouble,
            arriving: None,
        });
    }

    /// One run of exchanges begins; the phase before it comes back when the guard goes.
    pub(super) fn begin(&self) -> Exchanging<'_> {
        let before = self.get().phase;
        self.set(Phase::Exchanging);
        Exchanging { board: self, before }
    }

    /// Until the guard goes, somebody runs sync.
    pub(super) fn running(&self) -> Running<'_> {
        Running(self)
    }

    fn put(&self, status: SyncStatus) {
        let mut ours = self.status.lock().unwrap_or_else(PoisonError::into_inner);
        if *ours == status {
            return;
        }
        *ours = status;
        drop(ours);
        self.live.notify(&Changed {
            status: true,
            ..Changed::default()
        });
    }
}

impl fmt::Debug for StatusBoard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("StatusBoard").field(&self.get()).finish()
    }
}

/// One run of exchanges; a run that is dropped half-way (cancelled) leaves the phase as it was.
pub(super) struct Exchanging<'a> {
    board: &'a StatusBoard,
    before: Phase,
}

impl Exchanging<'_> {
    pub(super) fn ended(&self, error: Option<&DriverError>) {
        let trouble = error.map(Trouble::of);
        let phase = Phase::Exchanging;
        self.board.put(SyncStatus {
            phase,
            trouble,
            arriving: None,
        });
    }
}

impl Drop for Exchanging<'_> {
    fn drop(&mut self) {
        let trouble = self.board.get().trouble;
        let phase = match (self.before, &trouble) {
            // It worked: a wait that came before is over.
            (Phase::Waiting { .. }, None) => Phase::UpToDate,
            (before, _) => before,
        };
        self.board.put(SyncStatus {
            phase,
            trouble,
            arriving: None,
        });
    }
}

/// Somebody runs sync.
pub(super) struct Running<'a>(&'a StatusBoard);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.set(Phase::Stopped);
    }
}
