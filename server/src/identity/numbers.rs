use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use fieldbook_core::model::DeviceId;

/// Requests of one device may overtake each other on the way by this many.
const WINDOW: u64 = 64;

/// Which numbers of requests each device has used since the server was started. What was used before is known by
/// the highest number that was written down.
#[derive(Debug, Default)]
pub struct Numbers(Mutex<BTreeMap<DeviceId, Used>>);

#[derive(Clone, Copy, Debug)]
struct Used {
    highest: u64,
    /// Bit *n* stands for `highest` - *n*.
    seen: u64,
}

impl Numbers {
    /// Uses a number of a device of which `written` was written down as the highest. False when it was used before: the
    /// request was listened to and is sent again by somebody, or two phones go on with one key.
    pub fn take(&self, device: DeviceId, written: u64, number: u64) -> bool {
        let mut devices = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let used = devices.entry(device).or_insert(Used {
            highest: written,
            seen: u64::MAX,
        });
        used.take(number)
    }
}

impl Used {
    fn take(&mut self, number: u64) -> bool {
        if number > self.highest {
            let ahead = number - self.highest;
            self.seen = if ahead < WINDOW { self.seen << ahead } else { 0 } | 1;
            self.highest = number;
            return true;
        }
        let behind = self.highest - number;
        let bit = if behind < WINDOW { 1 << behind } else { 0 };
        let is_fresh = bit != 0 && self.seen & bit == 0;
        self.seen |= bit;
        is_fresh
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_number_is_used_once_whatever_the_order() {
        let (numbers, device) = (Numbers::default(), DeviceId(Uuid::from_u128(1)));
        let take = |number| numbers.take(device, 10, number);
        assert!(!take(10), "written down before the server was started");
        assert!(!take(3));
        assert!(take(12));
        assert!(take(11), "overtaken on the way");
        assert!(!take(11) && !take(12) && !take(10));
        assert!(take(12 + WINDOW));
        assert!(!take(12), "too far behind to tell");
        assert!(take(13));
        assert!(take(1 << 40) && !take(1 << 40));
        assert!(
            numbers.take(DeviceId(Uuid::from_u128(2)), 0, 1),
            "another device's"
        );
    }
}
