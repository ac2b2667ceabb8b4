use std::fmt;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use fieldbook_core::model::{BootId, Role};
use fieldbook_core::replica::store::{outbox, parked};
use fieldbook_core::replica::sync::{InFlight, Ready, Waiting};
use fieldbook_core::replica::{Identity, Now, Replica, ReplicaError};
use fieldbook_core::wire::{self, Answer, Request, Verdict};

use super::ground::{copy_as_killed, remove};
use super::ledger::Carried;
use super::template::{PHONE, PhoneTemplate};
use crate::simulate::Failure;
use crate::simulate::dice::{Dice, mix};

/// The offset of the place that the stories play in, in seconds.
const OFFSET_S: i32 = 8 * 3600;

/// One phone: the real replica in a file, its sync machine, and clocks of its own.
#[derive(Debug)]
pub(crate) struct Phone {
    /// What it is called in the trace.
    pub name: String,
    /// Whose it is.
    pub identity: Identity,
    /// What they do.
    pub(super) role: Role,
    /// The replica; absent only while it is being opened again.
    replica: Option<Replica>,
    path: PathBuf,
    starts: u32,
    /// Where its sync stands.
    pub(super) sync: Sync,
    /// The server lets it in no longer: its access has ended, and it has handed in everything.
    pub(super) is_locked: bool,
    /// It has network.
    pub(super) online: bool,
    /// How many milliseconds its wall clock is ahead.
    pub(super) ahead_ms: i64,
    booted_ms: u64,
    boot: BootId,
}

/// Where a phone's sync stands.
#[derive(Debug)]
pub(super) enum Sync {
    Ready(Ready),
    Waiting(Waiting),
    InFlight {
        exchange: u64,
        machine: InFlight,
        /// What it sent, section by section.
        carried: Vec<Vec<Carried>>,
    },
}

impl Phone {
    /// Opens a copy of an enrolled replica in `ground`.
    pub(super) fn open(
        ground: &Path,
        place: usize,
        (name, role): (String, Role),
        template: &PhoneTemplate,
        now_ms: u64,
    ) -> Result<Self, Failure> {
        let failed =
            |error: &dyn fmt::Display| Failure::step(&format!("the phone of {name} does not start"), error);
        let path = ground.join(format!("phone-{place}-0.db"));
        std::fs::write(&path, &template.file).map_err(|error| failed(&error))?;
        let replica = Replica::open(&path, PHONE).map_err(|error| failed(&error))?;
        Ok(Self {
            identity: template.identity.clone(),
            role,
            replica: Some(replica),
            path,
            starts: 0,
            sync: Sync::Ready(Ready::default()),
            is_locked: false,
            online: true,
            ahead_ms: 0,
            booted_ms: now_ms,
            boot: boot(place, 0),
            name,
        })
    }

    /// The replica.
    pub(crate) fn replica(&self) -> Result<&Replica, Failure> {
        self.replica
            .as_ref()
            .ok_or_else(|| Failure::step(&self.name, &"its replica is not open"))
    }

    /// What its clocks say when the true time is `now_ms`.
    pub(crate) fn now(&self, now_ms: u64) -> Now {
        let wall_ms = i64::try_from(now_ms).unwrap_or(0) + self.ahead_ms;
        let at = DateTime::from_timestamp_millis(wall_ms).unwrap_or_default();
        let at =
            FixedOffset::east_opt(OFFSET_S).map_or_else(|| at.fixed_offset(), |zone| at.with_timezone(&zone));
        Now {
            at,
            mono_ms: now_ms.saturating_sub(self.booted_ms),
            boot: self.boot,
        }
    }

    /// The app dies where it stands and starts again; an exchange that was under way is forgotten.
    pub(super) fn crash(&mut self, place: usize, reboot: bool, now_ms: u64) -> Result<(), Failure> {
        let failed = |error: &dyn fmt::Display| Failure::step("a phone does not start again", error);
        self.starts += 1;
        let new = self
            .path
            .with_file_name(format!("phone-{place}-{}.db", self.starts));
        copy_as_killed(&self.path, &new).map_err(|error| failed(&error))?;
        self.replica = None;
        remove(&self.path);
        self.path = new;
        self.replica = Some(Replica::open(&self.path, PHONE).map_err(|error| failed(&error))?);
        self.sync = Sync::Ready(Ready::default());
        if reboot {
            self.booted_ms = now_ms;
            self.boot = boot(place, self.starts);
        }
        Ok(())
    }

    /// Begins an exchange and returns its body.
    pub(super) fn begin(&mut self, exchange: u64, ready: Ready) -> Result<Vec<u8>, Failure> {
        let replica = self.replica()?;
        let broken = |error: &dyn fmt::Display| Failure::step("an exchange cannot begin", error);
        let (machine, outgoing) = ready.begin(replica).map_err(|error| broken(&error))?;
        let carried = carried(replica, &outgoing.body).map_err(|error| broken(&error))?;
        self.sync = Sync::InFlight {
            exchange,
            machine,
            carried,
        };
        Ok(outgoing.body)
    }

    /// How many operations wait for the person.
    pub(super) fn count_parked(&self) -> Result<usize, Failure> {
        let rows = self.replica()?.store().read(parked::all);
        rows.map(|rows| rows.len())
            .map_err(|error| Failure::step("parked operations do not read", &error))
    }
}

/// What a request carries, as the phone's outbox knows it.
fn carried(replica: &Replica, body: &[u8]) -> Result<Vec<Vec<Carried>>, ReplicaError> {
    let request: Request = decode(body)?;
    replica.store().read(|conn| {
        let mut sections = Vec::new();
        for section in &request.upload {
            let rows = outbox::from_sequence(conn, section.document, section.rebase, section.base + 1)?;
            let rows = rows.into_iter().take(section.count as usize);
            sections.push(
                rows.map(|row| Carried {
                    document: row.document,
                    hash: row.hash,
                    command: row.command,
                })
                .collect(),
            );
        }
        Ok(sections)
    })
}

/// Which of the operations that a phone sent an answer acknowledges.
pub(super) fn acknowledged(carried: &[Vec<Carried>], body: &[u8]) -> Result<Vec<Carried>, ReplicaError> {
    let answer: Answer = decode(body)?;
    let mut found = Vec::new();
    for (sent, verdict) in carried.iter().zip(&answer.verdicts) {
        let stored = verdict.stored as usize;
        found.extend(sent.iter().take(stored).cloned());
        let rest = sent.iter().skip(stored).zip(&verdict.rest);
        let good = rest.filter(|(_, verdict)| matches!(verdict, Verdict::Accepted | Verdict::Duplicate));
        found.extend(good.map(|(sent, _)| sent.clone()));
    }
    Ok(found)
}

/// Reads a body as both sides do.
pub(crate) fn decode<T: for<'b> minicbor::Decode<'b, ()>>(body: &[u8]) -> Result<T, ReplicaError> {
    let bytes = wire::inflate(body, 64 << 20)?;
    minicbor::decode(&bytes).map_err(|error| ReplicaError::Answer(error.to_string()))
}

/// Writes a body as both sides do.
pub(crate) fn encode<T: minicbor::Encode<()>>(value: &T) -> Result<Vec<u8>, ReplicaError> {
    let bytes = minicbor::to_vec(value).map_err(|error| ReplicaError::Answer(error.to_string()))?;
    Ok(wire::deflate(&bytes, wire::UPLOAD_LEVEL))
}

fn boot(place: usize, starts: u32) -> BootId {
    let label = format!("boot {place} {starts}");
    BootId::generate(u64::from(starts), Dice::new(mix(0, label.as_bytes())).rng())
}
