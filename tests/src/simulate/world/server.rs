use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{DeviceId, DocumentId, PersonId, TenantId, UnitId};
use fieldbook_core::replica::Identity;
use fieldbook_core::wire::{self, Request};
use fieldbook_server::exchange::{Caller, IndexCache, Refused, exchange, read_index};
use fieldbook_server::recovery::begin_epoch;
use fieldbook_server::store::sqlite::{FILE, backup};
use fieldbook_server::store::{Reader, SqliteStore, Store, StoreError};

use super::ground::copy_as_killed;
use super::template::{SERVER, Template};
use crate::simulate::Failure;

/// The name of the copy that was put away.
const BACKUP: &str = "backup.db";
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
    /// Phones that were here: after a restore they are waited for.
    seen: Mutex<BTreeSet<DeviceId>>,
}

/// Why a request has no answer.
#[derive(Debug)]
pub(crate) enum NoAnswer {
    /// The body does not read.
    Unreadable(String),
    /// The server refuses it as a whole.
    Refused(Refused),
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoAnswer::Unreadable(problem) => write!(f, "the body does not read: {problem}"),
            NoAnswer::Refused(refused) => refused.fmt(f),
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
            seen: Mutex::default(),
        })
    }

    /// Takes a request's body and answers with one, as the HTTP layer does.
    pub(crate) fn handle(&self, from: &Identity, body: &[u8], now_ms: u64) -> Result<Vec<u8>, NoAnswer> {
        let bytes = wire::inflate(body, wire::MAX_INFLATED)
            .map_err(|error| NoAnswer::Unreadable(error.to_string()))?;
        let request: Request =
            minicbor::decode(&bytes).map_err(|error| NoAnswer::Unreadable(error.to_string()))?;
        let principal = self
            .store
            .read(|reader| reader.principal(self.tenant, from.person))?;
        let unknown = || StoreError::Unknown {
            what: "person",
            id: from.person.to_string(),
        };
        let caller = Caller {
            principal: principal.ok_or_else(unknown)?,
            device: from.device,
            installation: from.installation(),
            drained_ms: 0,
            former: None,
            ended: None,
        };
        self.note_seen(from.device, now_ms)?;
        let answer =
            exchange(&self.store, &self.cache, &caller, request, time(now_ms)).map_err(NoAnswer::Refused)?;
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

    fn note_seen(&self, device: DeviceId, now_ms: u64) -> Result<(), StoreError> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.insert(device) {
            let tenant = self.tenant;
            self.store
                .write(move |writer| writer.touch_device(tenant, device, now_ms, 0, 0))?;
        }
        Ok(())
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
