//! A phone whose data is copied to another one: both go on, and both sets of work are on the server exactly once.

#![expect(clippy::unwrap_used, reason = "helpers of tests are not seen as tests")]

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use fieldbook_core::document::view::CustomerView;
use fieldbook_core::model::{BootId, DocumentId, Role};
use fieldbook_core::replica::sync::{Driver, DriverError, Edge, Enrolment, HttpTransport};
use fieldbook_core::replica::{Handset, NewCustomer, Now, Options, Replica};
use fieldbook_server::audit::verify;
use fieldbook_server::clock::{Clock, ManualClock};
use fieldbook_server::http::{App, bind, serve};
use fieldbook_server::identity::issue_code;
use fieldbook_server::organisation::{OrganisationError, add_person, add_unit, found};
use fieldbook_server::store::{SqliteStore, Store};
use rand::Rng;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use tempfile::TempDir;
use tokio::sync::oneshot;

#[derive(Clone)]
struct SharedClock(Arc<ManualClock>);

impl Clock for SharedClock {
    fn now(&self) -> DateTime<Utc> {
        self.0.now()
    }
}

struct Hand {
    rng: Mutex<ChaCha20Rng>,
    ticks: AtomicU64,
}

fn morning() -> DateTime<Utc> {
    "2026-11-24T00:30:00Z".parse().unwrap()
}

impl Edge for Hand {
    fn now(&self) -> Now {
        let tick = self.ticks.fetch_add(1, Ordering::SeqCst);
        Now {
            at: (morning() + TimeDelta::milliseconds(tick as i64)).fixed_offset(),
            mono_ms: tick,
            boot: BootId(uuid::Uuid::nil()),
        }
    }
    fn random(&self, bytes: &mut [u8]) {
        self.rng.lock().unwrap().fill_bytes(bytes);
    }
}

/// A server with one rep and her supervisor, served over HTTP.
struct World {
    store: SqliteStore,
    url: String,
    folder: TempDir,
    clock: SharedClock,
    _stop: oneshot::Sender<()>,
}

struct Phone {
    replica: Arc<Replica>,
    driver: Driver,
    rng: Mutex<ChaCha20Rng>,
}

impl World {
    async fn new() -> Self {
        let store = SqliteStore::open_in_memory().unwrap();
        let mut ids = ChaCha20Rng::seed_from_u64(7);
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
        let listener = bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let app = App::new(store.clone(), clock.clone(), ChaCha20Rng::seed_from_u64(9));
        let (stop, stopped) = oneshot::channel::<()>();
        tokio::spawn(async move {
            let stopped = async {
                let _ = stopped.await;
            };
            serve(listener, app, stopped).await.unwrap();
        });
        Self {
            store,
            url,
            folder: TempDir::new().unwrap(),
            clock,
            _stop: stop,
        }
    }

    /// A phone on the replica in a file; the marker is the phone's own.
    fn phone(&self, file: &Path, marker: u8, seed: u64) -> Phone {
        let handset = Handset {
            marker: vec![marker],
            fresh: [marker; 32],
        };
        let replica = Arc::new(Replica::open_on(file, Options::default(), &handset).unwrap());
        let edge = Hand {
            rng: Mutex::new(ChaCha20Rng::seed_from_u64(seed)),
            ticks: AtomicU64::new(seed * 1_000_000),
        };
        let transport = HttpTransport::new(&self.url).unwrap();
        Phone {
            driver: Driver::new(Arc::clone(&replica), transport, Arc::new(edge)),
            replica,
            rng: Mutex::new(ChaCha20Rng::seed_from_u64(seed + 1000)),
        }
    }

