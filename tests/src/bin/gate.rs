//! Measures what hostile bodies and an honest day cost the server: `gate [--json] [--dir DIR]`. Fails when a target is missed.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it prints figures, and what went wrong"
)]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use fieldbook_tests::process::{Outcome, Role};
use fieldbook_tests::siege::{Cost, measure};
use fieldbook_tests::workload::run_phone;

/// Measures what hostile bodies and an honest day cost the server.
#[derive(Debug, Parser)]
#[command(name = "gate")]
struct Arguments {
    /// One JSON object a line instead of a table
    #[arg(long)]
    json: bool,
    /// A folder on the disk to measure with; a temporary one without it
    #[arg(long)]
    dir: Option<PathBuf>,
}

fn main() -> ExitCode {
    let outcome = match Role::of_arguments(std::env::args_os()) {
        Role::Server(arguments) => return fieldbook_server::run(arguments.into_iter()),
        Role::Phone(arguments) => run_phone(&arguments).map(|()| true),
        Role::Main => run(&Arguments::parse()),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("gate: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Outcome<bool> {
    let folder = match &arguments.dir {
        Some(folder) => tempfile::TempDir::new_in(folder)?,
        None => tempfile::TempDir::new()?,
    };
    let costs = measure(folder.path())?;
    for cost in &costs {
        if arguments.json {
            println!("{}", cost.to_json());
        } else {
            println!("{}", cost.line());
        }
    }
    Ok(costs.iter().all(Cost::is_met))
}
