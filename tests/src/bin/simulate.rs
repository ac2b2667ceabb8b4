//! `simulate --seeds N [--from S] [--json]` plays stories and checks what must hold at their end;
//! `simulate --seed S --trace` tells one of them in words.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command prints its result"
)]

use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use fieldbook_tests::simulate::{Failed, Failure, Story, Summary, Template, play, run_seeds, shrink};

/// How many stories may be played to find a short one that fails.
const SHRINK_RUNS: u32 = 600;

/// Simulated stories of phones and a server, each under a seed
#[derive(Debug, Parser)]
#[command(name = "simulate")]
struct Options {
    /// How many seeds to play
    #[arg(long, default_value_t = 200)]
    seeds: u64,
    /// The first seed
    #[arg(long, default_value_t = 1)]
    from: u64,
    /// Play this seed only
    #[arg(long)]
    seed: Option<u64>,
    /// Tell the story of --seed in words
    #[arg(long, requires = "seed")]
    trace: bool,
    /// Print one JSON object at the end instead of a summary
    #[arg(long)]
    json: bool,
    /// How many stories to play at once; all processors when left out
    #[arg(long)]
    workers: Option<usize>,
}

fn main() -> ExitCode {
    let options = Options::parse();
    match run(&options) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("simulate: {failure}");
            ExitCode::from(2)
        }
    }
}

fn run(options: &Options) -> Result<ExitCode, Failure> {
    let template = Template::build()?;
    if let (Some(seed), true) = (options.seed, options.trace) {
        return Ok(tell(&template, seed));
    }
    let (from, seeds) = options
        .seed
        .map_or((options.from, options.seeds), |seed| (seed, 1));
    let workers = options
        .workers
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, Into::into));
    let started = Instant::now();
    let progress = |done: u64| {
        if done.is_multiple_of(500) {
            eprintln!("{done} of {seeds} stories played");
        }
    };
    let summary = run_seeds(&template, from, seeds, workers, None, &progress);
    print(&summary, started.elapsed().as_secs_f64(), options.json)?;
    for Failed { seed, failure } in &summary.failures {
        eprintln!("seed {seed} fails: {failure}");
    }
    if let Some(failed) = summary.failures.first() {
        explain(&template, failed);
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

fn print(summary: &Summary, seconds: f64, json: bool) -> Result<(), Failure> {
    let seconds = (seconds * 1000.0).round() / 1000.0;
    if json {
        let mut object = serde_json::to_value(summary)
            .map_err(|error| Failure::step("the summary cannot be printed", &error))?;
        object["seconds"] = seconds.into();
        println!("{object}");
        return Ok(());
    }
    println!(
        "{} stories from seed {}, {} failed, in {seconds} s\n\
         {} operations written, {} not accepted and parked, {} crashes, {} restores, {} ends of access, {} exchanges, {} of hostile phones\n\
         {} times a document on a phone was compared with the server's\n\
         trace hash {}",
        summary.seeds,
        summary.from,
        summary.failed,
        summary.operations,
        summary.rejected,
        summary.crashes,
        summary.restores,
        summary.ended,
        summary.exchanges,
        summary.attacks,
        summary.compared,
        summary.trace_hash
    );
    Ok(())
}

/// The first failure: its seed, what did not hold, and the shortest story found, in words.
fn explain(template: &Template, failed: &Failed) {
    let Failed { seed, failure } = failed;
    eprintln!("\nlooking for a shorter story that fails as seed {seed} does ...");
    let story = Story::generate(*seed);
    let short = shrink(template, &story, failure, None, SHRINK_RUNS);
    eprintln!(
        "{} of {} steps are left after {} attempts:\n",
        short.story.steps.len(),
        story.steps.len(),
        short.runs
    );
    for line in play(template, &short.story, None, true).trace.lines() {
        eprintln!("  {line}");
    }
    eprintln!("\nthe whole story: simulate --seed {seed} --trace");
}

fn tell(template: &Template, seed: u64) -> ExitCode {
    let story = Story::generate(seed);
    let outcome = play(template, &story, None, true);
    for line in outcome.trace.lines() {
        println!("{line}");
    }
    println!(
        "{} steps, trace hash {}",
        story.steps.len(),
        hex::encode(outcome.trace.hash())
    );
    if outcome.failure.is_some() {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