    async fn enrolled(&self, person: &'static str, marker: u8) -> (Phone, std::path::PathBuf) {
        let file = self.folder.path().join(format!("{person}.db"));
        let phone = self.phone(&file, marker, u64::from(marker));
        let code = self
            .store
            .write(move |writer| {
                let tenant = writer.tenants()?[0].id;
                let person = writer.person_named(tenant, person)?.unwrap();
                let mut ids = ChaCha20Rng::seed_from_u64(u64::from(marker) + 50);
                let now_ms = u64::try_from(morning().timestamp_millis()).unwrap();
                issue_code(writer, tenant, person.id, now_ms, &mut ids)
            })
            .unwrap();
        let enrolment = Enrolment {
            code: code.to_string(),
            name: format!("{person}'s phone"),
        };
        phone.driver.enrol(&enrolment).await.unwrap();
        phone.driver.sync().await.unwrap();
        (phone, file)
    }

    /// The database as a backup of the phone takes it.
    fn copy(&self, from: &Path, name: &str) -> std::path::PathBuf {
        let to = self.folder.path().join(name);
        let connection = rusqlite::Connection::open(from).unwrap();
        connection
            .execute("VACUUM INTO ?1", [to.to_str().unwrap()])
            .unwrap();
        to
    }

    fn devices(&self) -> usize {
        self.store
            .read(|reader| reader.devices(reader.tenants()?[0].id))
            .unwrap()
            .len()
    }

    fn is_honest(&self) {
        let audit = self.store.read(|reader| verify(reader, &[])).unwrap();
        assert_eq!(audit.findings, []);
    }
}

impl Phone {
    fn now(&self, minute: i64) -> Now {
        Now {
            at: (morning() + TimeDelta::minutes(minute)).fixed_offset(),
            mono_ms: u64::try_from(minute * 60_000).unwrap(),
            boot: BootId(uuid::Uuid::nil()),
        }
    }

    fn customer(&self, minute: i64, name: &str) -> DocumentId {
        let customer = NewCustomer {
            name: name.to_owned(),
            ..NewCustomer::default()
        };
        let mut rng = self.rng.lock().unwrap();
        self.replica
            .add_customer(&self.now(minute), &mut *rng, customer)
            .unwrap()
    }

    fn tag(&self, minute: i64, customer: DocumentId, tag: &str) {
        self.replica
            .set_tag(&self.now(minute), customer, tag, true)
            .unwrap();
    }

    fn tags(&self, customer: DocumentId) -> Vec<String> {
        let index = self.replica.document(customer).unwrap().unwrap();
        CustomerView::read(&index).unwrap().tags
    }

    /// What it has written is on the server and nothing is left over.
    fn is_settled(&self, who: &str) {
        let totals = self.replica.totals().unwrap();
        assert!(
            totals.all_accepted(),
            "{who}: {totals:?} {:?}",
            self.replica.parked()
        );
        assert!(self.replica.receipt().unwrap().all_on_server(), "{who}");
    }
}

#[tokio::test]
async fn a_copy_that_knows_itself_by_its_marker_writes_under_a_name_of_its_own() {
    let world = World::new().await;
    let (first, file) = world.enrolled("Dana", 1).await;
    let (grace, _) = world.enrolled("Grace", 9).await;
    let shop = first.customer(1, "Sunrise Market");
    first.driver.sync().await.unwrap();
    first.tag(2, shop, "before");
    let copied = world.copy(&file, "copy.db");

    // Both go on offline; what waited when the copy was made waits on both.
    let second = world.phone(&copied, 2, 2);
    assert!(
        second.replica.former().unwrap().is_some(),
        "before the first write"
    );
    assert_ne!(
        first.replica.identity().unwrap().public_key(),
        second.replica.identity().unwrap().public_key()
    );
    first.tag(3, shop, "first");
    first.customer(3, "Only on the first");
    second.tag(4, shop, "second");
    second.customer(4, "Only on the second");

    second.driver.sync().await.unwrap();
    let report = first.driver.sync().await.unwrap().report;
    assert_eq!(report.duplicate, 1, "what both had is there once: {report:?}");
    for phone in [&second, &first, &grace] {
        phone.driver.sync().await.unwrap();
    }
    for (phone, who) in [(&first, "first"), (&second, "second"), (&grace, "Grace")] {
        assert_eq!(phone.tags(shop), ["before", "first", "second"], "{who}");
        assert_eq!(phone.replica.totals().unwrap().documents, 3, "{who}");
        phone.is_settled(who);
    }
    assert_eq!(world.devices(), 3, "the copy is a device of its own");
    assert!(
        first.replica.former().unwrap().is_none(),
        "the other phone is not touched"
    );
    world.is_honest();
}

