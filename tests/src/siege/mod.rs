//! What the gate costs: bodies that cost as much as their sender can make them, and an honest day.

mod bodies;
mod intricate;

use std::path::{Path, PathBuf};

use fieldbook_core::replica::sync::HttpTransport;
use fieldbook_core::wire::{ANSWER_LEVEL, MAX_BODY, deflate};
use serde_json::{Value, json};

use crate::process::{Outcome, ServerProcess, Town, resident_mb};
use crate::workload::{Settings, Workload};

/// The most processor time that one body may cost the server, in milliseconds.
const CPU_MS: f64 = 250.0;
/// The most memory that it may take, in megabytes of a million bytes: 64 MiB.
const MEMORY_MB: f64 = 67.1;
/// The most processor time that the exchanges of an honest day may cost, in milliseconds.
const DAY_CPU_MS: f64 = 8.0;

/// What one body, or one day, cost the server.
#[derive(Clone, Debug, PartialEq)]
pub struct Cost {
    /// What was sent.
    pub name: &'static str,
    /// Bytes of the body.
    pub bytes: usize,
    /// Processor time of the server, in milliseconds.
    pub cpu_ms: f64,
    /// Memory that the server took for it, in megabytes; absent for a day.
    pub memory_mb: Option<f64>,
    /// What the server said.
    pub said: String,
    most_cpu_ms: f64,
}

impl Cost {
    /// Does it stay within the targets?
    pub fn is_met(&self) -> bool {
        self.cpu_ms <= self.most_cpu_ms && self.memory_mb.is_none_or(|memory| memory <= MEMORY_MB)
    }

    /// One JSON object.
    pub fn to_json(&self) -> Value {
        json!({
            "name": self.name,
            "bytes": self.bytes,
            "cpu_ms": self.cpu_ms,
            "memory_mb": self.memory_mb,
            "said": self.said,
            "met": self.is_met(),
        })
    }

    /// One line of a table.
    pub fn line(&self) -> String {
        let memory = self
            .memory_mb
            .map_or_else(|| "–".to_owned(), |memory| format!("{memory:.1}"));
        let verdict = if self.is_met() { "met" } else { "MISSED" };
        format!(
            "{:<12} {:>9} B {:>8.1} ms {memory:>6} MB  {verdict:<6}  {}",
            self.name, self.bytes, self.cpu_ms, self.said
        )
    }
}

/// Sends every body to a server of its own, and a day to another; `folder` is on a disk.
///
/// # Errors
/// When a server does not come up or dies.
pub fn measure(folder: &Path) -> Outcome<Vec<Cost>> {
    let mut costs = Vec::new();
    for name in bodies::NAMES {
        let folder = folder.join(name);
        costs.push(one(name, &folder)?);
        std::fs::remove_dir_all(folder)?;
    }
    costs.push(day(folder.join("day"))?);
    Ok(costs)
}

fn one(name: &'static str, folder: &Path) -> Outcome<Cost> {
    let town = Town::found(folder, 1)?;
    let phone = town.phones(&town.open()?, 1)?.swap_remove(0);
    let body = bodies::body(name, &phone)?;
    if body.len() > MAX_BODY {
        return Err(format!("the body of {name} has {} bytes", body.len()).into());
    }
    let server = ServerProcess::start(&town.folder, "127.0.0.1:0")?;
    let transport = HttpTransport::new(&server.url())?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    // The first exchange opens what the server keeps open.
    let idle = deflate(&bodies::signed(&phone, 1, Vec::new())?, ANSWER_LEVEL);
    runtime.block_on(transport.sync(&phone.access_token, idle))?;
    let (memory, cpu) = (resident_mb(server.id())?, server.cpu()?);
    let bytes = body.len();
    let said = runtime.block_on(transport.sync(&phone.access_token, body));
    let cpu = server.cpu()?.since(&cpu);
    Ok(Cost {
        name,
        bytes,
        cpu_ms: cpu.as_secs_f64() * 1e3,
        memory_mb: Some(server.peak_mb()? - memory),
        said: said.map_or_else(|error| error.to_string(), |body| bodies::summary(&body)),
        most_cpu_ms: CPU_MS,
    })
}

fn day(folder: PathBuf) -> Outcome<Cost> {
    let settings = Settings {
        folder,
        reps: 0,
        documents: 0,
        runs: 0,
    };
    std::fs::create_dir_all(&settings.folder)?;
    let figures = Workload::W2.measure(&settings)?;
    let value = |metric: &str| {
        let figure = figures.iter().find(|figure| figure.metric == metric);
        figure.map(|figure| figure.value).ok_or("W2 has no such figure")
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a count of bytes"
    )]
    let bytes = value("bytes_up")? as usize;
    Ok(Cost {
        name: "honest day",
        bytes,
        cpu_ms: value("server_cpu_ms")?,
        memory_mb: None,
        said: "all accepted".to_owned(),
        most_cpu_ms: DAY_CPU_MS,
    })
}
