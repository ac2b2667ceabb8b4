use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use fieldbook_core::replica::NewCustomer;
use fieldbook_core::replica::sync::{Edge, HttpTransport, Next, Ready, Report};
use fieldbook_core::wire::{ANSWER_LEVEL, Answer, MAX_INFLATED, Request, deflate, inflate};
use fieldbook_server::clock::SystemClock;
use fieldbook_server::http::{App, Limits, SYNC_BODY, bind, serve};
use fieldbook_server::random;
use fieldbook_server::store::SqliteStore;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

use super::{Outcome, Phone, SystemEdge, Town};

/// A real server behind HTTP, and phones in front of it: for what comes through the door.
#[derive(Debug)]
pub struct Door {
    runtime: Runtime,
    url: String,
    transport: HttpTransport,
    client: reqwest::Client,
    store: SqliteStore,
    town: Town,
    phones: Vec<Phone>,
    edge: SystemEdge,
    number: AtomicU64,
    _stop: oneshot::Sender<()>,
    _folder: TempDir,
}

/// What the server says to a request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// It answered.
    Answer(Box<Answer>),
    /// It refused.
    Problem {
        /// The status.
        status: u16,
        /// The header `Retry-After`, in seconds.
        retry_after_s: Option<u32>,
        /// The body.
        problem: Value,
    },
}

impl Reply {
    /// The answer.
    ///
    /// # Errors
    /// When the server refused.
    pub fn answer(self) -> Outcome<Answer> {
        match self {
            Self::Answer(answer) => Ok(*answer),
            Self::Problem { status, problem, .. } => Err(format!("{status}: {problem}").into()),
        }
    }

    /// The status and the end of the problem's type, once its words were checked: whoever is refused is told what is wrong and
    /// what to do, in both languages.
    ///
    /// # Errors
    /// When the server answered, or a word is missing.
    pub fn problem(self) -> Outcome<(u16, String)> {
        let Self::Problem { status, problem, .. } = self else {
            return Err("it was answered".into());
        };
        for word in ["title", "title_zh", "fix", "fix_zh", "detail"] {
            if problem[word].as_str().is_none_or(str::is_empty) {
                return Err(format!("no {word} in {problem}").into());
            }
        }
        let kind = problem["type"].as_str().unwrap_or_default();
        let name = kind.strip_prefix("urn:fieldbook:problem:").ok_or("no type")?;
        Ok((status, name.to_owned()))
    }
}

impl Door {
    /// A server that waits `patience` for a body, and a phone for each of so many reps.
    ///
    /// # Errors
    /// When the port or the disk refuses.
    pub fn open(reps: usize, patience: Duration) -> Outcome<Self> {
        let limits = Limits {
            patience,
            ..Limits::default()
        };
        Self::limited(reps, limits)
    }

    /// A server that takes on only so much at one time, and a phone for each of so many reps.
    ///
    /// # Errors
    /// When the port or the disk refuses.
    pub fn limited(reps: usize, limits: Limits) -> Outcome<Self> {
        let folder = TempDir::new()?;
        let town = Town::found(&folder.path().join("data"), reps)?;
        let store = town.open()?;
        let phones = town.phones(&store, reps)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?;
        let app = App::with_limits(store.clone(), SystemClock, random::from_machine()?, limits);
        let listener = runtime.block_on(bind("127.0.0.1:0"))?;
        let url = format!("http://{}", listener.local_addr()?);
        let (stop, stopped) = oneshot::channel::<()>();
        runtime.spawn(serve(listener, app, async {
            // Dropped with the door.
            let _ = stopped.await;
        }));
        Ok(Self {
            runtime,
            transport: HttpTransport::new(&url)?,
            client: reqwest::Client::builder().build()?,
            url,
            store,
            town,
            phones,
            edge: SystemEdge::new()?,
            // Higher than a phone's own.
            number: AtomicU64::new(1_000_000),
            _stop: stop,
            _folder: folder,
        })
    }

    /// A rep's phone.
    ///
    /// # Errors
    /// When there are not so many.
    pub fn phone(&self, rep: usize) -> Outcome<&Phone> {
        Ok(self.phones.get(rep).ok_or("no such rep")?)
    }

    /// The organisation.
    pub fn town(&self) -> &Town {
        &self.town
    }

    /// The server's store.
    pub fn store(&self) -> &SqliteStore {
        &self.store
    }

