use std::sync::Arc;
use std::time::SystemTime;

use fieldbook_core::replica;
use fieldbook_core::replica::sync;

use crate::cancel::{Cancel, or_cancelled};
use crate::shared::Shared;
use crate::values::instant;
use crate::{FieldbookError, Words};

/// What sync is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Phase {
    /// Nobody runs it.
    Stopped,
    /// A request is on its way, or its answer.
    Exchanging,
    /// The phone and the server knew the same at the last contact.
    UpToDate,
    /// The last attempt did not work, or the server asked to wait.
    Waiting {
        /// When the next attempt is due.
        until: SystemTime,
    },
}

/// How sync goes, and how much of the work is where.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct SyncStatus {
    /// What it is doing.
    pub phase: Phase,
    /// Is there a network, as far as the phone knows? Nothing when the app does not say.
    pub online: Option<bool>,
    /// What went wrong last; gone after the next exchange that works.
    pub trouble: Option<FieldbookError>,
    /// The access of this phone has ended: nothing new is written, and what was not accepted stays to be exported. What to
    /// say about it; nothing while the phone works for the organisation.
    pub ended: Option<Words>,
    /// How far the news have come; nothing when all of them are here.
    pub arriving: Option<Arriving>,
    /// The clock of this phone is off; nothing when it is right, or nobody can say.
    pub clock: Option<ClockOff>,
    /// When the phone and the server last spoke.
    pub last_contact: Option<SystemTime>,
    /// How much of the work is where.
    pub totals: Totals,
}

/// How far the news have come, counted in rows of the organisation's log: for a bar, beside the count of the records that are here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Arriving {
    /// The last row that was read.
    pub read: u64,
    /// The last row that there is.
    pub of: u64,
}

/// The wall clock of this phone is off. Nothing is refused for it; "today" and the times of visits go by it.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ClockOff {
    /// Whole minutes that it is ahead; negative when it is behind.
    pub minutes: i64,
    /// What to say: by how much, what is safe, what to do.
    pub words: Words,
}

/// How much of the person's work is where, counted in operations.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Totals {
    /// Records on this phone.
    pub records: u64,
    /// Only on this phone.
    pub on_phone: u64,
    /// On their way.
    pub sent: u64,
    /// The server has them.
    pub accepted: u64,
    /// Not accepted; they wait for the person.
    pub attention: u64,
    /// When the oldest that the server has not settled was written.
    pub oldest_pending: Option<SystemTime>,
}

/// What a run of exchanges did, until the phone and the server knew the same.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct SyncReport {
    /// How many requests went out.
    pub round_trips: u32,
    /// The bytes of their bodies.
    pub bytes_up: u64,
    /// The bytes of the answers' bodies.
    pub bytes_down: u64,
    /// Operations that the server stored now.
    pub accepted: u64,
    /// Operations that were not accepted.
    pub parked: u64,
    /// Records that brought news.
    pub news: u64,
    /// Records that left this person's scope.
    pub forgotten: u64,
}

/// Are all items of this phone on the server? What the server signed, held against what the phone knows.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Delivery {
    /// True when nothing waits and the server has signed that it holds everything this phone delivered.
    pub all_on_server: bool,
    /// When the server signed it last; nothing before the first time.
    pub signed_at: Option<SystemTime>,
    /// The number of the last row of the server's log that it signed for.
    pub number: Option<u64>,
    /// The server's signature as hexadecimal digits: the proof behind the sentence.
    pub signature: Option<String>,
    /// How many operations of this phone the server signed to hold.
    pub stored: u64,
    /// How many operations this phone knows to be on the server.
    pub delivered: u64,
    /// How many operations the server has not settled.
    pub waiting: u64,
    /// How many operations were not accepted.
    pub parked: u64,
}

/// Brings the phone and the server to the same.
#[derive(Debug, uniffi::Object)]
pub struct Sync(pub(crate) Arc<Shared>);

#[uniffi::export(async_runtime = "tokio")]
impl Sync {
    /// Syncs from now on by itself: when the person wrote something, when there is news, when the network is back.
    /// Returns at once; [`Sync::stop`] or the end of the session ends it. Started twice, it runs once.
    pub async fn start(&self) -> Result<(), FieldbookError> {
        let driver = Arc::clone(self.0.driver());
        let task = tokio::spawn(async move { driver.run().await });
        self.0.run(Some(task.abort_handle()));
        Ok(())
    }

    /// Stops syncing by itself; what is under way is sent again another time.
    pub fn stop(&self) -> Result<(), FieldbookError> {
        self.0.run(None);
        Ok(())
    }

