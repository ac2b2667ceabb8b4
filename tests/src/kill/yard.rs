use std::ffi::OsStr;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::ledger::Ledger;
use crate::process::{Child, Heard, Outcome, ServerProcess, Town};

/// How many phones there are.
pub(super) const PHONES: usize = 3;
/// A phone that says nothing for this long after it was told to work has done it all.
const SILENCE: Duration = Duration::from_millis(250);

/// Everything that runs: the server, the phones and what they said.
pub(super) struct Yard {
    pub(super) town: Town,
    server: ServerProcess,
    address: String,
    pub(super) phones: Vec<Watched>,
}

/// A phone that is watched.
pub(super) struct Watched {
    pub(super) folder: PathBuf,
    pub(super) ledger: Ledger,
    child: Child,
    incarnation: u64,
    seed: u64,
}

impl Yard {
    /// Founds a server and signs the phones in; nothing is killed meanwhile, because a code works once.
    pub(super) fn open(folder: &Path, seed: u64) -> Outcome<Self> {
        let town = Town::found(&folder.join("server"), PHONES)?;
        // A fixed port: the phones know one address.
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
        let server = ServerProcess::start(&town.folder, &address)?;
        let mut phones = Vec::with_capacity(PHONES);
        for (number, rep) in town.reps.iter().enumerate() {
            let folder = folder.join(format!("phone-{number}"));
            let seed = seed.wrapping_mul(31).wrapping_add(number as u64) & 0xffff;
            let child = start_phone(&folder, &address, &rep.code, 0, seed)?;
            let mut phone = Watched {
                folder,
                ledger: Ledger::default(),
                child,
                incarnation: 0,
                seed,
            };
            while !phone.ledger.note_until(&phone.child, "enrolled")? {}
            phones.push(phone);
        }
        Ok(Self {
            town,
            server,
            address,
            phones,
        })
    }

    pub(super) fn kill_server(&mut self) -> Outcome<()> {
        self.server.kill()
    }

    pub(super) fn restart_server(&mut self) -> Outcome<()> {
        self.server = ServerProcess::start(&self.town.folder, &self.address)?;
        Ok(())
    }

    pub(super) fn kill_phone(&mut self, number: usize) -> Outcome<()> {
        self.phones[number].kill()
    }

    pub(super) fn restart_phone(&mut self, number: usize) -> Outcome<()> {
        let phone = &mut self.phones[number];
        phone.incarnation += 1;
        phone.child = start_phone(&phone.folder, &self.address, "", phone.incarnation, phone.seed)?;
        Ok(())
    }
}

impl Watched {
    pub(super) fn file(&self) -> PathBuf {
        self.folder.join("replica.db")
    }

    /// Tells it to do some more.
    pub(super) fn order(&mut self, acts: usize) -> Outcome<()> {
        self.child.tell(&acts.to_string())
    }

    /// Listens to some lines; returns early when it falls silent.
    pub(super) fn listen(&mut self, lines: u32) -> Outcome<()> {
        for _ in 0..lines {
            if self.next_line(SILENCE)?.is_none() {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Listens until it begins an upload; returns early when it falls silent.
    pub(super) fn listen_for_upload(&mut self) -> Outcome<()> {
        while let Some(line) = self.next_line(SILENCE)? {
            if line == "syncing" {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Lets this much time pass, listening.
    pub(super) fn linger(&mut self, time: Duration) -> Outcome<()> {
        let until = std::time::Instant::now() + time;
        loop {
            let left = until.saturating_duration_since(std::time::Instant::now());
            if left.is_zero() || self.next_line(left)?.is_none() {
                return Ok(());
            }
        }
    }

    /// Writes down what it has said by now.
    pub(super) fn catch_up(&mut self) -> Outcome<()> {
        while self.next_line(Duration::ZERO)?.is_some() {}
        Ok(())
    }

    /// Has it bring everything to the server and end.
    pub(super) fn drain(&mut self) -> Outcome<()> {
        self.child.tell("drain")?;
        while !self.ledger.note_until(&self.child, "drained")? {}
        self.child.finish()
    }

    fn next_line(&mut self, wait: Duration) -> Outcome<Option<String>> {
        match self.child.hear(wait) {
            Heard::Line(line) => {
                self.ledger.note(&line)?;
                Ok(Some(line))
            }
            Heard::Nothing => Ok(None),
            Heard::End => Err("a phone ended by itself".into()),
        }
    }

    fn kill(&mut self) -> Outcome<()> {
        self.child.kill()?;
        // What it had said before still counts.
        while let Heard::Line(line) = self.child.hear(Duration::from_secs(60)) {
            self.ledger.note(&line)?;
        }
        Ok(())
    }
}

impl Ledger {
    /// Writes the next line down; true when it is this one.
    fn note_until(&mut self, child: &Child, awaited: &str) -> Outcome<bool> {
        match child.hear(Duration::from_secs(120)) {
            Heard::Line(line) => {
                self.note(&line)?;
                Ok(line == awaited)
            }
            Heard::Nothing => Err(format!("a phone did not say {awaited:?} within two minutes").into()),
            Heard::End => Err(format!("a phone ended before it said {awaited:?}").into()),
        }
    }
}

fn start_phone(folder: &Path, address: &str, code: &str, incarnation: u64, seed: u64) -> Outcome<Child> {
    let (url, incarnation, seed) = (
        format!("http://{address}"),
        incarnation.to_string(),
        seed.to_string(),
    );
    let arguments: [&OsStr; 5] = [
        folder.as_ref(),
        url.as_ref(),
        code.as_ref(),
        incarnation.as_ref(),
        seed.as_ref(),
    ];
    Child::start("as-phone", &arguments)
}
