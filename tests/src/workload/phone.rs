//! A measured phone is a process of its own: what it uses is its own.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use fieldbook_core::replica::sync::{Driver, Edge, Enrolment, Exchanged, HttpTransport};
use fieldbook_core::replica::{Options, Replica};
use serde_json::Value;
use tokio::runtime::Runtime;

use super::{w2, w4, w5, w6};
use crate::process::{Child, Cpu, Outcome, Proxy, ServerProcess, SystemEdge, say};

/// The role's name on the command line.
const ROLE: &str = "as-phone";

/// What a phone is started with.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// What it does.
    pub(super) name: &'static str,
    /// The folder with its replica.
    pub(super) folder: PathBuf,
    /// The server's address.
    pub(super) url: String,
    /// The code that signs it in; empty when it is signed in already.
    pub(super) code: String,
    /// A seed, or how many documents.
    pub(super) number: usize,
}

type Play = fn(&Part) -> Outcome<()>;

/// Plays the part that the arguments name.
///
/// # Errors
/// When the part cannot be played to its end.
pub fn run(arguments: &[OsString]) -> Outcome<()> {
    let text = |at: usize| {
        arguments
            .get(at)
            .map(|text| text.to_string_lossy().into_owned())
            .unwrap_or_default()
    };
    let parts: [(&'static str, Play); 6] = [
        ("w2", w2::phone),
        ("w4", w4::phone),
        ("fill", w5::fill_phone),
        ("w5", w5::phone),
        ("receive", w6::receive_phone),
        ("w6", w6::phone),
    ];
    let Some((name, play)) = parts.into_iter().find(|(name, _)| *name == text(0)) else {
        return Err(format!("there is no part {:?}", text(0)).into());
    };
    play(&Part {
        name,
        folder: text(1).into(),
        url: text(2),
        code: text(3),
        number: text(4).parse()?,
    })
}

impl Part {
    /// Starts a process that plays it.
    pub(super) fn start(&self) -> Outcome<Child> {
        let number = self.number.to_string();
        let texts: [&OsStr; 5] = [
            self.name.as_ref(),
            self.folder.as_ref(),
            self.url.as_ref(),
            self.code.as_ref(),
            number.as_ref(),
        ];
        Child::start(ROLE, &texts)
    }

    /// The replica's file.
    pub(super) fn file(&self) -> PathBuf {
        self.folder.join("replica.db")
    }
}

/// A replica with its driver.
pub(super) struct Line {
    pub(super) replica: Arc<Replica>,
    driver: Driver,
    runtime: Runtime,
}

impl Line {
    /// Opens the replica and signs it in when there is a code.
    pub(super) fn open(part: &Part) -> Outcome<Self> {
        std::fs::create_dir_all(&part.folder)?;
        let replica = Arc::new(Replica::open(&part.file(), Options::default())?);
        let edge: Arc<dyn Edge> = Arc::new(SystemEdge::new()?);
        let driver = Driver::new(Arc::clone(&replica), HttpTransport::new(&part.url)?, edge);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let line = Self {
            replica,
            driver,
            runtime,
        };
        if !part.code.is_empty() {
            let enrolment = Enrolment {
                code: part.code.clone(),
                name: "measured phone".to_owned(),
            };
            line.runtime.block_on(line.driver.enrol(&enrolment))?;
        }
        Ok(line)
    }

    /// Syncs until phone and server know the same.
    pub(super) fn sync(&self) -> Outcome<Exchanged> {
        Ok(self.runtime.block_on(self.driver.sync())?)
    }

    /// Waits until the parent has read its meters, syncs, and tells what that took.
    pub(super) fn measured_sync(&self) -> Outcome<Measured> {
        say("ready")?;
        std::io::stdin().read_line(&mut String::new())?;
        let before = Cpu::own()?;
        let begun = Instant::now();
        let exchanged = self.sync()?;
        let wall = begun.elapsed();
        Ok(Measured {
            begun,
            wall,
            cpu: Cpu::own()?.since(&before),
            round_trips: exchanged.round_trips,
        })
    }
}

/// A sync as the phone saw it.
pub(super) struct Measured {
    pub(super) begun: Instant,
    pub(super) wall: Duration,
    pub(super) cpu: Duration,
    pub(super) round_trips: u32,
}

/// The same sync as the parent saw it, with what the phone told.
pub(super) struct Metered {
    pub(super) told: Value,
    pub(super) bytes_up: f64,
    pub(super) bytes_down: f64,
    pub(super) server_cpu: Duration,
}

impl Metered {
    /// A figure that the phone told.
    pub(super) fn told(&self, name: &str) -> f64 {
        self.told[name].as_f64().unwrap_or(f64::NAN)
    }
}

/// Reads the meters around a phone's measured sync, and waits until the phone has ended.
pub(super) fn meter(mut phone: Child, proxy: &Proxy, server: &ServerProcess) -> Outcome<Metered> {
    phone.wait_for("ready")?;
    let (cpu, (up, down)) = (server.cpu()?, proxy.bytes());
    phone.tell("go")?;
    let told: Value = serde_json::from_str(&phone.wait_for("done")?)?;
    let (after_up, after_down) = proxy.bytes();
    let server_cpu = server.cpu()?.since(&cpu);
    phone.finish()?;
    Ok(Metered {
        told,
        bytes_up: after_up.saturating_sub(up) as f64,
        bytes_down: after_down.saturating_sub(down) as f64,
        server_cpu,
    })
}

/// What the files in a folder take, in megabytes of a million bytes.
pub(super) fn folder_mb(folder: &Path) -> Outcome<f64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        bytes += entry?.metadata()?.len();
    }
    Ok(bytes as f64 / 1e6)
}
