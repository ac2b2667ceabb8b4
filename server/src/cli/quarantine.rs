use clap::{Args, Subcommand};

use super::CliError;
use super::context::Data;
use super::device::{aligned, moment};
use crate::exchange::{named, read_quarantined};
use crate::store::{Store, StoreError};

#[derive(Debug, Subcommand)]
pub(super) enum Quarantine {
    /// Lists what came in when the right to write it had ended
    List(List),
    /// Shows what was written, as JSON
    Show(Show),
}

#[derive(Debug, Args)]
pub(super) struct List {
    #[command(flatten)]
    data: Data,
}

#[derive(Debug, Args)]
pub(super) struct Show {
    /// Its number in the list
    number: u64,
    #[command(flatten)]
    data: Data,
}

impl Quarantine {
    pub(super) fn run(self) -> Result<String, CliError> {
        match self {
            Quarantine::List(list) => list.run(),
            Quarantine::Show(show) => show.run(),
        }
    }
}

impl List {
    fn run(self) -> Result<String, CliError> {
        let context = self.data.open()?;
        let tenant = context.tenant.id;
        let rows = context.store.read(|reader| {
            let mut rows = Vec::new();
            for row in reader.quarantined(tenant)? {
                let owner = match reader.document(tenant, row.document)? {
                    Some(document) => named(reader, tenant, document.owner)?,
                    None => "nobody".to_owned(),
                };
                let writer = named(reader, tenant, row.person)?;
                rows.push((row, writer, owner));
            }
            Ok(rows)
        })?;
        if rows.is_empty() {
            return Ok("nothing is in quarantine".to_owned());
        }
        let mut table = vec![
            [
                "number",
                "arrived",
                "written by",
                "owner now",
                "kind",
                "record",
                "operations",
                "why",
            ]
            .map(str::to_owned),
        ];
        for (row, writer, owner) in rows {
            let last = row.base + u64::from(row.count);
            table.push([
                row.number.to_string(),
                moment(row.received_ms),
                writer,
                owner,
                row.kind.to_string(),
                row.document.to_string(),
                (last + 1 - row.sequence).to_string(),
                row.rejection.rule,
            ]);
        }
        Ok(aligned(&table))
    }
}

impl Show {
    fn run(self) -> Result<String, CliError> {
        let context = self.data.open()?;
        let tenant = context.tenant.id;
        let shown = context.store.read(|reader| {
            let row = reader
                .quarantined(tenant)?
                .into_iter()
                .find(|row| row.number == self.number);
            let row = row.ok_or_else(|| StoreError::Unknown {
                what: "quarantined work",
                id: self.number.to_string(),
            })?;
            read_quarantined(reader, tenant, &row)
        })?;
        Ok(format!("{shown:#}"))
    }
}
