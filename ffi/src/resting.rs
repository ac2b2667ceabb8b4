use std::sync::{Mutex, MutexGuard, PoisonError};

/// What keeps sync from the disk while the app rests. Coming to rest takes a while, and a person who is back before it is over wins.
pub(crate) struct Resting<T>(Mutex<State<T>>);

struct State<T> {
    wanted: bool,
    kept: Option<T>,
}

impl<T> Resting<T> {
    /// The app wants to rest; returns whether somebody has to see to it.
    pub(crate) fn begin(&self) -> bool {
        let mut state = self.lock();
        state.wanted = true;
        state.kept.is_none()
    }

    /// Keeps what holds sync back, unless the app woke meanwhile.
    pub(crate) fn keep(&self, rest: T) {
        let mut state = self.lock();
        if state.wanted {
            state.kept = Some(rest);
        }
    }

    /// The app is awake.
    pub(crate) fn wake(&self) {
        let mut state = self.lock();
        state.wanted = false;
        state.kept = None;
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Default for Resting<T> {
    fn default() -> Self {
        Self(Mutex::new(State {
            wanted: false,
            kept: None,
        }))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn a_rest_that_a_wake_overtook_holds_nothing_back() {
        let (resting, held) = (Resting::default(), Arc::new(()));
        assert!(resting.begin());
        resting.wake();
        resting.keep(Arc::clone(&held));
        assert_eq!(Arc::strong_count(&held), 1);
    }

    #[test]
    fn a_rest_holds_until_the_app_is_awake_and_is_begun_once() {
        let (resting, held) = (Resting::default(), Arc::new(()));
        assert!(resting.begin());
        resting.keep(Arc::clone(&held));
        assert!(!resting.begin());
        assert_eq!(Arc::strong_count(&held), 2);
        resting.wake();
        assert_eq!(Arc::strong_count(&held), 1);
        assert!(resting.begin());
    }
}
