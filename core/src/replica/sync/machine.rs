use super::apply::{self, Applied};
use super::backoff::Backoff;
use super::handing::{self, Handing};
use super::upload;
use crate::replica::recovery::Said;
use crate::replica::settle::SentSection;
use crate::replica::{Now, Replica, ReplicaError};
use crate::wire::{self, Request};

/// How much news a phone takes in one answer at first, in bytes before compression: the first list comes soon.
const FIRST_BUDGET: u32 = 96 << 10;
/// How much it takes after that.
const BUDGET: u32 = 1 << 20;

/// Nothing is on its way; the next exchange may begin.
#[derive(Clone, Debug, Default)]
pub struct Ready {
    backoff: Backoff,
}

/// A request is on its way, or its answer.
#[derive(Debug)]
pub struct InFlight {
    backoff: Backoff,
    sent: Vec<SentSection>,
    said: Vec<Said>,
}

/// The last attempt failed; the next one begins at a known time.
#[derive(Debug)]
pub struct Waiting {
    backoff: Backoff,
    wait_ms: u64,
    until_ms: u64,
}

impl Waiting {
    fn new(mut backoff: Backoff, at_least_ms: Option<u64>, now_ms: u64, rng: &mut impl rand::Rng) -> Self {
        let wait_ms = backoff.fail(at_least_ms, rng);
        Self {
            backoff,
            wait_ms,
            until_ms: now_ms.saturating_add(wait_ms),
        }
    }
}

/// A request as it goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// The body: CBOR, zstd.
    pub body: Vec<u8>,
    /// How many operations it carries.
    pub operations: u64,
}

/// What one exchange did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Operations that the server stored now.
    pub accepted: u64,
    /// Operations that it had already.
    pub duplicate: u64,
    /// Operations that were parked with their reason.
    pub parked: u64,
    /// Operations that the server turned out to lack although it once had them; they go out again.
    pub offered_again: u64,
    /// Documents that brought news.
    pub news: u64,
    /// Documents that left this phone's scope.
    pub forgotten: u64,
    /// Operations that the server had lost and has again from this phone, whoever wrote them.
    pub handed_back: u64,
    /// How much of the log is read, while there is more of it.
    pub arriving: Option<Arriving>,
    /// True when the server had lost part of its log and asked for everything again.
    pub rewound: bool,
}

/// How far the news have come, counted in rows of the organisation's log: a measure of the way, not of this phone's records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arriving {
    /// The last row that was read.
    pub read: u64,
    /// The last row that there is.
    pub of: u64,
}

/// What follows an answer.
#[derive(Debug)]
pub enum Next {
    /// There is more to send or to receive: begin again at once.
    Again(Ready, Report),
    /// The phone and the server know the same.
    Done(Ready, Report),
    /// The server asked to wait with some operations.
    Later(Waiting, Report),
}

/// Why an exchange failed, as far as the wait depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No network, a lost answer, a server that is down.
    Unreachable,
    /// The server asked to come back later.
    Busy {
        /// After how many milliseconds.
        retry_after_ms: u64,
    },
}

impl Report {
    /// Adds another exchange's figures to these.
    pub fn add(&mut self, other: &Report) {
        self.accepted += other.accepted;
        self.duplicate += other.duplicate;
        self.parked += other.parked;
        self.offered_again += other.offered_again;
        self.news += other.news;
        self.forgotten += other.forgotten;
        self.handed_back += other.handed_back;
        self.rewound |= other.rewound;
        self.arriving = other.arriving;
    }
}

impl Ready {
    /// The exchange could not even begin (a full disk, say): wait and try again.
    pub fn postponed(self, now_ms: u64, rng: &mut impl rand::Rng) -> Waiting {
        Waiting::new(self.backoff, None, now_ms, rng)
    }

