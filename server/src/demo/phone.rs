use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use fieldbook_core::model::{BootId, PersonId, uuid_v7};
use fieldbook_core::replica::query::{Totals, totals};
use fieldbook_core::replica::sync::{Driver, Edge, Enrolment, HttpTransport, Report};
use fieldbook_core::replica::{Now, Options, Replica};
use rand::Rng;
use rand_chacha::ChaCha20Rng;

use super::cast::Member;
use super::clock::StoryClock;
use super::error::DemoError;
use super::line::Line;
use super::moment::{Moment, OFFICE_OFFSET_MIN};
use crate::random;

/// When the phones were switched on.
const BOOTED: Moment = Moment::at(6, 30);

/// One person's phone: a real replica in a file, its own clock, and a connection that comes and goes.
pub(super) struct Phone {
    pub(super) who: &'static Member,
    pub(super) person: PersonId,
    pub(super) replica: Arc<Replica>,
    pub(super) line: Line,
    /// What the person draws from: ids, noise, words.
    pub(super) rng: ChaCha20Rng,
    pub(super) tally: Tally,
    edge: Arc<PhoneEdge>,
    clock: StoryClock,
}

/// What a phone's exchanges amounted to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) round_trips: u64,
    pub(super) accepted: u64,
    pub(super) duplicate: u64,
    pub(super) parked: u64,
}

impl Tally {
    pub(super) fn add(&mut self, other: Self) {
        self.round_trips += other.round_trips;
        self.accepted += other.accepted;
        self.duplicate += other.duplicate;
        self.parked += other.parked;
    }
}

/// The phone's clocks, moved by the story, and its randomness.
struct PhoneEdge {
    moment: Mutex<Moment>,
    offset_min: AtomicI32,
    boot: BootId,
    rng: Mutex<ChaCha20Rng>,
}

impl Phone {
    /// An empty phone in `folder` that will speak to `server`.
    pub(super) async fn new(
        who: &'static Member,
        person: PersonId,
        folder: &Path,
        server: SocketAddr,
        clock: StoryClock,
        rng: &mut ChaCha20Rng,
    ) -> Result<Self, DemoError> {
        let path = folder.join(format!("{}.db", who.short.to_lowercase().replace(' ', "-")));
        let replica = Arc::new(Replica::open(&path, Options::default())?);
        let edge = Arc::new(PhoneEdge {
            moment: Mutex::new(BOOTED),
            offset_min: AtomicI32::new(OFFICE_OFFSET_MIN),
            boot: BootId(uuid_v7(BOOTED.unix_ms(), rng)),
            rng: Mutex::new(random::branch(rng)),
        });
        let line = Line::open(server).await?;
        let tally = Tally::default();
        Ok(Self {
            who,
            person,
            replica,
            line,
            rng: random::branch(rng),
            tally,
            edge,
            clock,
        })
    }

    /// Signs in with a one-time code.
    pub(super) async fn enrol(&self, code: String) -> Result<(), DemoError> {
        self.clock.set(self.moment());
        self.driver()?
            .enrol(&Enrolment {
                code,
                name: format!("{}'s phone", self.who.short),
            })
            .await?;
        Ok(())
    }

    /// Lets time pass on this phone; never backwards.
    pub(super) fn pass_to(&self, moment: Moment) {
        let mut here = self.edge.moment();
        *here = (*here).max(moment);
    }

    /// Lets so many minutes and some seconds pass.
    pub(super) fn pass_minutes(&mut self, minutes: i64) {
        let seconds = i64::try_from(self.rng.next_u64() % 60).unwrap_or(0);
        let moment = self
            .moment()
            .plus_minutes(minutes)
            .plus_ms(seconds * 1000 + 137 * minutes);
        self.pass_to(moment);
    }

    /// The phone is where clocks are so many minutes east of Greenwich.
    pub(super) fn enter_zone(&self, offset_min: i32) {
        self.edge.offset_min.store(offset_min, Ordering::SeqCst);
    }

    pub(super) fn moment(&self) -> Moment {
        *self.edge.moment()
    }

    /// What the phone's clocks say.
    pub(super) fn now(&self) -> Now {
        self.edge.now()
    }

    /// Exchanges with the server over the line until both know the same.
    pub(super) async fn sync(&mut self) -> Result<Report, DemoError> {
        self.clock.set(self.moment());
        let was_up = self.line.is_up();
        // A new driver each time: no connection of before is still open.
        let result = self.driver()?.sync().await;
        match result {
            Ok(exchanged) => {
                self.tally.round_trips += u64::from(exchanged.round_trips);
                self.tally.accepted += exchanged.report.accepted;
                self.tally.duplicate += exchanged.report.duplicate;
                self.tally.parked += exchanged.report.parked;
                Ok(exchanged.report)
            }
            Err(error) => {
                // A request went out, though nothing came back.
                self.tally.round_trips += u64::from(was_up);
                Err(error.into())
            }
        }
    }

    /// How much of this phone's work is where.
    pub(super) fn totals(&self) -> Result<Totals, DemoError> {
        Ok(self.replica.store().read(totals)?)
    }

    /// The items that the server has not confirmed.
    pub(super) fn pending(&self) -> Result<u64, DemoError> {
        let totals = self.totals()?;
        Ok(totals.on_phone + totals.sent)
    }

    fn driver(&self) -> Result<Driver, DemoError> {
        let transport = HttpTransport::new(&self.line.url())?;
        let edge: Arc<dyn Edge> = Arc::<PhoneEdge>::clone(&self.edge);
        Ok(Driver::new(Arc::clone(&self.replica), transport, edge))
    }
}

impl std::fmt::Debug for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Phone")
            .field("who", &self.who.short)
            .finish_non_exhaustive()
    }
}

impl PhoneEdge {
    fn moment(&self) -> std::sync::MutexGuard<'_, Moment> {
        self.moment.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Edge for PhoneEdge {
    fn now(&self) -> Now {
        let moment = *self.moment();
        Now {
            at: moment.local(self.offset_min.load(Ordering::SeqCst)),
            mono_ms: moment.unix_ms().saturating_sub(BOOTED.unix_ms()),
            boot: self.boot,
        }
    }

    fn random(&self, bytes: &mut [u8]) {
        self.rng
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .fill_bytes(bytes);
    }
}
