use std::io::{BufReader, stdin, stdout};
use std::process::ExitCode;

use clap::Args;

use crate::materialise::work;

/// The server starts this itself; a person has no use for it.
#[derive(Debug, Args)]
pub(super) struct Worker {}

impl Worker {
    pub(super) fn run(self) -> ExitCode {
        match work(BufReader::new(stdin().lock()), stdout().lock()) {
            Ok(()) => ExitCode::SUCCESS,
            // The server reads the death from the exit code; nobody else listens.
            Err(_) => ExitCode::FAILURE,
        }
    }
}
