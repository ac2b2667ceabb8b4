use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use super::at_disk::{AtDisk, Rest};
use super::machine::{Failure, Next, Ready, Report, Waiting};
use super::status::{Phase, StatusBoard, SyncStatus};
use super::tokens;
use super::transport::{HttpTransport, Listening, Tokens, TransportError};
use crate::replica::{Identity, Now, Replica, ReplicaError};

/// How often a phone asks when no event comes.
const POLL: Duration = Duration::from_secs(60);

/// What the driver asks of the platform: clocks and randomness.
pub trait Edge: Send + Sync {
    /// The clocks.
    fn now(&self) -> Now;
    /// Fills the bytes with randomness.
    fn random(&self, bytes: &mut [u8]);
}

/// What an enrolment asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// The one-time code from the operator.
    pub code: String,
    /// What the person calls this phone.
    pub name: String,
}

/// What a run of exchanges did, until the phone and the server knew the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exchanged {
    /// How many requests went out.
    pub round_trips: u32,
    /// The bytes of their bodies.
    pub bytes_up: u64,
    /// The bytes of the answers' bodies.
    pub bytes_down: u64,
    /// What they did, added up.
    pub report: Report,
}

/// Why a run of exchanges ended early. Nothing is lost: the same operations go out next time.
#[derive(Debug, thiserror::Error)]
pub enum DriverError {
    /// The network or the server.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The replica.
    #[error(transparent)]
    Replica(#[from] ReplicaError),
    /// A blocking task was cancelled.
    #[error("sync was interrupted")]
    Interrupted,
}

/// Performs what the state machine decides: HTTP, waits and the calls of the replica on blocking threads.
pub struct Driver {
    replica: Arc<Replica>,
    transport: HttpTransport,
    edge: Arc<dyn Edge>,
    wake: Arc<Notify>,
    written: Arc<Notify>,
    turn: tokio::sync::Mutex<()>,
    board: StatusBoard,
    disk: AtDisk,
}

/// What a sign-in brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Who the replica belongs to.
    pub identity: Identity,
    /// The person's name, to be shown back.
    pub person_name: String,
}

impl fmt::Debug for Driver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Driver")
            .field("transport", &self.transport)
            .finish_non_exhaustive()
    }
}

/// Randomness of the edge, as the core takes it.
pub struct EdgeRng<'a>(pub &'a dyn Edge);

impl fmt::Debug for EdgeRng<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EdgeRng")
    }
}

impl rand::TryRng for EdgeRng<'_> {
    type Error = std::convert::Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        let mut bytes = [0; 4];
        self.0.random(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }
    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let mut bytes = [0; 8];
        self.0.random(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        self.0.random(bytes);
        Ok(())
    }
}

impl Driver {
    /// A driver for an enrolled replica.
    pub fn new(replica: Arc<Replica>, transport: HttpTransport, edge: Arc<dyn Edge>) -> Self {
        Self {
            board: StatusBoard::new(replica.live().clone()),
            replica,
            transport,
            edge,
            wake: Arc::default(),
            written: Arc::default(),
            turn: tokio::sync::Mutex::default(),
            disk: AtDisk::new(),
        }
    }

    /// Signs this replica in with a one-time code: registers its device key and keeps the tokens. The key is made once
    /// for the life of the replica, so signing in again harms no unsent work, and a lost answer can be asked for again.
    ///
    /// # Errors
    /// No network, a code that is not good, or a replica that belongs to somebody else.
    pub async fn enrol(&self, enrolment: &Enrolment) -> Result<SignedIn, DriverError> {
        let mut fresh = [0; 32];
        self.edge.random(&mut fresh);
        let replica = Arc::clone(&self.replica);
        let (secret, epoch) = self.disk.run(move || replica.device_secret(fresh)).await??;
        let enrolled = self
            .transport
            .enrol(&enrolment.code, &secret, epoch, &enrolment.name)
            .await?;
        let identity = Identity {
            server: enrolled.server,
            tenant: enrolled.tenant,
            person: enrolled.person,
            device: enrolled.device,
            secret,
            epoch: enrolled.epoch,
            server_key: enrolled.server_key,
        };
        let (replica, kept, kept_tokens) = (
            Arc::clone(&self.replica),
            identity.clone(),
            enrolled.tokens.clone(),
        );
        self.disk
            .run(move || {
                replica.enrol(&kept)?;
                tokens::put(&replica, &kept_tokens)
            })
            .await??;
        Ok(SignedIn {
            identity,
            person_name: enrolled.person_name,
        })
    }

    /// How sync goes.
    pub fn status(&self) -> SyncStatus {
        self.board.get()
    }

