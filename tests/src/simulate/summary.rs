use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::sabotage::Sabotage;
use super::world::{Counts, Template};
use super::{Failure, play_seed};

/// What a run over many seeds came to.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// How many seeds were played.
    pub seeds: u64,
    /// The first one.
    pub from: u64,
    /// How many failed.
    pub failed: u64,
    /// Operations that phones wrote.
    pub operations: u64,
    /// Operations that the server did not accept and that were parked.
    pub rejected: u64,
    /// Crashes of phones and of the server.
    pub crashes: u64,
    /// Restores of the server from a backup.
    pub restores: u64,
    /// Phones and people whose access ended.
    pub ended: u64,
    /// Requests that reached the server.
    pub exchanges: u64,
    /// Requests of hostile phones.
    pub attacks: u64,
    /// Documents compared at the end, once for every phone that holds them.
    pub compared: u64,
    /// Hash over the trace hashes of all seeds, in their order.
    pub trace_hash: String,
    /// The seeds that failed, in their order.
    #[serde(skip)]
    pub failures: Vec<Failed>,
}

/// A seed that failed.
#[derive(Clone, Debug)]
pub struct Failed {
    /// The seed.
    pub seed: u64,
    /// How.
    pub failure: Failure,
}

/// What is kept of one story.
struct Kept {
    hash: [u8; 32],
    counts: Counts,
    failure: Option<Failure>,
}

/// Plays `seeds` stories from seed `from` on, on as many threads as `workers`; the result does not depend on how many.
/// `progress` hears how many are done, from any thread.
pub fn run_seeds(
    template: &Template,
    from: u64,
    seeds: u64,
    workers: usize,
    sabotage: Option<Sabotage>,
    progress: &(dyn Fn(u64) + Sync),
) -> Summary {
    let next = AtomicU64::new(0);
    let done = AtomicU64::new(0);
    let kept: Mutex<Vec<Option<Kept>>> = Mutex::new((0..seeds).map(|_| None).collect());
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::SeqCst);
            if at >= seeds {
                return;
            }
            let outcome = play_seed(template, from + at, sabotage);
            let one = Kept {
                hash: outcome.trace.hash(),
                counts: outcome.counts,
                failure: outcome.failure,
            };
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(place) = usize::try_from(at).ok().and_then(|at| kept.get_mut(at)) {
                *place = Some(one);
            }
            drop(kept);
            progress(done.fetch_add(1, Ordering::SeqCst) + 1);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..workers.max(1) {
            scope.spawn(work);
        }
    });
    let kept = kept.into_inner().unwrap_or_else(PoisonError::into_inner);
    Summary::of(from, seeds, kept.into_iter().flatten())
}

impl Summary {
    fn of(from: u64, seeds: u64, stories: impl Iterator<Item = Kept>) -> Self {
        let mut hash = Sha256::new();
        let mut counts = Counts::default();
        let mut failures = Vec::new();
        for (seed, story) in (from..).zip(stories) {
            hash.update(story.hash);
            counts.add(&story.counts);
            failures.extend(story.failure.map(|failure| Failed { seed, failure }));
        }
        Self {
            seeds,
            from,
            failed: failures.len() as u64,
            operations: counts.operations,
            rejected: counts.rejected,
            crashes: counts.crashes,
            restores: counts.restores,
            ended: counts.ended,
            exchanges: counts.exchanges,
            attacks: counts.attacks,
            compared: counts.compared,
            trace_hash: hex::encode(hash.finalize()),
            failures,
        }
    }
}