#[tokio::test]
async fn a_copy_without_a_marker_is_told_by_the_server() {
    let world = World::new().await;
    let (first, file) = world.enrolled("Dana", 1).await;
    let shop = first.customer(1, "Sunrise Market");
    first.driver.sync().await.unwrap();
    let copied = world.copy(&file, "copy.db");
    // The platform tells nobody apart.
    let second = world.phone(&copied, 1, 2);
    assert!(second.replica.former().unwrap().is_none());
    first.tag(3, shop, "first");
    second.tag(4, shop, "second");
    first.driver.sync().await.unwrap();
    second.driver.sync().await.unwrap();
    assert!(second.replica.former().unwrap().is_some(), "the server told it");
    for phone in [&first, &second, &first] {
        phone.driver.sync().await.unwrap();
    }
    for (phone, who) in [(&first, "first"), (&second, "second")] {
        assert_eq!(phone.tags(shop), ["first", "second"], "{who}");
        phone.is_settled(who);
    }
    assert_eq!(world.devices(), 2);
    assert!(first.replica.former().unwrap().is_none());
    world.is_honest();
}

#[tokio::test]
async fn a_copy_comes_through_when_the_tokens_were_replaced() {
    let world = World::new().await;
    let (first, file) = world.enrolled("Dana", 1).await;
    let copied = world.copy(&file, "copy.db");
    let second = world.phone(&copied, 2, 2);
    second.customer(4, "Only on the second");
    // A day passes: the first phone has renewed its tokens several times.
    for hours in [2, 4] {
        world.clock.0.set(morning() + TimeDelta::hours(hours));
        first.driver.sync().await.unwrap();
    }
    second.driver.sync().await.unwrap();
    second.is_settled("second");
    first.driver.sync().await.unwrap();
    assert_eq!(first.replica.totals().unwrap().documents, 1);
    world.is_honest();
}

#[tokio::test]
async fn a_stolen_token_neither_reads_nor_writes_and_the_phone_notices_nothing() {
    let world = World::new().await;
    let (phone, file) = world.enrolled("Dana", 1).await;
    phone.customer(1, "Sunrise Market");
    phone.driver.sync().await.unwrap();
    // The thief has the phone's data with its tokens, and another key.
    let stolen = world.copy(&file, "stolen.db");
    {
        let connection = rusqlite::Connection::open(&stolen).unwrap();
        let identity: Vec<u8> = connection
            .query_row("SELECT value FROM setting WHERE key = 'identity'", [], |row| {
                row.get(0)
            })
            .unwrap();
        let mut identity: serde_json::Value = serde_json::from_slice(&identity).unwrap();
        identity["secret"] = serde_json::json!([66; 32].to_vec());
        connection
            .execute(
                "UPDATE setting SET value = ?1 WHERE key = 'identity'",
                [serde_json::to_vec(&identity).unwrap()],
            )
            .unwrap();
    }
    let thief = world.phone(&stolen, 1, 3);
    let before = world.store.read(|r| r.head(r.tenants()?[0].id)).unwrap();
    for write in [false, true] {
        if write {
            thief.customer(2, "The thief's");
        }
        match thief.driver.sync().await {
            Err(DriverError::Transport(fieldbook_core::replica::sync::TransportError::Refused {
                status: 403,
                problem,
            })) => assert!(problem.kind.ends_with(":signature-wrong"), "{problem:?}"),
            other => panic!("the thief got {other:?}"),
        }
        // Not even after an hour, when the token has to be renewed.
        world.clock.0.set(morning() + TimeDelta::hours(2));
    }
    assert_eq!(world.store.read(|r| r.head(r.tenants()?[0].id)).unwrap(), before);
    phone.customer(3, "Harbour Tools");
    phone.driver.sync().await.unwrap();
    phone.is_settled("the phone itself");
}
