use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{DeviceId, DocumentId, PersonId, TenantId, UnitId};
use fieldbook_core::replica::Identity;
use fieldbook_core::wire::{self, Request};
use fieldbook_server::exchange::{Caller, IndexCache, Refused, exchange, read_index};
use fieldbook_server::organisation::{OrganisationError, hand_over_customers, leave};
use fieldbook_server::recovery::begin_epoch;
use fieldbook_server::store::sqlite::{FILE, backup};
use fieldbook_server::store::{DeviceRow, Reader, SqliteStore, Store, StoreError};

use super::ground::copy_as_killed;
use super::template::{SERVER, Template};
use crate::simulate::Failure;

/// The name of the copy that was put away.
const BACKUP: &str = "backup.db";
/// How often a phone's last contact is written down, in milliseconds.
const CONTACT_EVERY_MS: u64 = 10 * 60 * 1000;
/// How long rulings wait at most after a restore: longer than any story, so only the phones end it.
const HOLD_MS: u64 = 365 * 24 * 3600 * 1000;

/// The server of a story: the real store and the real exchange, in this process.
#[derive(Debug)]
pub(crate) struct Server {
    ground: PathBuf,
    tenant: TenantId,
    starts: u32,
    store: SqliteStore,
    cache: Arc<IndexCache>,
    /// Whether a copy was put away.
    has_backup: bool,
}

/// Why a request has no answer.
#[derive(Debug)]
pub(crate) enum NoAnswer {
    /// The body does not read.
    Unreadable(String),
    /// The server refuses it as a whole.
    Refused(Refused),
    /// The phone was locked: it no longer works for the organisation and has handed in everything.
    Locked,
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoAnswer::Unreadable(problem) => write!(f, "the body does not read: {problem}"),
            NoAnswer::Refused(refused) => refused.fmt(f),
            NoAnswer::Locked => f.write_str("the phone is locked"),
        }
    }
}

impl From<StoreError> for NoAnswer {
    fn from(error: StoreError) -> Self {
        Self::Refused(Refused::Store(error))
    }
}

impl Server {
    /// Opens a copy of the template's server in `ground`, the one with many customers if asked for.
    pub(super) fn open(ground: &Path, template: &Template, large: bool) -> Result<Self, Failure> {
        let failed = |error: &dyn fmt::Display| Failure::step("the server does not start", error);
        let folder = folder(ground, 0);
        std::fs::create_dir_all(&folder).map_err(|error| failed(&error))?;
        let file = if large {
            &template.large_server_file
        } else {
            &template.server_file
        };
        std::fs::write(folder.join(FILE), file).map_err(|error| failed(&error))?;
        let store = SqliteStore::open(&folder, SERVER).map_err(|error| failed(&error))?;
        Ok(Self {
            ground: ground.to_owned(),
            tenant: template.tenant,
            starts: 0,
            store,
            cache: Arc::default(),
            has_backup: false,
        })
    }

    /// Takes a request's body and answers with one, as the HTTP layer does.
    pub(crate) fn handle(&self, from: &Identity, body: &[u8], now_ms: u64) -> Result<Vec<u8>, NoAnswer> {
        let bytes = wire::inflate(body, wire::MAX_INFLATED)
            .map_err(|error| NoAnswer::Unreadable(error.to_string()))?;
        let request: Request =
            minicbor::decode(&bytes).map_err(|error| NoAnswer::Unreadable(error.to_string()))?;
        let device = self.device(from.device)?;
        if device.closed_ms.is_some() {
            return Err(NoAnswer::Locked);
        }
        let caller = self.store.read(|reader| Caller::on(reader, &device))?;
        let (waiting, number) = (request.waiting, request.number);
        let answer =
            exchange(&self.store, &self.cache, &caller, request, time(now_ms)).map_err(NoAnswer::Refused)?;
        let waiting = waiting.saturating_add(answer.not_stored());
        self.note_contact(&device, waiting, number, now_ms)?;
        let bytes = minicbor::to_vec(&answer).map_err(|error| NoAnswer::Unreadable(error.to_string()))?;
        Ok(wire::deflate(&bytes, wire::ANSWER_LEVEL))
    }

    /// The process dies where it stands and starts again: what was committed is there, everything in memory is gone.
    pub(super) fn crash(&mut self) -> Result<(), Failure> {
        let failed = |error: &dyn fmt::Display| Failure::step("the server does not start again", error);
        let old = folder(&self.ground, self.starts);
        self.starts += 1;
        let new = folder(&self.ground, self.starts);
        std::fs::create_dir_all(&new).map_err(|error| failed(&error))?;
        copy_as_killed(&old.join(FILE), &new.join(FILE)).map_err(|error| failed(&error))?;
        self.store = SqliteStore::open(&new, SERVER).map_err(|error| failed(&error))?;
        self.cache = Arc::default();
        std::fs::remove_dir_all(&old).map_err(|error| failed(&error))
    }

    fn device(&self, id: DeviceId) -> Result<DeviceRow, StoreError> {
        let device = self.store.read(|reader| reader.device(self.tenant, id))?;
        device.ok_or_else(|| StoreError::Unknown {
            what: "device",
            id: id.to_string(),
        })
    }

    /// Notes that a phone was here, as often as the HTTP layer does: what it writes from now on is dated later.
    fn note_contact(
        &self,
        device: &DeviceRow,
        waiting: u32,
        number: u64,
        now_ms: u64,
    ) -> Result<(), StoreError> {
        let is_recent = now_ms.abs_diff(device.seen_ms) < CONTACT_EVERY_MS;
        if is_recent && waiting == device.waiting {
            return Ok(());
        }
        let (tenant, id) = (self.tenant, device.id);
        self.store
            .write(move |writer| writer.touch_device(tenant, id, now_ms, waiting, number))
    }

