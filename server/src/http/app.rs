use std::sync::{Arc, Mutex, PoisonError};

use rand_chacha::ChaCha20Rng;
use tokio::sync::{Semaphore, watch};

use super::bodies::Bodies;
use super::news::News;
use super::{Counters, Limits, Problem, problems};
use crate::clock::Clock;
use crate::exchange::IndexCache;
use crate::identity::{Numbers, Throttle};
use crate::materialise::Nudge;
use crate::random;
use crate::store::Store;

/// Requests whose bodies are inflated and judged at one time: each may hold 16 MiB.
const AT_ONCE: usize = 8;

/// What all endpoints share. Clones share it.
pub struct App<S>(Arc<Inner<S>>);

struct Inner<S> {
    store: S,
    cache: Arc<IndexCache>,
    clock: Box<dyn Clock>,
    rng: Mutex<ChaCha20Rng>,
    news: News,
    numbers: Numbers,
    at_once: Semaphore,
    wrong_codes: Semaphore,
    throttle: Throttle,
    nudge: Nudge,
    counters: Counters,
    bodies: Bodies,
    limits: Limits,
    stopping: watch::Sender<bool>,
}

impl<S> Clone for App<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<S> std::fmt::Debug for App<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App")
            .field("stopping", &*self.0.stopping.borrow())
            .finish_non_exhaustive()
    }
}

impl<S: Store> App<S> {
    /// An app over a store. `clock` and `rng` are the machine's, or a test's.
    pub fn new(store: S, clock: impl Clock, rng: ChaCha20Rng) -> Self {
        Self::with_limits(store, clock, rng, Limits::default())
    }

    /// An app that takes on only so much at one time.
    pub fn with_limits(store: S, clock: impl Clock, rng: ChaCha20Rng, limits: Limits) -> Self {
        Self(Arc::new(Inner {
            store,
            cache: Arc::default(),
            clock: Box::new(clock),
            rng: Mutex::new(rng),
            news: News::default(),
            numbers: Numbers::default(),
            at_once: Semaphore::new(AT_ONCE),
            wrong_codes: Semaphore::new(1),
            throttle: Throttle::default(),
            nudge: Nudge::default(),
            counters: Counters::default(),
            bodies: Bodies::new(limits.body_bytes),
            limits,
            stopping: watch::Sender::new(false),
        }))
    }

    /// The store.
    pub fn store(&self) -> &S {
        &self.0.store
    }

    /// The indexes of documents written lately.
    pub fn cache(&self) -> &Arc<IndexCache> {
        &self.0.cache
    }

    /// What happened so far, in numbers.
    pub fn counters(&self) -> &Counters {
        &self.0.counters
    }

    /// Hears of everything that is stored; for whoever makes documents of it.
    pub fn nudge(&self) -> &Nudge {
        &self.0.nudge
    }

    pub(super) fn throttle(&self) -> &Throttle {
        &self.0.throttle
    }

    /// How much is taken on at one time.
    pub(super) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    pub(super) fn bodies(&self) -> &Bodies {
        &self.0.bodies
    }

    pub(super) fn clock(&self) -> &dyn Clock {
        &*self.0.clock
    }

    pub(super) fn news(&self) -> &News {
        &self.0.news
    }

    pub(super) fn numbers(&self) -> &Numbers {
        &self.0.numbers
    }

    /// A generator for one request.
    pub(super) fn rng(&self) -> ChaCha20Rng {
        random::branch(&mut *self.0.rng.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Wrong enrolment codes are answered one after another, so that nobody can try many.
    pub(super) fn wrong_codes(&self) -> &Semaphore {
        &self.0.wrong_codes
    }

    pub(super) fn stop(&self) {
        self.0.stopping.send_replace(true);
    }

    /// Turns true when the server is asked to stop.
    pub(super) fn stopping(&self) -> watch::Receiver<bool> {
        self.0.stopping.subscribe()
    }

    /// Does blocking work (store, inflating, judging) away from the threads that serve connections, a bounded number
    /// at one time.
    pub(super) async fn work<T: Send + 'static>(
        &self,
        f: impl FnOnce(&Self) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let _turn = self.0.at_once.acquire().await.map_err(|_| problems::stopping())?;
        let app = self.clone();
        match tokio::task::spawn_blocking(move || f(&app)).await {
            Ok(result) => result,
            Err(failed) => {
                tracing::error!(%failed, "a request failed inside the server");
                Err(problems::internal())
            }
        }
    }
}
