use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use fieldbook_core::model::DeviceId;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, SemaphorePermit};

use super::{Problem, problems};
use crate::store::StoreError;

/// Requests of one device with a body that comes or waits for its answer. A phone sends one at a time; those of before may be
/// left over from a connection that broke.
const OF_A_DEVICE: usize = 4;
/// Bodies that come from whoever has not shown an access token. Most connections stay free for phones that have.
const OF_STRANGERS: usize = 1024;
/// What memory is counted in, in bytes.
const UNIT: usize = 1 << 10;
/// What a body grows by at least, in bytes.
const STEP: usize = 4 << 10;

/// The bodies of all requests: how many may come at one time, and how much memory they may take together.
#[derive(Debug)]
pub(super) struct Bodies {
    room: Arc<Semaphore>,
    strangers: Semaphore,
    devices: Arc<Mutex<Devices>>,
}

#[derive(Debug, Default)]
struct Devices {
    turns: u64,
    of: BTreeMap<DeviceId, Vec<Taken>>,
}

#[derive(Debug)]
struct Taken {
    number: u64,
    /// Ends it; absent once the body is whole.
    end: Option<Arc<Notify>>,
}

/// One request of a device, from its head to its answer.
#[derive(Debug)]
pub(super) struct Turn {
    devices: Arc<Mutex<Devices>>,
    device: DeviceId,
    number: u64,
    end: Arc<Notify>,
}

/// What came of a body, with its share of the memory.
#[derive(Debug)]
pub(super) struct Held {
    bytes: Vec<u8>,
    free: Arc<Semaphore>,
    room: Option<OwnedSemaphorePermit>,
}

impl Bodies {
    /// Room for so many bytes.
    pub(super) fn new(bytes: usize) -> Self {
        Self {
            room: Arc::new(Semaphore::new(bytes / UNIT)),
            strangers: Semaphore::new(OF_STRANGERS),
            devices: Arc::default(),
        }
    }

    /// A device's turn to send a body. When it has too many on their way the oldest of them has to end: whoever holds its
    /// token and never comes to an end does not lock out the phone, which sends what it has at once.
    pub(super) fn turn(&self, device: DeviceId) -> Result<Turn, Problem> {
        let mut devices = lock(&self.devices);
        devices.turns += 1;
        let number = devices.turns;
        let taken = devices.of.entry(device).or_default();
        if taken.len() >= OF_A_DEVICE {
            let oldest = taken.iter().position(|turn| turn.end.is_some());
            let oldest = oldest.ok_or_else(problems::crowded)?;
            if let Some(end) = taken.remove(oldest).end {
                end.notify_one();
            }
        }
        let end = Arc::new(Notify::new());
        taken.push(Taken {
            number,
            end: Some(Arc::clone(&end)),
        });
        drop(devices);
        Ok(Turn {
            devices: Arc::clone(&self.devices),
            device,
            number,
            end,
        })
    }

    /// A stranger's turn; `None` when there are too many.
    pub(super) fn of_stranger(&self) -> Option<SemaphorePermit<'_>> {
        self.strangers.try_acquire().ok()
    }

    /// An empty body; it takes room as it grows.
    pub(super) fn hold(&self) -> Held {
        Held {
            bytes: Vec::new(),
            free: Arc::clone(&self.room),
            room: None,
        }
    }
}

impl Turn {
    /// Resolves when the device sends too much at once and this is the oldest of it.
    pub(super) async fn ended(&self) {
        self.end.notified().await;
    }

    /// The body is whole: from now on it is answered, whatever comes.
    pub(super) fn is_whole(&self) -> Result<(), Problem> {
        let mut devices = lock(&self.devices);
        let mut taken = devices.of.get_mut(&self.device).into_iter().flatten();
        let own = taken.find(|turn| turn.number == self.number);
        own.ok_or_else(problems::crowded)?.end = None;
        Ok(())
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut devices = lock(&self.devices);
        if let Some(taken) = devices.of.get_mut(&self.device) {
            taken.retain(|turn| turn.number != self.number);
            if taken.is_empty() {
                devices.of.remove(&self.device);
            }
        }
    }
}

impl Held {
    /// Adds what came; at most `limit` bytes will come in all. Fails when all bodies together are too many.
    pub(super) fn add(&mut self, chunk: &[u8], limit: usize) -> Result<(), Problem> {
        let needed = self.bytes.len() + chunk.len();
        let has = self.bytes.capacity();
        if needed > has {
            let wanted = needed.max((2 * has).min(limit)).next_multiple_of(STEP);
            let more = u32::try_from((wanted - has).div_ceil(UNIT)).unwrap_or(u32::MAX);
            let more = Arc::clone(&self.free).try_acquire_many_owned(more);
            let more = more.map_err(|_| StoreError::Busy)?;
            match &mut self.room {
                Some(room) => room.merge(more),
                None => self.room = Some(more),
            }
            self.bytes.reserve_exact(wanted - self.bytes.len());
        }
        self.bytes.extend_from_slice(chunk);
        Ok(())
    }

    /// What came so far.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

fn lock(devices: &Mutex<Devices>) -> MutexGuard<'_, Devices> {
    devices.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const LIMIT: usize = 1 << 20;

    fn held(bodies: &Bodies, bytes: usize) -> Result<Held, Problem> {
        let mut held = bodies.hold();
        for chunk in vec![7; bytes].chunks(10_000) {
            held.add(chunk, LIMIT)?;
        }
        assert_eq!(held.bytes(), vec![7; bytes]);
        Ok(held)
    }

    #[test]
    fn all_bodies_together_take_so_much_memory_and_give_it_back() {
        let bodies = Bodies::new(128 << 10);
        let first = held(&bodies, 60_000).unwrap();
        let busy = held(&bodies, 90_000).unwrap_err();
        assert_eq!(busy.kind(), "urn:fieldbook:problem:busy");
        drop(held(&bodies, 11_000).unwrap());
        drop(first);
        drop(held(&bodies, 90_000).unwrap());
        assert_eq!(bodies.room.available_permits(), 128, "all of it is free again");
    }

    #[test]
    fn two_thousand_honest_phones_find_room_at_once() {
        let bodies = Bodies::new(super::super::Limits::default().body_bytes);
        let all: Result<Vec<Held>, Problem> = (0..2_000).map(|_| held(&bodies, 11_000)).collect();
        assert_eq!(all.unwrap().len(), 2_000);
    }

    #[test]
    fn a_device_has_four_requests_at_one_time_and_the_oldest_that_is_not_whole_ends() {
        let bodies = Bodies::new(0);
        let [li, wang] = [1, 2].map(|number| DeviceId(Uuid::from_u128(number)));
        let first: Vec<Turn> = (0..OF_A_DEVICE).map(|_| bodies.turn(li).unwrap()).collect();
        first[0].is_whole().unwrap();
        let fifth = bodies.turn(li).unwrap();
        assert!(first[1].is_whole().is_err(), "it had to end");
        for turn in first[2..].iter().chain([&fifth]) {
            turn.is_whole().unwrap();
        }
        let refused = bodies.turn(li).unwrap_err();
        assert_eq!(refused.kind(), "urn:fieldbook:problem:too-many-at-once");
        drop(bodies.turn(wang).unwrap());
        drop((first, fifth));
        assert!(lock(&bodies.devices).of.is_empty());
    }
}
