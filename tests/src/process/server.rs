use std::ffi::OsStr;
use std::path::Path;

use super::role::SERVER;
use super::{Child, Cpu, Outcome, peak_memory_mb};

/// A server in a process of its own.
#[derive(Debug)]
pub struct ServerProcess {
    child: Child,
    address: String,
}

impl ServerProcess {
    /// Serves the data folder and returns once the port is open. `listen` is an address with a port; port 0 takes a
    /// free one.
    ///
    /// # Errors
    /// When the server does not come up; it has said why on standard error.
    pub fn start(folder: &Path, listen: &str) -> Outcome<Self> {
        let arguments: [&OsStr; 5] = [
            "serve".as_ref(),
            "--data".as_ref(),
            folder.as_ref(),
            "--listen".as_ref(),
            listen.as_ref(),
        ];
        let child = Child::start(SERVER, &arguments)?;
        let address = child.wait_for("listening on http://")?;
        Ok(Self { child, address })
    }

    /// Its address and port.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Its address as phones name it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The processor time it has used so far.
    ///
    /// # Errors
    /// When the process is gone.
    pub fn cpu(&self) -> Outcome<Cpu> {
        Cpu::of(self.child.id())
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The most memory it ever held, in megabytes.
    ///
    /// # Errors
    /// When the process is gone.
    pub fn peak_mb(&self) -> Outcome<f64> {
        peak_memory_mb(self.child.id())
    }

    /// Kills it with SIGKILL.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn kill(&mut self) -> Outcome<()> {
        self.child.kill()
    }
}
