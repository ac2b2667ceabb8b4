//! Real processes for measurements and kills: a server, phones, the wire between them and what they use.
//!
//! The binaries start themselves again for the server and the phones, so that nothing else has to be found or
//! built: [`Role::of_arguments`] tells which part a process plays.

mod desk;
mod door;
mod edge;
mod lines;
mod proxy;
mod role;
mod server;
mod town;
mod usage;

pub use desk::Desk;
pub use door::{Door, Reply};
pub use edge::SystemEdge;
pub use lines::{Child, Heard};
pub use proxy::Proxy;
pub use role::Role;
pub use server::ServerProcess;
pub use town::{Member, Phone, Town};
pub use usage::{Cpu, peak_memory_mb, resident_mb, thread_cpu};

/// What a measurement or a kill run could not do.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
/// The result of such work.
pub type Outcome<T> = Result<T, Failure>;

/// Says a line on standard output at once: another process reads it.
///
/// # Errors
/// When the reader is gone.
pub fn say(line: &str) -> std::io::Result<()> {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    out.write_all(format!("{line}\n").as_bytes())?;
    out.flush()
}
