//! Kills real servers and phones in the middle of their work: `kill --cycles N [--seed S] [--json]`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it prints what came of it, and what went wrong"
)]

use std::process::ExitCode;

use clap::Parser;
use fieldbook_tests::kill::{Settings, Summary, run, run_phone};
use fieldbook_tests::process::{Outcome, Role};

/// Kills a server and phones with SIGKILL, again and again, and counts what is gone: it must be nothing.
#[derive(Debug, Parser)]
#[command(name = "kill")]
struct Arguments {
    /// How many times something is killed
    #[arg(long, default_value_t = 100)]
    cycles: u32,
    /// The seed of the moments
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// One JSON object instead of words
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    match Role::of_arguments(std::env::args_os()) {
        Role::Server(arguments) => fieldbook_server::run(arguments.into_iter()),
        Role::Phone(arguments) => match run_phone(&arguments) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        },
        Role::Main => match strike(&Arguments::parse()) {
            Ok(summary) if summary.is_clean() => ExitCode::SUCCESS,
            Ok(_) => ExitCode::FAILURE,
            Err(error) => {
                eprintln!("kill: {error}");
                ExitCode::FAILURE
            }
        },
    }
}

fn strike(arguments: &Arguments) -> Outcome<Summary> {
    let summary = run(&Settings {
        cycles: arguments.cycles,
        seed: arguments.seed,
    })?;
    if arguments.json {
        println!("{}", serde_json::to_string(&summary)?);
        return Ok(summary);
    }
    println!(
        "{} cycles in {:.1} s: the server was killed {} times, a phone {} times",
        summary.cycles, summary.seconds, summary.server_kills, summary.phone_kills
    );
    println!(
        "{} operations were called saved: {} are gone, {} are parked; {} were acknowledged: {} are gone",
        summary.saved, summary.lost_saved, summary.parked, summary.acknowledged, summary.lost_acknowledged
    );
    println!(
        "{} are there twice or unasked; {} databases are damaged",
        summary.twice, summary.corrupt
    );
    Ok(summary)
}