    /// The phones' clocks and randomness.
    pub fn edge(&self) -> &SystemEdge {
        &self.edge
    }

    /// Where the server listens, as `host:port`.
    pub fn address(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    /// Posts a body with somebody's token.
    ///
    /// # Errors
    /// When the connection breaks, or the answer does not read.
    pub fn post(&self, token: &str, body: Vec<u8>) -> Outcome<Reply> {
        let request = self
            .client
            .post(format!("{}/v1/sync", self.url))
            .bearer_auth(token)
            .header("content-type", SYNC_BODY)
            .body(body);
        self.runtime.block_on(async {
            let response = request.send().await?;
            let status = response.status().as_u16();
            let retry_after_s = response
                .headers()
                .get("retry-after")
                .and_then(|value| value.to_str().ok()?.parse().ok());
            let bytes = response.bytes().await?;
            if status == 200 {
                let answer = minicbor::decode(&inflate(&bytes, MAX_INFLATED)?)?;
                return Ok(Reply::Answer(Box::new(answer)));
            }
            Ok(Reply::Problem {
                status,
                retry_after_s,
                problem: serde_json::from_slice(&bytes)?,
            })
        })
    }

    /// Posts a request as a rep's phone would: signed by it, with a number of its own.
    ///
    /// # Errors
    /// As [`Door::post`].
    pub fn ask(&self, rep: usize, request: &Request) -> Outcome<Reply> {
        let phone = self.phone(rep)?;
        let (identity, mut request) = (phone.replica.identity()?, request.clone());
        request.number = self.number.fetch_add(1, Ordering::Relaxed);
        request.sign(&identity.signed_by(), &identity.secret)?;
        let body = deflate(&minicbor::to_vec(&request)?, ANSWER_LEVEL);
        self.post(&phone.access_token, body)
    }

    /// The phones' connections are new from here on, as after a while without a request: one that the server has just
    /// closed is not known as closed for a moment, and a phone would try again later.
    ///
    /// # Errors
    /// When no client can be made.
    pub fn reconnect(&mut self) -> Outcome<()> {
        self.transport = HttpTransport::new(&self.url)?;
        Ok(())
    }

    /// A rep's phone and the server come to the same.
    ///
    /// # Errors
    /// When either refuses the other.
    pub fn sync(&self, rep: usize) -> Outcome<Report> {
        let phone = self.phone(rep)?;
        let mut rng = ChaCha20Rng::seed_from_u64(rep as u64);
        let (mut ready, mut done) = (Ready::default(), Report::default());
        loop {
            let (in_flight, outgoing) = ready.begin(&phone.replica)?;
            let sent = self.transport.sync(&phone.access_token, outgoing.body);
            let answer = self.runtime.block_on(sent)?;
            let next = in_flight
                .answered(&phone.replica, &answer, &self.edge.now(), &mut rng)
                .map_err(|(_, error)| error)?;
            match next {
                Next::Again(next, report) => {
                    done.add(&report);
                    ready = next;
                }
                Next::Done(_, report) => {
                    done.add(&report);
                    return Ok(done);
                }
                Next::Later(..) => return Err("the phone has to wait".into()),
            }
        }
    }

    /// Does something hostile while a rep's phone goes on working: each of its items is taken at once, whatever happens beside
    /// it.
    ///
    /// # Errors
    /// When the deed fails, or the phone notices it.
    pub fn beside<T>(&self, rep: usize, deed: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        let is_over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let bystander = scope.spawn(|| self.work(rep, &is_over));
            let done = deed();
            is_over.store(true, Ordering::Relaxed);
            bystander.join().map_err(|_| "the phone beside it panicked")??;
            done
        })
    }

    fn work(&self, rep: usize, is_over: &AtomicBool) -> Outcome<()> {
        let mut rng = ChaCha20Rng::seed_from_u64(100 + rep as u64);
        let mut items = 0;
        // Before, during and after.
        while items < 3 || !is_over.load(Ordering::Relaxed) {
            items += 1;
            let customer = NewCustomer {
                name: format!("Shop {items}"),
                ..NewCustomer::default()
            };
            let now = self.edge.now();
            self.phone(rep)?.replica.add_customer(&now, &mut rng, customer)?;
            let report = self.sync(rep)?;
            if (report.accepted, report.duplicate, report.parked) != (1, 0, 0) {
                return Err(format!("the phone beside it notices: {report:?}").into());
            }
        }
        Ok(())
    }
}