    /// Puts a copy of the database away, in place of the one before.
    pub(super) fn back_up(&mut self) -> Result<(), Failure> {
        let failed = |error: &dyn fmt::Display| Failure::step("no backup can be made", error);
        let to = self.ground.join(BACKUP);
        if self.has_backup {
            std::fs::remove_file(&to).map_err(|error| failed(&error))?;
        }
        backup::copy(&folder(&self.ground, self.starts), &to).map_err(|error| failed(&error))?;
        self.has_backup = true;
        Ok(())
    }

    /// Loses everything since the last backup and serves that, in a new epoch. False when there is none.
    pub(super) fn restore(&mut self, now_ms: u64) -> Result<bool, Failure> {
        if !self.has_backup {
            return Ok(false);
        }
        let failed = |error: &dyn fmt::Display| Failure::step("the server cannot be restored", error);
        let old = folder(&self.ground, self.starts);
        self.starts += 1;
        let new = folder(&self.ground, self.starts);
        std::fs::create_dir_all(&new).map_err(|error| failed(&error))?;
        backup::copy_file(&self.ground.join(BACKUP), &new.join(FILE)).map_err(|error| failed(&error))?;
        self.store = SqliteStore::open(&new, SERVER).map_err(|error| failed(&error))?;
        self.cache = Arc::default();
        let begun = self
            .store
            .write(move |writer| begin_epoch(writer, now_ms, HOLD_MS));
        begun.map_err(|error| failed(&error))?;
        std::fs::remove_dir_all(&old).map_err(|error| failed(&error))?;
        Ok(true)
    }

    /// A phone is lost, and its access taken away.
    pub(super) fn revoke(&self, device: DeviceId, now_ms: u64) -> Result<(), Failure> {
        let tenant = self.tenant;
        let revoked = self
            .store
            .write(move |writer| writer.revoke_device(tenant, device, now_ms));
        revoked.map_err(|error| Failure::step("a phone cannot be revoked", &error))
    }

    /// A person leaves the organisation. False when they have left already.
    pub(super) fn leave(&self, person: PersonId, now_ms: u64) -> Result<bool, Failure> {
        let tenant = self.tenant;
        let left = self.store.transact(move |writer| {
            match leave(writer, tenant, &person.to_string(), now_ms, now_ms) {
                Ok(_) => Ok(true),
                Err(OrganisationError::Left { .. }) => Ok(false),
                Err(error) => Err(error),
            }
        });
        left.map_err(|error| Failure::step("a person cannot leave", &error))
    }

    /// Does this phone no longer work for the organisation?
    pub(crate) fn has_ended(&self, device: DeviceId) -> Result<bool, Failure> {
        let ended = || {
            let device = self.device(device)?;
            self.store.read(|reader| Caller::on(reader, &device))
        };
        ended()
            .map(|caller| caller.ended.is_some())
            .map_err(|error| Failure::step("a phone's access does not read", &error))
    }

    /// Does a restored server wait for what phones hand back?
    pub(super) fn waits(&self, now_ms: u64) -> Result<bool, Failure> {
        let restore = self.read(|reader| reader.restored())?;
        Ok(restore.is_some_and(|restore| restore.hold_until_ms > now_ms))
    }

    /// It waits no longer.
    pub(super) fn end_wait(&self, now_ms: u64) -> Result<(), Failure> {
        let ended = self.store.write(move |writer| writer.set_hold(now_ms));
        ended.map_err(|error| Failure::step("the wait after a restore cannot end", &error))
    }

    /// Gives the customers of one person to another; how many there were, or nothing when that cannot be.
    pub(super) fn hand_over(
        &self,
        from: PersonId,
        to: PersonId,
        now_ms: u64,
    ) -> Result<Option<usize>, Failure> {
        let tenant = self.tenant;
        let done = self.store.transact(move |writer| {
            let (from, to) = (from.to_string(), to.to_string());
            match hand_over_customers(writer, tenant, &from, &to, time(now_ms)) {
                Ok(done) => Ok(Some(done.customers)),
                Err(OrganisationError::Left { .. } | OrganisationError::Unchanged(_)) => Ok(None),
                Err(error) => Err(error),
            }
        });
        done.map_err(|error| Failure::step("customers cannot be handed over", &error))
    }

    /// Moves a person to another unit.
    pub(super) fn transfer(&self, person: PersonId, unit: UnitId, now_ms: u64) -> Result<(), Failure> {
        let tenant = self.tenant;
        let moved = self
            .store
            .write(move |writer| writer.move_person(tenant, person, unit, now_ms));
        moved.map_err(|error| Failure::step("a person cannot be moved", &error))
    }

    /// Reads the store, for the checks.
    pub(crate) fn read<T>(
        &self,
        read: impl FnOnce(&dyn Reader) -> Result<T, StoreError>,
    ) -> Result<T, Failure> {
        self.store
            .read(read)
            .map_err(|error| Failure::step("the server's store does not read", &error))
    }

    /// The index of a document as it is stored.
    pub(crate) fn index(&self, document: DocumentId) -> Result<DocumentIndex, Failure> {
        self.read(|reader| read_index(reader, self.tenant, document))
    }

    /// The organisation.
    pub(crate) fn tenant(&self) -> TenantId {
        self.tenant
    }
}

fn folder(ground: &Path, starts: u32) -> PathBuf {
    ground.join(format!("server-{starts}"))
}

fn time(now_ms: u64) -> DateTime<Utc> {
    i64::try_from(now_ms)
        .ok()
        .and_then(DateTime::from_timestamp_millis)
        .unwrap_or_default()
}
