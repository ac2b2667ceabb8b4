use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use fieldbook_core::model::DeviceId;

/// Refused requests that a device may send in a row before it has to wait.
const ALLOWANCE: u64 = 5;
/// How long until one of them is forgiven, in milliseconds.
const FORGIVEN_AFTER_MS: u64 = 60_000;
/// The longest wait, in milliseconds: a phone that was repaired is not locked out for a day.
const LONGEST_WAIT_MS: u64 = 15 * 60_000;

/// Slows devices down that send what no honest phone sends. Each is judged alone, with its copies (it is named by the first of
/// them): what one of them does costs nobody else anything.
///
/// Only devices that signed in are ever here, and only while they have something to be forgiven. It is a memory of this
/// process; a restart forgives everybody.
#[derive(Debug, Default)]
pub struct Throttle(Mutex<BTreeMap<DeviceId, Debt>>);

/// Milliseconds that were owed at a moment; they pass by themselves.
#[derive(Clone, Copy, Debug)]
struct Debt {
    owed_ms: u64,
    at_ms: u64,
}

impl Debt {
    fn at(self, now_ms: u64) -> u64 {
        self.owed_ms.saturating_sub(now_ms.saturating_sub(self.at_ms))
    }
}

impl Throttle {
    /// How many seconds a device still has to wait before it is heard; `None` when it may speak.
    pub fn wait(&self, device: DeviceId, now_ms: u64) -> Option<u32> {
        let owed_ms = self.lock().get(&device)?.at(now_ms);
        let wait_ms = owed_ms.checked_sub((ALLOWANCE - 1) * FORGIVEN_AFTER_MS)?;
        // What is exactly paid is paid.
        (wait_ms > 0).then(|| u32::try_from(wait_ms.div_ceil(1_000)).unwrap_or(u32::MAX))
    }

    /// A device sent something that no honest phone sends. True when it has to wait from now on.
    pub fn strike(&self, device: DeviceId, now_ms: u64) -> bool {
        let mut debts = self.lock();
        debts.retain(|_, debt| debt.at(now_ms) > 0);
        let owed_ms = debts.get(&device).map_or(0, |debt| debt.at(now_ms));
        let owed_ms = (owed_ms + FORGIVEN_AFTER_MS).min(ALLOWANCE * FORGIVEN_AFTER_MS + LONGEST_WAIT_MS);
        let debt = Debt {
            owed_ms,
            at_ms: now_ms,
        };
        debts.insert(device, debt);
        owed_ms > (ALLOWANCE - 1) * FORGIVEN_AFTER_MS
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<DeviceId, Debt>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn device(number: u128) -> DeviceId {
        DeviceId(Uuid::from_u128(number))
    }

    #[test]
    fn the_fifth_refusal_in_a_row_costs_a_minute_and_time_forgives() {
        let throttle = Throttle::default();
        let now = 1_000_000;
        for strike in 1..5 {
            assert!(!throttle.strike(device(1), now), "{strike}");
            assert_eq!(throttle.wait(device(1), now), None);
        }
        assert!(throttle.strike(device(1), now));
        assert_eq!(throttle.wait(device(1), now), Some(60));
        assert_eq!(throttle.wait(device(1), now + 59_500), Some(1));
        assert_eq!(throttle.wait(device(1), now + 60_000), None);
        assert_eq!(throttle.wait(device(2), now), None, "nobody else waits");
        assert!(
            throttle.strike(device(1), now + 60_000),
            "one a minute from then on"
        );
        assert_eq!(throttle.wait(device(1), now + 600_000), None);
        assert!(!throttle.strike(device(1), now + 600_000), "all is forgiven");
    }

    #[test]
    fn nobody_waits_for_ever_and_nothing_is_kept_for_ever() {
        let throttle = Throttle::default();
        for _ in 0..1_000 {
            throttle.strike(device(1), 5);
        }
        let longest = u32::try_from(LONGEST_WAIT_MS / 1_000).unwrap() + 60;
        assert_eq!(throttle.wait(device(1), 5), Some(longest));
        throttle.strike(device(2), 5 + LONGEST_WAIT_MS * 2);
        assert_eq!(throttle.lock().len(), 1);
        assert_eq!(
            throttle.wait(device(2), 0),
            None,
            "a clock that goes back harms nobody"
        );
    }
}
