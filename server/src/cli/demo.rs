use std::process::ExitCode;

use clap::Args;

use crate::demo;

#[derive(Debug, Args)]
pub(super) struct Demo {
    /// Replays the same day
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Prints one JSON object at the end instead of the story
    #[arg(long)]
    json: bool,
    /// Keeps the server up afterwards
    #[arg(long)]
    serve: bool,
}

impl Demo {
    pub(super) fn run(self) -> ExitCode {
        demo::run(demo::Options {
            seed: self.seed,
            json: self.json,
            serve: self.serve,
        })
    }
}
