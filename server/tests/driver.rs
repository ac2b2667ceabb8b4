//! The phone's driver against a real server over HTTP: news arrive by themselves, an old token renews itself, and a
//! server that was away is found again.

#![expect(clippy::unwrap_used, reason = "helpers of tests are not seen as tests")]

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use fieldbook_core::model::{BootId, Kind, Role};
use fieldbook_core::replica::sync::{Driver, Edge, Enrolment, HttpTransport};
use fieldbook_core::replica::{NewCustomer, Now, Replica};
use fieldbook_server::clock::{Clock, ManualClock};
use fieldbook_server::http::{App, bind, serve};
use fieldbook_server::identity::issue_code;
use fieldbook_server::organisation::{OrganisationError, add_person, add_unit, found};
use fieldbook_server::store::{SqliteStore, Store};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use uuid::Uuid;

/// A wait that only a failing test uses up; a poll would take longer.
const LIMIT: Duration = Duration::from_secs(30);

#[derive(Clone)]
struct SharedClock(Arc<ManualClock>);

impl Clock for SharedClock {
    fn now(&self) -> DateTime<Utc> {
        self.0.now()
    }
}

struct World {
    store: SqliteStore,
    clock: SharedClock,
    rng: Mutex<ChaCha20Rng>,
}

struct Office {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

fn morning() -> DateTime<Utc> {
    "2026-11-24T00:30:00Z".parse().unwrap()
}

impl World {
    /// A team of one supervisor and one rep.
    fn new() -> Self {
        let store = SqliteStore::open_in_memory().unwrap();
        let mut rng = ChaCha20Rng::seed_from_u64(7);
        let mut ids = ChaCha20Rng::seed_from_u64(rng.next_u64());
        store
            .transact(move |writer| {
                let tenant = found(writer, "Sunrise", 1, &mut ids)?.tenant.id;
                add_unit(writer, tenant, "North", None, 1, &mut ids)?;
                add_person(writer, tenant, "Grace", Role::Supervisor, "North", 1, &mut ids)?;
                add_person(writer, tenant, "Dana", Role::Rep, "North", 1, &mut ids)?;
                Ok::<_, OrganisationError>(())
            })
            .unwrap();
        let clock = SharedClock(Arc::new(ManualClock::new(morning())));
        Self {
            store,
            clock,
            rng: Mutex::new(rng),
        }
    }

    async fn open(&self, address: &str) -> Office {
        let listener = bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let app = App::new(
            self.store.clone(),
            self.clock.clone(),
            ChaCha20Rng::seed_from_u64(9),
        );
        let serving = tokio::spawn(async move {
            let stopped = async {
                let _ = stopped.await;
            };
            serve(listener, app, stopped).await.unwrap();
        });
        Office {
            address,
            stop,
            serving,
        }
    }

    fn code(&self, person: &'static str) -> String {
        let now_ms = u64::try_from(morning().timestamp_millis()).unwrap();
        let mut ids = ChaCha20Rng::seed_from_u64(self.rng.lock().unwrap().next_u64());
        let code = self
            .store
            .write(move |writer| {
                let tenant = writer.tenants()?[0].id;
                let person = writer.person_named(tenant, person)?.unwrap();
                issue_code(writer, tenant, person.id, now_ms, &mut ids)
            })
            .unwrap();
        code.to_string()
    }