    /// Exchanges until the phone and the server know the same, or something fails.
    ///
    /// # Errors
    /// What failed; [`Driver::run`] waits and tries again, this returns.
    pub async fn sync(&self) -> Result<Exchanged, DriverError> {
        let _turn = self.turn.lock().await;
        let mut ready = Ready::default();
        let mut exchanged = Exchanged::default();
        let before = self.board.begin();
        let mut is_copy = false;
        loop {
            match self.exchange(ready, &mut exchanged).await {
                Ok(Next::Again(next, report)) => {
                    self.board.arriving(report.arriving);
                    ready = next;
                }
                Ok(Next::Done(..) | Next::Later(..)) => {
                    before.ended(None);
                    return Ok(exchanged);
                }
                // It has a key of its own now; told so twice, something else is wrong.
                Err((waiting, DriverError::Transport(TransportError::Copied(_)))) if !is_copy => {
                    is_copy = true;
                    ready = waiting.wake();
                }
                Err((_, error)) => {
                    before.ended(Some(&error));
                    return Err(error);
                }
            }
        }
    }

    /// Syncs for ever: when the person wrote something, when the server says there is news, when [`Driver::wake`] is
    /// called, when a wait is over, and at least once a minute. Ends only when the future is dropped.
    pub async fn run(&self) {
        let written = Arc::clone(&self.written);
        let _listening = self.replica.live().subscribe(move |changed| {
            if changed.own {
                written.notify_one();
            }
        });
        let _running = self.board.running();
        let mut ready = Ready::default();
        loop {
            let turn = self.turn.lock().await;
            self.board.set(Phase::Exchanging);
            let next = self.exchange(ready, &mut Exchanged::default()).await;
            drop(turn);
            let waiting = match next {
                Ok(Next::Again(next, report)) => {
                    self.board.arriving(report.arriving);
                    ready = next;
                    continue;
                }
                Ok(Next::Done(next, _)) => {
                    self.board.set(Phase::UpToDate);
                    self.idle().await;
                    ready = next;
                    continue;
                }
                Ok(Next::Later(waiting, _)) => {
                    self.board.wait(&waiting, None);
                    waiting
                }
                Err((waiting, error)) => {
                    tracing::debug!(%error, "sync failed; trying again later");
                    self.board.wait(&waiting, Some(&error));
                    waiting
                }
            };
            ready = self.wait(waiting).await;
        }
    }

    /// Asks [`Driver::run`] to sync now: something was written, or the network came back.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Lets what is at the disk end and keeps the rest of sync from it while the result lives; what waits for the network goes on
    /// waiting. For an app that is about to be suspended.
    ///
    /// # Errors
    /// None that a caller can do something about: the runtime is being shut down.
    pub async fn rest(&self) -> Result<Rest, DriverError> {
        self.disk.close().await
    }

    async fn exchange(
        &self,
        ready: Ready,
        exchanged: &mut Exchanged,
    ) -> Result<Next, (Waiting, DriverError)> {
        if let Err(error) = self.register().await {
            return Err((self.waiting(ready), error));
        }
        let replica = Arc::clone(&self.replica);
        let spare = ready.clone();
        let begun = self.disk.run(move || ready.begin(&replica)).await;
        let (in_flight, outgoing) = match begun {
            Ok(Ok(begun)) => begun,
            Ok(Err(error)) => return Err((self.waiting(spare), error.into())),
            Err(error) => return Err((self.waiting(spare), error)),
        };
        exchanged.round_trips += 1;
        exchanged.bytes_up += outgoing.body.len() as u64;
        let body = match self.send(outgoing.body).await {
            Ok(body) => body,
            Err(error) => {
                if let DriverError::Transport(TransportError::Copied(_)) = &error
                    && let Err(error) = self.take_own_key().await
                {
                    return Err((self.waiting(Ready::default()), error));
                }
                let failure = match &error {
                    DriverError::Transport(TransportError::Busy { retry_after_ms }) => Failure::Busy {
                        retry_after_ms: *retry_after_ms,
                    },
                    _ => Failure::Unreachable,
                };
                let now_ms = self.edge.now().unix_ms();
                let waiting = in_flight.failed(failure, now_ms, &mut EdgeRng(&*self.edge));
                return Err((waiting, error));
            }
        };
        exchanged.bytes_down += body.len() as u64;
        let (replica, edge) = (Arc::clone(&self.replica), Arc::clone(&self.edge));
        let answered = self.disk.run(move || {
            let now = edge.now();
            let next = in_flight.answered(&replica, &body, &now, &mut EdgeRng(&*edge));
            if let Ok(Next::Done(..)) = next
                && let Err(error) = replica.store().tidy()
            {
                tracing::warn!(%error, "the log could not be folded into the file");
            }
            next
        });
        match answered.await {
            Ok(Ok(next)) => {
                let (Next::Again(_, report) | Next::Done(_, report) | Next::Later(_, report)) = &next;
                exchanged.report.add(report);
                Ok(next)
            }
            Ok(Err((in_flight, error))) => {
                let now_ms = self.edge.now().unix_ms();
                let waiting = in_flight.failed(Failure::Unreachable, now_ms, &mut EdgeRng(&*self.edge));
                Err((waiting, error.into()))
            }
            Err(error) => Err((self.waiting(Ready::default()), error)),
        }
    }