    /// Exchanges until the phone and the server know the same, or it fails: "try now", and what a background job calls.
    pub async fn now(&self, cancel: Option<Arc<Cancel>>) -> Result<SyncReport, FieldbookError> {
        Ok(or_cancelled(cancel, self.0.driver().sync()).await?.into())
    }

    /// Lets the transaction under way end and begins none until [`Sync::wake`]: for an app that is about to be suspended, which must
    /// not sleep with a lock on a file. Commands are the app's to hold back. A wake that comes before this is over wins.
    pub async fn rest(&self) -> Result<(), FieldbookError> {
        if self.0.resting.begin() {
            let rest = self.0.driver().rest().await?;
            self.0.resting.keep(rest);
        }
        Ok(())
    }

    /// The network is back, or the app is in front again: a wait or a rest ends now. Does nothing else while sync is stopped.
    pub fn wake(&self) -> Result<(), FieldbookError> {
        self.0.resting.wake();
        self.0.driver().wake();
        Ok(())
    }

    /// Is all of it on the server? The answer rests on a receipt that the server signed.
    pub fn receipt(&self) -> Result<Delivery, FieldbookError> {
        Ok(self.0.replica().receipt()?.into())
    }

    /// Every receipt that this phone keeps as a small file: what `fieldbook audit verify` takes.
    pub fn receipts_file(&self) -> Result<String, FieldbookError> {
        Ok(self.0.replica().heads_file()?)
    }

    /// How sync goes, and how much of the work is where.
    pub fn status(&self) -> Result<SyncStatus, FieldbookError> {
        let (status, replica) = (self.0.driver().status(), self.0.replica());
        let connectivity = self.0.platform.connectivity.as_ref();
        Ok(SyncStatus {
            phase: status.phase.into(),
            online: connectivity.and_then(|connectivity| connectivity.is_online().ok()),
            trouble: status.trouble.map(Into::into),
            ended: replica.ended()?.map(|ended| ended.words().into()),
            arriving: status.arriving.map(Into::into),
            clock: self.clock_off()?,
            last_contact: replica.last_contact()?.map(|contact| instant(contact.at_ms)),
            totals: replica.totals()?.into(),
        })
    }
}

impl Sync {
    /// A clock that does not answer is no reason to say nothing of the rest.
    fn clock_off(&self) -> Result<Option<ClockOff>, FieldbookError> {
        let Ok(now) = self.0.now() else { return Ok(None) };
        Ok(self.0.replica().clock_off(&now)?.map(Into::into))
    }
}

impl From<sync::Arriving> for Arriving {
    fn from(arriving: sync::Arriving) -> Self {
        Self {
            read: arriving.read,
            of: arriving.of,
        }
    }
}

impl From<replica::ClockOff> for ClockOff {
    fn from(off: replica::ClockOff) -> Self {
        Self {
            minutes: off.minutes(),
            words: off.words().into(),
        }
    }
}

impl From<sync::Phase> for Phase {
    fn from(phase: sync::Phase) -> Self {
        match phase {
            sync::Phase::Stopped => Self::Stopped,
            sync::Phase::Exchanging => Self::Exchanging,
            sync::Phase::UpToDate => Self::UpToDate,
            sync::Phase::Waiting { until_ms } => Self::Waiting {
                until: instant(until_ms),
            },
        }
    }
}

impl From<replica::Totals> for Totals {
    fn from(totals: replica::Totals) -> Self {
        Self {
            records: totals.documents,
            on_phone: totals.on_phone,
            sent: totals.sent,
            accepted: totals.accepted,
            attention: totals.attention,
            oldest_pending: totals.oldest_pending_ms.map(instant),
        }
    }
}

impl From<replica::Delivery> for Delivery {
    fn from(delivery: replica::Delivery) -> Self {
        Self {
            all_on_server: delivery.all_on_server(),
            signed_at: delivery.receipt.map(|receipt| instant(receipt.at_ms)),
            number: delivery.receipt.map(|receipt| receipt.log.number),
            signature: delivery.receipt.map(|receipt| hex::encode(receipt.signature)),
            stored: delivery.receipt.map_or(0, |receipt| receipt.stored),
            delivered: delivery.delivered,
            waiting: delivery.waiting,
            parked: delivery.parked,
        }
    }
}

impl From<sync::Exchanged> for SyncReport {
    fn from(exchanged: sync::Exchanged) -> Self {
        Self {
            round_trips: exchanged.round_trips,
            bytes_up: exchanged.bytes_up,
            bytes_down: exchanged.bytes_down,
            accepted: exchanged.report.accepted + exchanged.report.duplicate,
            parked: exchanged.report.parked,
            news: exchanged.report.news,
            forgotten: exchanged.report.forgotten,
        }
    }
}