    /// Collects what the server lacks, writes the request and signs it. Reads the store, changes nothing in it but the
    /// mark that the operations were sent and the count of requests.
    ///
    /// # Errors
    /// When the replica does not read or is not enrolled; a copy of another phone is not before the
    /// server registered it.
    pub fn begin(self, replica: &Replica) -> Result<(InFlight, Outgoing), ReplicaError> {
        let identity = replica.identity()?;
        if replica.former()?.is_some_and(|former| !former.is_registered) {
            return Err(ReplicaError::NotEnrolled);
        }
        let cursor = replica.cursor()?;
        let handing = handing::collect(replica)?;
        let batch = upload::collect(replica)?;
        let operations = batch.sent.iter().map(|section| u64::from(section.count)).sum();
        let budget = if cursor.is_some() { BUDGET } else { FIRST_BUDGET };
        let (testimony, said) = match handing {
            Some(Handing { testimony, said }) => (Some(testimony), said),
            None => (None, Vec::new()),
        };
        let mut request = Request {
            protocol: wire::PROTOCOL_VERSION,
            schema: wire::SCHEMA_VERSION,
            cursor,
            reference: replica.reference().map_or(0, |reference| reference.version),
            budget,
            upload: batch.sections,
            waiting: batch.waiting,
            testimony,
            number: replica.next_number()?,
            ruling: replica.last_receipt()?.map(|receipt| receipt.rulings.number),
            signature: None,
        };
        let unwritten = |error: &dyn std::fmt::Display| ReplicaError::Answer(error.to_string());
        request
            .sign(&identity.signed_by(), &identity.secret)
            .map_err(|error| unwritten(&error))?;
        let bytes = minicbor::to_vec(&request).map_err(|error| unwritten(&error))?;
        let body = wire::deflate(&bytes, wire::UPLOAD_LEVEL);
        Ok((
            InFlight {
                backoff: self.backoff,
                sent: batch.sent,
                said,
            },
            Outgoing { body, operations },
        ))
    }
}

impl InFlight {
    /// Takes the server's answer: verdicts, news, reference rows and, last, the cursor, in one transaction.
    ///
    /// # Errors
    /// An answer that does not read, or of another server; nothing of it is stored, and the caller goes on with
    /// [`InFlight::failed`].
    pub fn answered(
        self,
        replica: &Replica,
        body: &[u8],
        now: &Now,
        rng: &mut impl rand::Rng,
    ) -> Result<Next, (Self, ReplicaError)> {
        let Applied {
            report,
            more,
            retry_after_ms,
        } = match apply::apply(replica, (&self.sent, &self.said), body, now, rng) {
            Ok(applied) => applied,
            Err(error) => return Err((self, error)),
        };
        if let Some(wait) = retry_after_ms {
            let waiting = Waiting::new(self.backoff, Some(wait), now.unix_ms(), rng);
            return Ok(Next::Later(waiting, report));
        }
        let ready = Ready {
            backoff: Backoff::default(),
        };
        Ok(if more {
            Next::Again(ready, report)
        } else {
            Next::Done(ready, report)
        })
    }

    /// The exchange failed; nothing is lost, the same operations go out next time.
    pub fn failed(self, failure: Failure, now_ms: u64, rng: &mut impl rand::Rng) -> Waiting {
        let at_least = match failure {
            Failure::Unreachable => None,
            Failure::Busy { retry_after_ms } => Some(retry_after_ms),
        };
        Waiting::new(self.backoff, at_least, now_ms, rng)
    }
}

impl Waiting {
    /// When the next attempt is due, by the same clock that was passed in.
    pub fn until_ms(&self) -> u64 {
        self.until_ms
    }

    /// The time has come, or not yet. A clock that jumped back does not prolong the wait.
    pub fn due(self, now_ms: u64) -> Result<Ready, Self> {
        let jumped_back = self.until_ms.saturating_sub(now_ms) > self.wait_ms;
        if now_ms >= self.until_ms || jumped_back {
            Ok(self.wake())
        } else {
            Err(self)
        }
    }

    /// The person asked to try now, or the network came back.
    pub fn wake(self) -> Ready {
        Ready {
            backoff: self.backoff,
        }
    }
}
