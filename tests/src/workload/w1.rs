//! W1: one operation committed durably on the phone, against what the disk itself takes for the same bytes.

use std::path::Path;
use std::time::{Duration, Instant};

use fieldbook_core::model::{DeviceId, PersonId, ServerId, TenantId};
use fieldbook_core::replica::{Identity, Options, Replica, StoreError};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rusqlite::Connection;
use uuid::Uuid;

use super::statistics::quantile;
use super::{Figure, Settings, Workload};
use crate::day::{OPERATIONS, Round, VISITS, add_customers, customers, morning};
use crate::process::{Outcome, thread_cpu};

pub(super) fn measure(settings: &Settings) -> Outcome<Vec<Figure>> {
    let (mut ours, mut raw) = (Vec::new(), Vec::new());
    let (mut cpu, mut bare_cpu) = (Vec::new(), Vec::new());
    for run in 0..settings.runs_or(5) {
        let (mut round, replica) = phone(&settings.folder.join(format!("timed-{run}.db")), run)?;
        let bare = Bare::open(&settings.folder.join(format!("bare-{run}.db")))?;
        // Turn by turn: whatever slows the disk for a moment slows both.
        loop {
            let last = last_position(&replica)?;
            let begun = Instant::now();
            if round.step(&replica)?.is_none() {
                break;
            }
            ours.push(micros(begun.elapsed()));
            let bytes = bytes_since(&replica, last)?;
            let before = thread_cpu()?;
            raw.push(micros(bare.commit(bytes)?));
            bare_cpu.push(micros(thread_cpu()?.saturating_sub(before)));
        }
        let (mut round, replica) = phone(&settings.folder.join(format!("whole-{run}.db")), run)?;
        let before = thread_cpu()?;
        round.run(&replica)?;
        cpu.push(micros(thread_cpu()?.saturating_sub(before)) / OPERATIONS as f64);
    }
    let of = Workload::W1;
    let ratio = |share| quantile(&ours, share) / quantile(&raw, share);
    Ok(vec![
        of.figure("commit_p50_ratio", ratio(0.5), ""),
        of.figure("commit_p99_ratio", ratio(0.99), ""),
        of.figure("cpu_us_per_op", super::statistics::median(&cpu), "us"),
        // What the bare commit takes at the same time says how busy the machine is.
        of.figure(
            "bare_cpu_us",
            bare_cpu.iter().sum::<f64>() / bare_cpu.len() as f64,
            "us",
        ),
    ])
}

/// A phone in a file with its customers, and the day before it.
fn phone(file: &Path, run: usize) -> Outcome<(Round, Replica)> {
    let replica = Replica::open(file, Options::default())?;
    replica.enrol(&Identity {
        server: ServerId(Uuid::from_u128(1)),
        tenant: TenantId(Uuid::from_u128(2)),
        person: PersonId(Uuid::from_u128(3)),
        device: DeviceId(Uuid::from_u128(4)),
        secret: [1; 32],
        epoch: 0,
        server_key: [0; 32],
    })?;
    let (seed, start) = (run as u64, morning(run as u128 + 1));
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let stops = add_customers(&replica, &start, &mut rng, customers(seed, VISITS))?;
    Ok((Round::new(seed, start, stops), replica))
}

fn last_position(replica: &Replica) -> Result<i64, StoreError> {
    let read = "SELECT coalesce(max(position), 0) FROM segment";
    replica
        .store()
        .read(|conn| Ok(conn.query_row(read, [], |row| row.get(0))?))
}

/// What the operations after a position hold: the changes and the recorded commands, without any index or list.
fn bytes_since(replica: &Replica, last: i64) -> Result<u32, StoreError> {
    let read = "SELECT sum(length(body) + length(CAST(command AS BLOB))) FROM segment WHERE position > ?1";
    replica
        .store()
        .read(|conn| Ok(conn.query_row(read, [last], |row| row.get(0))?))
}

/// A database with one table of bytes, as durable as ours.
struct Bare(Connection);

impl Bare {
    fn open(file: &Path) -> rusqlite::Result<Self> {
        let connection = Connection::open(file)?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             CREATE TABLE bytes (number INTEGER PRIMARY KEY, body BLOB NOT NULL)",
        )?;
        Ok(Self(connection))
    }

    fn commit(&self, bytes: u32) -> rusqlite::Result<Duration> {
        let body = vec![0x5a_u8; bytes as usize];
        let mut insert = self.0.prepare_cached("INSERT INTO bytes (body) VALUES (?1)")?;
        let begun = Instant::now();
        insert.execute([body])?;
        Ok(begun.elapsed())
    }
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
