use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use fieldbook_core::model::{InstallationKey, PersonId, Role};
use fieldbook_core::trust::{self, Claim, SignedBy};
use fieldbook_core::wire::{
    ANSWER_LEVEL, Answer, Cursor, MAX_INFLATED, PROTOCOL_VERSION, Request, SCHEMA_VERSION, deflate, inflate,
};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use reqwest::{Client, Response};
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::clock::{Clock, ManualClock, unix_ms};
use crate::http::{App, SYNC_BODY, ServeError, bind, serve};
use crate::identity::{Enrolment, issue_code};
use crate::organisation::{OrganisationError, add_person, add_unit, found};
use crate::store::{SqliteStore, Store, TenantRow};

/// A real server on a free port, with one organisation of two reps in two teams and a supervisor above.
pub(super) struct Rig {
    pub(super) app: App<SqliteStore>,
    pub(super) clock: Arc<ManualClock>,
    pub(super) client: Client,
    pub(super) base: String,
    pub(super) tenant: TenantRow,
    pub(super) people: [PersonId; 3],
    keys: Mutex<BTreeMap<String, u8>>,
    numbers: AtomicU64,
    stop: Option<oneshot::Sender<()>>,
    server: JoinHandle<Result<(), ServeError>>,
}

impl Clock for Arc<ManualClock> {
    fn now(&self) -> DateTime<Utc> {
        self.as_ref().now()
    }
}

pub(super) fn start_time() -> DateTime<Utc> {
    "2026-11-24T08:00:00Z".parse().unwrap()
}

fn house(store: &SqliteStore, seed: u64) -> (TenantRow, [PersonId; 3]) {
    store
        .transact(move |writer| {
            let (now, mut rng) = (unix_ms(start_time()), ChaCha20Rng::seed_from_u64(seed));
            let tenant = found(writer, "华东", now, &mut rng)?.tenant;
            add_unit(writer, tenant.id, "East", None, now, &mut rng)?;
            add_unit(writer, tenant.id, "Team 1", Some("East"), now, &mut rng)?;
            add_unit(writer, tenant.id, "Team 2", Some("East"), now, &mut rng)?;
            let li = add_person(writer, tenant.id, "Li", Role::Rep, "Team 1", now, &mut rng)?.id;
            let wang = add_person(writer, tenant.id, "Wang", Role::Rep, "Team 2", now, &mut rng)?.id;
            let boss = add_person(writer, tenant.id, "Boss", Role::Supervisor, "East", now, &mut rng)?.id;
            Ok::<_, OrganisationError>((tenant, [li, wang, boss]))
        })
        .unwrap()
}

impl Rig {
    pub(super) async fn start() -> Self {
        Self::start_with(1).await
    }

    /// Another seed is another server with another organisation.
    pub(super) async fn start_with(seed: u64) -> Self {
        // A second test of the same process finds it installed.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let store = SqliteStore::open_in_memory().unwrap();
        let (tenant, people) = house(&store, seed);
        let clock = Arc::new(ManualClock::new(start_time()));
        let app = App::new(store, Arc::clone(&clock), ChaCha20Rng::seed_from_u64(seed + 100));
        let listener = bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        let served = app.clone();
        let server = tokio::spawn(async move {
            serve(listener, served, async {
                let _ = stopped.await;
            })
            .await
        });
        let client = Client::builder().build().unwrap();
        Self {
            app,
            clock,
            client,
            base,
            tenant,
            people,
            keys: Mutex::default(),
            numbers: AtomicU64::new(0),
            stop: Some(stop),
            server,
        }
    }

    pub(super) fn pass(&self, time: TimeDelta) {
        self.clock.set(self.clock.as_ref().now() + time);
    }

    pub(super) fn code(&self, person: usize, seed: u64) -> String {
        let (tenant, person, now) = (
            self.tenant.id,
            self.people[person],
            unix_ms(self.clock.as_ref().now()),
        );
        let issue = move |writer: &mut dyn crate::store::Writer| {
            issue_code(writer, tenant, person, now, &mut ChaCha20Rng::seed_from_u64(seed))
        };
        self.app.store().write(issue).unwrap().to_string()
    }

    pub(super) async fn post(&self, path: &str, body: &Value) -> Response {
        let request = self.client.post(format!("{}{path}", self.base));
        request
            .header("content-type", "application/json")
            .body(body.to_string())
            .send()
            .await
            .unwrap()
    }

    /// Signs a phone in and answers what the server said.
    pub(super) async fn enrol(&self, person: usize, phone: u8) -> Value {
        let body = enrolment(&self.code(person, u64::from(phone)), phone);
        let response = self.post("/v1/enrol", &body).await;
        assert_eq!(response.status(), 200);
        let enrolled = parsed(response).await;
        let token = enrolled["access_token"].as_str().unwrap().to_owned();
        self.keys.lock().unwrap().insert(token, phone);
        enrolled
    }

    /// The secret of the phone that a token was given to; of phone 7 for tokens that were renewed.
    pub(super) fn secret(&self, token: &str) -> [u8; 32] {
        [self.keys.lock().unwrap().get(token).copied().unwrap_or(7); 32]
    }

    /// A number that no phone has used.
    pub(super) fn number(&self) -> u64 {
        self.numbers.fetch_add(1, Ordering::SeqCst) + 1
    }

