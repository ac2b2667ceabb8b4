use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::child::Program;
use super::round::Round;
use crate::clock::{Clock, unix_ms};
use crate::store::Store;

/// A moment is quiet when nothing was stored for so long.
const QUIET: Duration = Duration::from_millis(300);
/// On a server that is never quiet, documents are made all the same after so long.
const AT_LAST: Duration = Duration::from_secs(10);
/// How often to look for what other processes wrote or released.
const LOOK: Duration = Duration::from_secs(10);

/// Tells a [`Materialiser`] that something was stored. Costs nothing; clones tell the same one.
#[derive(Clone, Debug, Default)]
pub struct Nudge(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    first: Option<Instant>,
    latest: Option<Instant>,
    is_stopping: bool,
}

/// Makes documents in quiet moments, on a thread of its own, until it is dropped.
#[derive(Debug)]
pub struct Materialiser {
    nudge: Nudge,
    thread: Option<JoinHandle<()>>,
}

impl Materialiser {
    /// Starts with what is left over from before. `nudge` is what the exchanges tell.
    pub fn start<S: Store>(store: S, program: Program, clock: impl Clock, nudge: Nudge) -> Self {
        let told = nudge.clone();
        told.stored();
        let thread = std::thread::spawn(move || {
            while told.wait_for_quiet() {
                let now_ms = || unix_ms(clock.now());
                match Round::new(&store, &program, &|time| told.pause(time), &now_ms).run() {
                    Ok(report) if report.set_aside > 0 => tracing::warn!(?report, "documents were set aside"),
                    Ok(report) => tracing::debug!(?report, "documents were made"),
                    Err(error) => tracing::error!(%error, "documents could not be made; later again"),
                }
            }
        });
        Self {
            nudge,
            thread: Some(thread),
        }
    }
}

impl Drop for Materialiser {
    fn drop(&mut self) {
        self.nudge.stop();
        if let Some(thread) = self.thread.take() {
            // It panicked: that is in the log, and nothing is lost.
            let _ = thread.join();
        }
    }
}

impl Nudge {
    /// Something was stored.
    pub fn stored(&self) {
        let now = Instant::now();
        let mut state = self.lock();
        state.first.get_or_insert(now);
        state.latest = Some(now);
        drop(state);
        self.0.changed.notify_all();
    }

    fn stop(&self) {
        self.lock().is_stopping = true;
        self.0.changed.notify_all();
    }

    /// Waits for the next quiet moment in which there may be something to do; false when it is time to stop.
    fn wait_for_quiet(&self) -> bool {
        let began = Instant::now();
        let mut state = self.lock();
        loop {
            if state.is_stopping {
                return false;
            }
            let until = match (state.first, state.latest) {
                (Some(first), Some(latest)) => (latest + QUIET).min(first + AT_LAST),
                _ => began + LOOK,
            };
            let now = Instant::now();
            if now >= until {
                (state.first, state.latest) = (None, None);
                return true;
            }
            let waited = self.0.changed.wait_timeout(state, until - now);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Waits so long; true when it is time to stop.
    fn pause(&self, time: Duration) -> bool {
        let until = Instant::now() + time;
        let mut state = self.lock();
        while !state.is_stopping {
            let now = Instant::now();
            if now >= until {
                return false;
            }
            let waited = self.0.changed.wait_timeout(state, until - now);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        true
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
