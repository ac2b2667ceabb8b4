use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};

use super::moment::Moment;
use crate::clock::{Clock, SystemClock};

/// Not running: the story says what time it is.
const STANDS: i64 = i64::MIN;

/// The server's clock: it stands at the moment of the story, and runs on from there once somebody visits.
#[derive(Clone, Debug)]
pub(super) struct StoryClock(Arc<Hands>);

#[derive(Debug)]
struct Hands {
    /// The story's moment, in milliseconds since 1970.
    story: AtomicI64,
    /// The machine's clock when the story's began to run, [`STANDS`] before.
    started: AtomicI64,
}

impl StoryClock {
    pub(super) fn new(moment: Moment) -> Self {
        let clock = Self(Arc::new(Hands {
            story: AtomicI64::new(0),
            started: AtomicI64::new(STANDS),
        }));
        clock.set(moment);
        clock
    }

    pub(super) fn set(&self, moment: Moment) {
        self.0
            .story
            .store(moment.utc().timestamp_millis(), Ordering::SeqCst);
    }

    /// Lets the clock run: whoever signs in now sees time pass.
    pub(super) fn run_on(&self) {
        self.0
            .started
            .store(SystemClock.now().timestamp_millis(), Ordering::SeqCst);
    }
}

impl Clock for StoryClock {
    fn now(&self) -> DateTime<Utc> {
        let story = DateTime::from_timestamp_millis(self.0.story.load(Ordering::SeqCst)).unwrap_or_default();
        match self.0.started.load(Ordering::SeqCst) {
            STANDS => story,
            started => {
                let passed = SystemClock
                    .now()
                    .timestamp_millis()
                    .saturating_sub(started)
                    .max(0);
                story + TimeDelta::milliseconds(passed)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stands_until_it_is_let_run() {
        let clock = StoryClock::new(Moment::at(7, 0));
        assert_eq!(clock.now(), Moment::at(7, 0).utc());
        clock.set(Moment::at(18, 0));
        assert_eq!(clock.clone().now(), Moment::at(18, 0).utc());
        clock.run_on();
        let after = clock.now() - Moment::at(18, 0).utc();
        assert!(
            after >= TimeDelta::zero() && after < TimeDelta::minutes(1),
            "{after}"
        );
    }
}