    fn signed_by(&self, secret: &[u8; 32]) -> SignedBy {
        SignedBy {
            server: self.app.store().read(|r| r.server()).unwrap().id,
            tenant: self.tenant.id,
            installation: InstallationKey {
                public_key: trust::public_key(secret),
                epoch: 0,
            },
        }
    }

    /// A request as the phone with this secret signs it.
    pub(super) fn signed(&self, secret: &[u8; 32], request: &Request) -> Request {
        let mut request = request.clone();
        request.number = self.number();
        request.sign(&self.signed_by(secret), secret).unwrap();
        request
    }

    /// The body by which the copy of a phone takes a key of its own.
    pub(super) fn copy(&self, former: u8, own: u8) -> Value {
        let server = self.app.store().read(|r| r.server()).unwrap().id;
        let [former_key, own_key] = [former, own].map(|phone| trust::public_key(&[phone; 32]));
        let message = trust::copy_message(server, &former_key, &own_key);
        json!({
            "former": hex::encode(former_key),
            "public_key": hex::encode(own_key),
            "former_signature": hex::encode(trust::sign(&[former; 32], &message)),
            "signature": hex::encode(trust::sign(&[own; 32], &message)),
        })
    }

    /// The body that renews a phone's tokens.
    pub(super) fn renewal(&self, phone: u8, refresh_token: &str) -> Value {
        let claim = Claim::Renewal {
            server: self.app.store().read(|r| r.server()).unwrap().id,
            refresh_token,
        };
        let signature = trust::sign(&[phone; 32], &claim.message(&trust::public_key(&[phone; 32])));
        json!({ "refresh_token": refresh_token, "signature": hex::encode(signature) })
    }

    /// The body by which a phone goes on with a restored server.
    pub(super) fn resumption(&self, phone: u8, epoch: u32) -> Value {
        let (number, public_key) = (self.number(), trust::public_key(&[phone; 32]));
        let claim = Claim::Resumption {
            server: self.app.store().read(|r| r.server()).unwrap().id,
            tenant: self.tenant.id,
            epoch,
            number,
        };
        let signature = trust::sign(&[phone; 32], &claim.message(&public_key));
        json!({
            "public_key": hex::encode(public_key), "epoch": epoch, "number": number, "signature": hex::encode(signature),
        })
    }

    /// The address at which a phone listens, signed.
    pub(super) fn events(&self, secret: &[u8; 32], after: u64) -> String {
        let number = self.number();
        let claim = Claim::Events {
            server: self.app.store().read(|r| r.server()).unwrap().id,
            tenant: self.tenant.id,
            number,
            after,
        };
        let signature = hex::encode(trust::sign(secret, &claim.message(&trust::public_key(secret))));
        format!(
            "{}/v1/events?after={after}&number={number}&signature={signature}",
            self.base
        )
    }

    /// An access token of a new phone.
    pub(super) async fn token(&self, person: usize, phone: u8) -> String {
        self.enrol(person, phone).await["access_token"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    pub(super) async fn sync_bytes(&self, token: &str, body: Vec<u8>) -> Response {
        let request = self
            .client
            .post(format!("{}/v1/sync", self.base))
            .bearer_auth(token);
        request
            .header("content-type", SYNC_BODY)
            .body(body)
            .send()
            .await
            .unwrap()
    }

    /// An exchange, signed by the phone that the token was given to.
    pub(super) async fn sync(&self, token: &str, request: &Request) -> Response {
        let request = self.signed(&self.secret(token), request);
        self.send(token, &request).await
    }

    /// An exchange as it is.
    pub(super) async fn send(&self, token: &str, request: &Request) -> Response {
        self.sync_bytes(token, deflate(&minicbor::to_vec(request).unwrap(), ANSWER_LEVEL))
            .await
    }

    pub(super) async fn stop(mut self) {
        drop(self.stop.take());
        self.server.await.unwrap().unwrap();
    }

    pub(super) fn ask_to_stop(&mut self) {
        drop(self.stop.take());
    }

    pub(super) async fn stopped(self) {
        self.server.await.unwrap().unwrap();
    }
}

/// The body that enrols a phone.
pub(super) fn enrolment(code: &str, phone: u8) -> Value {
    let enrolment = Enrolment::signed(code, &[phone; 32], 0, "Phone");
    json!({
        "code": code,
        "public_key": hex::encode(enrolment.public_key),
        "name": "Phone",
        "signature": hex::encode(enrolment.signature),
    })
}

/// A request that says nothing.
pub(super) fn idle(cursor: Option<Cursor>) -> Request {
    Request {
        protocol: PROTOCOL_VERSION,
        schema: SCHEMA_VERSION,
        cursor,
        reference: 0,
        budget: 1 << 20,
        upload: Vec::new(),
        waiting: 0,
        testimony: None,
        number: 0,
        ruling: None,
        signature: None,
    }
}

pub(super) async fn parsed(response: Response) -> Value {
    serde_json::from_slice(&response.bytes().await.unwrap()).unwrap()
}

/// A problem's body; its headers must say that it is one.
pub(super) async fn problem(response: Response) -> Value {
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    let status = response.status().as_u16();
    let body = parsed(response).await;
    assert_eq!(body["status"], status);
    body
}

pub(super) async fn answer(response: Response) -> Answer {
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], SYNC_BODY);
    minicbor::decode(&inflate(&response.bytes().await.unwrap(), MAX_INFLATED).unwrap()).unwrap()
}
