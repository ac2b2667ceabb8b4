//! The operator's command line, one command a file.
//!
//! `serve` holds the data folder's lock; the other commands are single short transactions on the same database and
//! work while a server runs.

mod audit;
mod backup;
mod context;
mod demo;
mod device;
mod documents;
mod enrol;
mod error;
mod forms;
mod import;
mod init;
mod policy;
mod quarantine;
mod restore;
mod serve;
mod unit;
mod user;
mod worker;

use std::ffi::OsString;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use error::CliError;

/// The sync server for people who sell in the field.
#[derive(Debug, Parser)]
#[command(name = "fieldbook", version, about, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Makes a data folder with a server key and an organisation
    Init(init::Init),
    /// Serves the phones until it is told to stop (Ctrl-C, SIGTERM)
    Serve(serve::Serve),
    /// Units of the organisation
    #[command(subcommand)]
    Unit(unit::Unit),
    /// People of the organisation
    #[command(subcommand)]
    User(user::User),
    /// Phones of the organisation
    #[command(subcommand)]
    Device(device::Device),
    /// What came in too late to be accepted
    #[command(subcommand)]
    Quarantine(quarantine::Quarantine),
    /// The rules of the house: limits, the fence, how often customers are visited
    #[command(subcommand)]
    Policy(policy::Policy),
    /// Forms of requests, and the chains of people who have to agree
    #[command(subcommand)]
    Forms(forms::Forms),
    /// Brings in what other systems know
    #[command(subcommand)]
    Import(import::Import),
    /// Documents that need the operator's eye
    #[command(subcommand)]
    Documents(documents::Documents),
    /// Makes a one-time code that signs one phone of a person in
    Enrol(enrol::Enrol),
    /// Writes a copy of everything to one file, also while a server runs
    Backup(backup::Backup),
    /// Makes a data folder from a backup; phones then hand back what it lacks
    Restore(restore::Restore),
    /// Checks what is stored against what was signed
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Shows a field day with real phones and a real server, in a temporary folder
    Demo(demo::Demo),
    #[command(hide = true, name = crate::materialise::WORKER)]
    Worker(worker::Worker),
}

/// Runs one command of the command line: 0 when it did its work, 1 when it could not, 2 when it was
/// misspelt.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are not errors, and clap knows which stream each belongs to.
            let is_help = !error.use_stderr();
            let _ = error.print();
            return if is_help {
                ExitCode::SUCCESS
            } else {
                ExitCode::from(2)
            };
        }
    };
    let outcome = match arguments.command {
        Command::Init(init) => init.run(),
        Command::Serve(serve) => serve.run(),
        Command::Unit(unit) => unit.run(),
        Command::User(user) => user.run(),
        Command::Device(device) => device.run(),
        Command::Quarantine(quarantine) => quarantine.run(),
        Command::Policy(policy) => policy.run(),
        Command::Forms(forms) => forms.run(),
        Command::Import(import) => import.run(),
        Command::Enrol(enrol) => enrol.run(),
        Command::Backup(backup) => backup.run(),
        Command::Restore(restore) => restore.run(),
        Command::Audit(audit) => audit.run(),
        Command::Documents(documents) => documents.run(),
        Command::Demo(demo) => return demo.run(),
        Command::Worker(worker) => return worker.run(),
    };
    let outcome = outcome.and_then(|said| match say(&said) {
        // A closed pipe is the reader's business; a full disk is ours.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(CliError::Output(error.to_string())),
        _ => Ok(()),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr().lock(), "fieldbook: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Prints to standard output at once.
fn say(text: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", text.trim_end())?;
    out.flush()
}
