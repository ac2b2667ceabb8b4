use std::sync::atomic::{AtomicU64, Ordering};

/// What the operator counts, since the server started.
#[derive(Debug, Default)]
pub struct Counters {
    /// Requests that held something that no honest phone sends.
    refused: AtomicU64,
    /// Requests that were not heard because their sender has to wait.
    throttled: AtomicU64,
    /// Requests that named another operation by a name that is taken.
    copied: AtomicU64,
}

/// The counters at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Requests that held something that no honest phone sends.
    pub refused: u64,
    /// Requests that were not heard because their sender has to wait.
    pub throttled: u64,
    /// Requests that named another operation by a name that is taken.
    pub copied: u64,
}

impl Counters {
    /// As they stand.
    pub fn counts(&self) -> Counts {
        Counts {
            refused: self.refused.load(Ordering::Relaxed),
            throttled: self.throttled.load(Ordering::Relaxed),
            copied: self.copied.load(Ordering::Relaxed),
        }
    }

    pub(super) fn refused(&self) -> u64 {
        1 + self.refused.fetch_add(1, Ordering::Relaxed)
    }

    pub(super) fn throttled(&self) -> u64 {
        1 + self.throttled.fetch_add(1, Ordering::Relaxed)
    }

    pub(super) fn copied(&self) -> u64 {
        1 + self.copied.fetch_add(1, Ordering::Relaxed)
    }
}
