use chrono::{DateTime, SecondsFormat};
use clap::{Args, Subcommand};
use fieldbook_core::model::DocumentId;

use super::CliError;
use super::context::Data;
use crate::store::{EquivocationRow, FutureRow, SetAsideRow, Store, StoreError};

/// Rows of evidence that are printed.
const MOST: usize = 1_000;

#[derive(Debug, Subcommand)]
pub(super) enum Documents {
    /// Lists what needs the operator's eye
    List(List),
    /// Lets a document that was set aside be tried again
    Release(Release),
}

#[derive(Debug, Args)]
#[group(id = "which", required = true, multiple = false, args = ["set_aside", "equivocations", "future_dated"])]
pub(super) struct List {
    /// Documents that could not be materialised, and why. Phones go on exchanging them
    #[arg(long)]
    set_aside: bool,
    /// Operations that came under a name that another one has: a copied phone, or a stolen key
    #[arg(long)]
    equivocations: bool,
    /// Documents with dates ahead of the server's clock: phones with a wrong clock. They stand; dates decide nothing
    #[arg(long)]
    future_dated: bool,
    #[command(flatten)]
    data: Data,
}

#[derive(Debug, Args)]
pub(super) struct Release {
    /// The document's id
    document: String,
    #[command(flatten)]
    data: Data,
}

impl Documents {
    pub(super) fn run(self) -> Result<String, CliError> {
        match self {
            Self::List(list) => list.run(),
            Self::Release(release) => release.run(),
        }
    }
}

impl List {
    fn run(self) -> Result<String, CliError> {
        let context = self.data.open()?;
        let tenant = context.tenant.id;
        let lines: Vec<String> = if self.set_aside {
            let rows = context.store.read(|reader| reader.set_aside(tenant))?;
            rows.iter().map(aside_line).collect()
        } else if self.future_dated {
            let rows = context.store.read(|reader| reader.future_dated(tenant, MOST))?;
            rows.iter().map(future_line).collect()
        } else {
            let rows = context.store.read(|reader| reader.equivocations(tenant, MOST))?;
            rows.iter().map(equivocation_line).collect()
        };
        Ok(if lines.is_empty() {
            "none".to_owned()
        } else {
            lines.join("\n")
        })
    }
}

impl Release {
    fn run(self) -> Result<String, CliError> {
        let unknown = || StoreError::Unknown {
            what: "document that is set aside",
            id: self.document.clone(),
        };
        let document: DocumentId = self.document.parse().map_err(|_| unknown())?;
        let context = self.data.open()?;
        let tenant = context.tenant.id;
        if !context
            .store
            .write(move |writer| writer.try_again(tenant, document))?
        {
            return Err(unknown().into());
        }
        Ok(format!(
            "document {document} is tried again, within seconds if a server runs"
        ))
    }
}

fn aside_line(row: &SetAsideRow) -> String {
    let state = if row.is_released { "released" } else { "set aside" };
    let SetAsideRow {
        document,
        as_of,
        reason,
        ..
    } = row;
    format!("{} {document} {state} at {as_of}: {reason}", time(row.at_ms))
}

fn future_line(row: &FutureRow) -> String {
    format!(
        "{} {} dated {} by device {}",
        time(row.received_ms),
        row.document,
        time(row.written_ms),
        row.device
    )
}

fn equivocation_line(row: &EquivocationRow) -> String {
    format!(
        "{} {} sequence {} of {}/{}/{}: stored {}, refused {} from device {}",
        time(row.received_ms),
        row.actor.document,
        row.sequence,
        hex::encode(row.actor.origin.public_key),
        row.actor.origin.epoch,
        row.actor.rebase,
        hex::encode(row.stored),
        hex::encode(row.claimed),
        row.device
    )
}

fn time(ms: u64) -> String {
    let time = i64::try_from(ms).ok().and_then(DateTime::from_timestamp_millis);
    time.unwrap_or_default()
        .to_rfc3339_opts(SecondsFormat::Secs, true)
}
