use std::io::{Read, Write};

use super::frame;
use super::job::Job;
use super::limits::Limits;
use super::rebuild::rebuild;

/// The command of the command line that is a worker.
pub const WORKER: &str = "materialise-worker";

/// A worker's life: reads jobs, answers each, ends when there are no more. Whatever a document does to it ends this
/// process only.
///
/// # Errors
/// When the limits cannot be set or the pipe to the server breaks.
pub fn work(mut input: impl Read, mut output: impl Write) -> std::io::Result<()> {
    Limits::WORKER.apply()?;
    while let Some(job) = frame::read::<Job>(&mut input)? {
        #[cfg(debug_assertions)]
        super::sabotage::strike(job.document);
        frame::write(&mut output, &rebuild(job))?;
    }
    Ok(())
}
