//! A phone without rules for the tests of store and queries: commands go through the real documents and the
//! real gate.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use rusqlite::Connection;
use uuid::Uuid;

use super::documents;
use super::outbox::{self, Recorded};
use super::segments::{Format, NewSegment};
use super::{Store, StoreError, projections};
use crate::document::command::{AddCustomer, CheckIn, FinishVisit, Moment, PlanVisit, StartVisit};
use crate::document::view::owner;
use crate::document::{Command, write};
use crate::gate::DocumentIndex;
use crate::geo::{Position, Verdict};
use crate::model::{BootId, DocumentId, InstallationKey, Kind, PersonId, derive_actor};
use crate::time::{TimeEvidence, parse_timestamp};

pub(in crate::replica) const KEY: InstallationKey = InstallationKey {
    public_key: [7; 32],
    epoch: 0,
};

pub(in crate::replica) fn document(number: u128) -> DocumentId {
    DocumentId(Uuid::from_u128(number))
}

pub(in crate::replica) fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(0xBEEF << 64 | number))
}

/// A time of 24 November 2026 in Shanghai, `hh:mm`; a day of November before it, `dd hh:mm`.
pub(in crate::replica) fn at(time: &str) -> DateTime<FixedOffset> {
    let (day, time) = time.split_once(' ').unwrap_or(("24", time));
    parse_timestamp(&format!("2026-11-{day}T{time}:00.000+08:00")).unwrap()
}

/// A store in memory and the documents written into it.
pub(in crate::replica) struct Bench {
    pub(in crate::replica) store: Store,
    open: BTreeMap<DocumentId, (Kind, DocumentIndex)>,
}

impl Bench {
    pub(in crate::replica) fn new() -> Self {
        Self::over(Store::open_in_memory().unwrap())
    }

    pub(in crate::replica) fn over(store: Store) -> Self {
        Self {
            store,
            open: BTreeMap::new(),
        }
    }

    /// Writes one command as the replica does, in one transaction.
    pub(in crate::replica) fn run(&mut self, command: &Command) {
        let (id, kind) = (command.document(), command.kind());
        let (_, index) = self
            .open
            .entry(id)
            .or_insert_with(|| (kind, DocumentIndex::new()));
        let written = write(index, &derive_actor(&KEY, id, 0), command, 0).unwrap();
        let writes = index.admit(&written.change).unwrap();
        index.seal(written.hash);
        let stored = self.store.write(|tx| -> Result<(), StoreError> {
            let sequence = written.change.seq;
            outbox::append(
                tx,
                &NewSegment {
                    document: id,
                    format: Format::Change,
                    origin_key: KEY.public_key,
                    origin_epoch: KEY.epoch,
                    rebase: 0,
                    base: sequence - 1,
                    count: 1,
                    body: &written.raw,
                },
                &Recorded {
                    kind,
                    hash: written.hash.0,
                    command: &serde_json::to_string(command).unwrap(),
                    written_ms: 1_000 + sequence,
                },
            )?;
            documents::written(tx, id, kind, owner(kind, index).unwrap(), 1_000)?;
            projections::project(tx, kind, id, index, &writes)
        });
        stored.unwrap();
    }

    /// A document's index.
    pub(in crate::replica) fn index<T>(
        &self,
        document: DocumentId,
        read: impl FnOnce(&DocumentIndex) -> T,
    ) -> T {
        read(&self.open[&document].1)
    }

    pub(in crate::replica) fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> T {
        self.store.read(work).unwrap()
    }

    /// The rows of all projections but the customers' numbers, as text in a fixed order.
    pub(in crate::replica) fn rows(&self) -> Vec<String> {
        self.read(|conn| {
            let tables = [
                "customer",
                "contact",
                "visit",
                "check_in",
                "timeline",
                "activity",
                "approval",
                "approval_line",
                "approval_turn",
                "approval_receipt",
            ];
            let mut rows = Vec::new();
            for table in tables {
                let mut statement = conn.prepare(&format!("SELECT * FROM {table}"))?;
                let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
                let mut found = statement.query([])?;
                while let Some(row) = found.next()? {
                    let cells = columns
                        .iter()
                        .enumerate()
                        .filter(|(_, name)| !(table == "customer" && *name == "number"));
                    let cells: Vec<String> = cells
                        .map(|(at, name)| {
                            format!("{name}={:?}", row.get::<_, rusqlite::types::Value>(at).unwrap())
                        })
                        .collect();
                    rows.push(format!("{table} {}", cells.join(" ")));
                }
            }
            rows.sort();
            Ok(rows)
        })
    }

    /// Projects all documents from nothing into another store, in the order of `newest_first`.
    pub(in crate::replica) fn projected_anew(&self, newest_first: bool) -> Self {
        let other = Self::new();
        let mut ids: Vec<_> = self.open.keys().copied().collect();
        if newest_first {
            ids.reverse();
        }
        for id in ids {
            let (kind, index) = &self.open[&id];
            other
                .store
                .write(|tx| -> Result<(), StoreError> {
                    documents::received(tx, id, *kind, owner(*kind, index).unwrap(), 1_000)?;
                    projections::project(tx, *kind, id, index, &[])
                })
                .unwrap();
        }
        other
    }
}

pub(in crate::replica) fn add_customer(
    number: u128,
    name: &str,
    grade: Option<&str>,
    place: Option<(f64, f64)>,
) -> Command {
    Command::AddCustomer(AddCustomer {
        document: document(number),
        owner: person(1),
        name: name.to_owned(),
        address: String::new(),
        position: place.map(|(lat, lon)| Position::new(lat, lon).unwrap()),
        grade: grade.map(str::to_owned),
        external_id: None,
        store_type: None,
    })
}

pub(in crate::replica) fn plan(number: u128, customer: u128, start: &str) -> Command {
    Command::PlanVisit(PlanVisit {
        document: document(number),
        customer: document(customer),
        rep: person(1),
        start: at(start),
        purpose: "stock".to_owned(),
        template: "store-visit@1".to_owned(),
    })
}

pub(in crate::replica) fn start(visit: u128, check_in: u128, time: &str) -> Command {
    Command::StartVisit(StartVisit {
        document: document(visit),
        at: at(time),
        check_in: document(check_in),
    })
}

pub(in crate::replica) fn finish(visit: u128, check_in: u128, time: &str) -> Command {
    Command::FinishVisit(FinishVisit {
        document: document(visit),
        at: at(time),
        check_in: document(check_in),
        outcome: Some("12 cases".to_owned()),
    })
}

pub(in crate::replica) fn check_in(
    number: u128,
    visit: u128,
    customer: u128,
    moment: Moment,
    time: &str,
    verdict: Verdict,
) -> Command {
    Command::CheckIn(CheckIn {
        document: document(number),
        visit: document(visit),
        customer: document(customer),
        rep: person(1),
        moment,
        reading: None,
        time: TimeEvidence {
            at: at(time),
            mono_ms: 0,
            boot: BootId(Uuid::nil()),
            server_ms: None,
        },
        fence: None,
        distance_m: Some(35.0),
        verdict,
        reason: Some("entrance moved".to_owned()),
    })
}
