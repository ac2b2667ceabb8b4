use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use fieldbook_core::replica::Head;

use super::CliError;
use super::context::Data;
use crate::audit::{self, verify};
use crate::store::{SqliteStore, Store};

/// What is shown at most; a hundred lines say as much as a thousand.
const SHOWN: usize = 100;

#[derive(Debug, Subcommand)]
pub(super) enum Audit {
    /// Checks that nothing was changed behind the server: hash chains, signatures, receipts. Changes nothing, works on a
    /// copy and while the server runs
    Verify(Verify),
}

#[derive(Debug, Args)]
pub(super) struct Verify {
    #[command(flatten)]
    data: Data,
    /// Receipts that phones hold, one JSON object a line; may be given several times
    #[arg(long, value_name = "FILE")]
    heads: Vec<PathBuf>,
}

impl Audit {
    pub(super) fn run(self) -> Result<String, CliError> {
        let Audit::Verify(Verify { data, heads }) = self;
        let mut receipts = Vec::new();
        for file in &heads {
            receipts.extend(read(file)?);
        }
        let store = SqliteStore::open_read_only(&data.folder)?;
        let audit = store.read(|reader| verify(reader, &receipts))?;
        let said = said(&audit);
        if audit.findings.is_empty() {
            Ok(said)
        } else {
            Err(CliError::Audit(said))
        }
    }
}

/// Reads a file of receipts.
fn read(file: &PathBuf) -> Result<Vec<Head>, CliError> {
    let problem = |problem: String| CliError::File {
        path: file.display().to_string(),
        problem,
    };
    let text = std::fs::read_to_string(file).map_err(|error| problem(error.to_string()))?;
    let lines = (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            serde_json::from_str(line)
                .map_err(|error| problem(format!("line {number} is not a receipt: {error}")))
        })
        .collect()
}

fn said(audit: &audit::Audit) -> String {
    let mut text = String::new();
    for finding in audit.findings.iter().take(SHOWN) {
        // Writing into a string does not fail.
        let _ = writeln!(text, "{finding}");
    }
    for note in &audit.notes {
        let _ = writeln!(text, "note: {note}");
    }
    let more = audit.findings.len().saturating_sub(SHOWN);
    if more > 0 {
        let _ = writeln!(text, "… and {more} more");
    }
    let counts = format!(
        "{} rulings, {} segments with {} operations, {} signatures, {} documents, {} receipts checked",
        audit.rulings, audit.segments, audit.operations, audit.signatures, audit.documents, audit.heads
    );
    match audit.findings.len() {
        0 => text + "all is as it was written: " + &counts,
        1 => format!("{text}1 finding; {counts}"),
        found => format!("{text}{found} findings; {counts}"),
    }
}