    /// A copied phone becomes a device of its own before anything else.
    async fn register(&self) -> Result<(), DriverError> {
        let replica = Arc::clone(&self.replica);
        let former = self.disk.run(move || replica.former()).await??;
        let Some(former) = former.filter(|former| !former.is_registered) else {
            return Ok(());
        };
        let own = self.replica.identity()?;
        let enrolled = self.transport.register_copy(&former.identity, &own).await?;
        if enrolled.server != own.server {
            return Err(ReplicaError::WrongServer {
                ours: own.server,
                theirs: enrolled.server,
            }
            .into());
        }
        let replica = Arc::clone(&self.replica);
        self.disk
            .run(move || {
                tokens::put(&replica, &enrolled.tokens)?;
                replica.registered(enrolled.device, enrolled.epoch)
            })
            .await??;
        Ok(())
    }

    /// The server says that this phone is a copy: it goes on under a key of its own.
    async fn take_own_key(&self) -> Result<(), DriverError> {
        let mut fresh = [0; 32];
        self.edge.random(&mut fresh);
        let replica = Arc::clone(&self.replica);
        Ok(self.disk.run(move || replica.became_copy(fresh)).await??)
    }

    /// Sends with the access token, renewing it once when it is no longer good.
    async fn send(&self, body: Vec<u8>) -> Result<Vec<u8>, DriverError> {
        let tokens = self.tokens().await?;
        match self.transport.sync(&tokens.access_token, body.clone()).await {
            Err(TransportError::Unauthorised(_)) => {
                let renewed = self.renew(&tokens).await?;
                let (replica, kept) = (Arc::clone(&self.replica), renewed.clone());
                self.disk.run(move || tokens::put(&replica, &kept)).await??;
                Ok(self.transport.sync(&renewed.access_token, body).await?)
            }
            answered => Ok(answered?),
        }
    }

    /// The next pair. A restored server that does not know this pair is asked by the phone's key: nobody has to sign in again.
    async fn renew(&self, tokens: &Tokens) -> Result<Tokens, DriverError> {
        let identity = self.replica.identity()?;
        let unknown = match self.transport.refresh(&identity, &tokens.refresh_token).await {
            Err(TransportError::Unauthorised(problem)) => problem,
            renewed => return Ok(renewed?),
        };
        let Some(epoch) = unknown.epoch else {
            return Err(TransportError::Unauthorised(unknown).into());
        };
        let replica = Arc::clone(&self.replica);
        let number = self.disk.run(move || replica.next_number()).await??;
        match self.transport.resume(&identity, epoch, number).await {
            // What the person can do about it is what the first answer said.
            Err(TransportError::Refused { status, problem }) => {
                tracing::warn!(
                    status,
                    problem = problem.name(),
                    "the sign-in could not be taken up again"
                );
                Err(TransportError::Unauthorised(unknown).into())
            }
            resumed => Ok(resumed?),
        }
    }

    async fn tokens(&self) -> Result<Tokens, DriverError> {
        let replica = Arc::clone(&self.replica);
        Ok(self.disk.run(move || tokens::get(&replica)).await??)
    }

    /// With which tokens to listen, and what for.
    async fn listening(&self) -> Result<(Tokens, Listening), DriverError> {
        let replica = Arc::clone(&self.replica);
        let listening = self.disk.run(move || -> Result<Listening, ReplicaError> {
            let after = replica.cursor()?.map_or(0, |cursor| cursor.sequence);
            let number = replica.next_number()?;
            Ok(Listening::signed(&replica.identity()?, number, after))
        });
        let listening = listening.await??;
        Ok((self.tokens().await?, listening))
    }

    fn waiting(&self, ready: Ready) -> Waiting {
        ready.postponed(self.edge.now().unix_ms(), &mut EdgeRng(&*self.edge))
    }

    /// Until there is news, something to send, or the poll is due.
    async fn idle(&self) {
        let news = async {
            match self.listening().await {
                Ok((tokens, listening)) => self
                    .transport
                    .news(&tokens.access_token, &listening)
                    .await
                    .is_ok(),
                Err(_) => false,
            }
        };
        tokio::select! {
            heard = news => {
                if !heard {
                    // No events to be had: the poll is all there is.
                    tokio::select! {
                        () = self.wake.notified() => {}
                        () = self.written.notified() => {}
                        () = tokio::time::sleep(POLL) => {}
                    }
                }
            }
            () = self.wake.notified() => {}
            () = self.written.notified() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }

    async fn wait(&self, waiting: Waiting) -> Ready {
        let wait = waiting.until_ms().saturating_sub(self.edge.now().unix_ms());
        let _ = tokio::time::timeout(Duration::from_millis(wait), self.wake.notified()).await;
        waiting.wake()
    }
}

pub(in crate::replica) async fn blocking<T: Send + 'static>(
    f: impl FnOnce() -> T + Send + 'static,
) -> Result<T, DriverError> {
    tokio::task::spawn_blocking(f)
        .await
        .map_err(|_| DriverError::Interrupted)
}