    async fn phone(&self, office: &Office, person: &'static str) -> (Arc<Replica>, Arc<Driver>) {
        let seed = self.rng.lock().unwrap().next_u64();
        let replica = Arc::new(Replica::in_memory().unwrap());
        let transport = HttpTransport::new(&format!("http://{}", office.address)).unwrap();
        let edge = Hand {
            rng: Mutex::new(ChaCha20Rng::seed_from_u64(seed)),
            ticks: AtomicU64::new(0),
        };
        let driver = Arc::new(Driver::new(Arc::clone(&replica), transport, Arc::new(edge)));
        let enrolment = Enrolment {
            code: self.code(person),
            name: "phone".to_owned(),
        };
        driver.enrol(&enrolment).await.unwrap();
        driver.sync().await.unwrap();
        (replica, driver)
    }
}

impl Office {
    async fn close(self) {
        let _ = self.stop.send(());
        self.serving.await.unwrap();
    }
}

/// A phone's clocks and randomness under a seed; each look takes a second.
struct Hand {
    rng: Mutex<ChaCha20Rng>,
    ticks: AtomicU64,
}

impl Edge for Hand {
    fn now(&self) -> Now {
        now(self.ticks.fetch_add(1, Ordering::SeqCst))
    }
    fn random(&self, bytes: &mut [u8]) {
        self.rng.lock().unwrap().fill_bytes(bytes);
    }
}

fn now(seconds: u64) -> Now {
    let at = morning() + TimeDelta::seconds(i64::try_from(seconds).unwrap());
    Now {
        at: at.fixed_offset(),
        mono_ms: seconds * 1000,
        boot: BootId(Uuid::nil()),
    }
}

fn write_customer(replica: &Replica, name: &str) {
    let customer = NewCustomer {
        name: name.to_owned(),
        ..NewCustomer::default()
    };
    let seed = name.bytes().map(u64::from).sum();
    replica
        .add_customer(&now(500), &mut ChaCha20Rng::seed_from_u64(seed), customer)
        .unwrap();
}

/// Hears of customers that arrive on a replica.
fn customers(replica: &Replica) -> (mpsc::UnboundedReceiver<()>, fieldbook_core::replica::Subscription) {
    let (heard, hears) = mpsc::unbounded_channel();
    let subscription = replica.live().subscribe(move |changed| {
        if changed.touches(Kind::Customer) {
            let _ = heard.send(());
        }
    });
    (hears, subscription)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_supervisors_phone_hears_of_news_by_itself() {
    let world = World::new();
    let office = world.open("127.0.0.1:0").await;
    let (rep, reps_driver) = world.phone(&office, "Dana").await;
    let (supervisor, driver) = world.phone(&office, "Grace").await;
    let (mut hears, _subscription) = customers(&supervisor);
    let running = tokio::spawn(async move { driver.run().await });

    for name in ["Sunrise Market", "华东轴承"] {
        write_customer(&rep, name);
        let exchanged = reps_driver.sync().await.unwrap();
        assert_eq!((exchanged.round_trips, exchanged.report.accepted), (1, 1));
        tokio::time::timeout(LIMIT, hears.recv())
            .await
            .expect("news within the poll")
            .unwrap();
    }
    assert_eq!(supervisor.totals().unwrap().documents, 2);
    running.abort();
    office.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_has_expired_renews_itself() {
    let world = World::new();
    let office = world.open("127.0.0.1:0").await;
    let (rep, driver) = world.phone(&office, "Dana").await;
    for day in 1..4 {
        world.clock.0.set(morning() + TimeDelta::days(day));
        write_customer(&rep, &format!("day {day}"));
        let exchanged = driver.sync().await.unwrap();
        assert_eq!(exchanged.report.accepted, 1, "day {day}");
    }
    office.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_was_away_is_found_again() {
    let world = World::new();
    let office = world.open("127.0.0.1:0").await;
    let (rep, driver) = world.phone(&office, "Dana").await;
    let address = office.address.to_string();
    office.close().await;

    write_customer(&rep, "while nobody answers");
    driver.sync().await.expect_err("nobody answers");
    let (mut hears, _subscription) = customers(&rep);
    let again = Arc::clone(&driver);
    let running = tokio::spawn(async move { again.run().await });
    let office = world.open(&address).await;
    tokio::time::timeout(LIMIT, hears.recv())
        .await
        .expect("a verdict after the server came back")
        .unwrap();
    assert!(rep.totals().unwrap().all_accepted());
    running.abort();
    office.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_again_harms_no_unsent_work() {
    let world = World::new();
    let office = world.open("127.0.0.1:0").await;
    let (rep, driver) = world.phone(&office, "Dana").await;
    write_customer(&rep, "sent before");
    driver.sync().await.unwrap();
    write_customer(&rep, "not sent yet");
    let before = rep.identity().unwrap();

    let again = Enrolment {
        code: world.code("Dana"),
        name: "phone".to_owned(),
    };
    driver.enrol(&again).await.unwrap();
    assert_eq!(rep.identity().unwrap(), before, "the same installation");
    let report = driver.sync().await.unwrap().report;
    assert_eq!((report.accepted, report.parked), (1, 0));

    let somebody = Enrolment {
        code: world.code("Grace"),
        name: "phone".to_owned(),
    };
    driver
        .enrol(&somebody)
        .await
        .expect_err("a replica belongs to one person");
    assert_eq!(
        (rep.identity().unwrap(), rep.totals().unwrap().documents),
        (before, 2)
    );
    office.close().await;
}
