//! Measures the workload: `workload w1|w2|…|w7|all [--reps R] [--docs N] [--runs K] [--json]`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it prints figures, and what went wrong"
)]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use fieldbook_tests::process::Role;
use fieldbook_tests::workload::{Settings, Workload, run_phone, table};

/// Measures the workload of a field day: phone, wire and server.
#[derive(Debug, Parser)]
#[command(name = "workload")]
struct Arguments {
    /// w1 to w7, or all
    workload: String,
    /// How many reps: w3, w4, and the most days that w7 stores
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    reps: usize,
    /// How many documents: w5, w6
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    docs: usize,
    /// How often to measure; the median counts
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    runs: usize,
    /// One JSON object a line instead of a table
    #[arg(long)]
    json: bool,
    /// A folder on the disk to measure with; the folder of the program without it
    #[arg(long)]
    dir: Option<PathBuf>,
}

fn main() -> ExitCode {
    match Role::of_arguments(std::env::args_os()) {
        Role::Server(arguments) => fieldbook_server::run(arguments.into_iter()),
        Role::Phone(arguments) => ended(run_phone(&arguments)),
        Role::Main => ended(measure(Arguments::parse())),
    }
}

fn ended(outcome: fieldbook_tests::process::Outcome<()>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("workload: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(arguments: Arguments) -> fieldbook_tests::process::Outcome<()> {
    let workloads = match arguments.workload.as_str() {
        "all" => Workload::ALL.to_vec(),
        name => vec![name.parse()?],
    };
    let folder = match arguments.dir {
        Some(folder) => folder,
        // The build folder is on a disk; the system's temporary folder may be memory.
        None => std::env::current_exe()?
            .parent()
            .ok_or("the program has no folder")?
            .to_owned(),
    };
    let settings = Settings {
        reps: arguments.reps,
        documents: arguments.docs,
        runs: arguments.runs,
        folder,
    };
    let mut figures = Vec::new();
    for workload in workloads {
        let measured = workload.measure(&settings)?;
        if arguments.json {
            measured
                .iter()
                .for_each(|figure| println!("{}", figure.to_json()));
        } else if figures.is_empty() {
            println!("{}", table(&measured));
        } else {
            // The head of the table stands above the first.
            println!(
                "{}",
                table(&measured).lines().skip(1).collect::<Vec<_>>().join("\n")
            );
        }
        figures.extend(measured);
    }
    Ok(())
}
