use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::CliError;
use super::context::Data;
use crate::organisation::{Assign, CustomerFile, ImportOptions, Imported, import_customers};

#[derive(Debug, Subcommand)]
pub(super) enum Import {
    /// Imports customers from a CSV file: external_id, name, lat, lon, and if you like address, city, state,
    /// postal_code, store_type, grade, owner. Rows that were imported before are skipped.
    Customers(Customers),
}

#[derive(Debug, Args)]
#[group(id = "assign", required = true, multiple = false, args = ["owner", "unit"])]
pub(super) struct Customers {
    /// The file, UTF-8 with a header
    file: PathBuf,
    /// Who looks after the customers, by name or id
    #[arg(long)]
    owner: Option<String>,
    /// Spread the customers over the reps of this unit and those below, a compact territory each
    #[arg(long)]
    unit: Option<String>,
    /// The grade of rows that name none
    #[arg(long)]
    grade: Option<String>,
    #[command(flatten)]
    data: Data,
}

impl Import {
    pub(super) fn run(self) -> Result<String, CliError> {
        let Import::Customers(Customers {
            file,
            owner,
            unit,
            grade,
            data,
        }) = self;
        let unreadable = |error: std::io::Error| CliError::File {
            path: file.display().to_string(),
            problem: error.to_string(),
        };
        let source = std::fs::File::open(&file).map_err(unreadable)?;
        let customers = CustomerFile::read(std::io::BufReader::new(source))?;
        let unused = customers.unused.clone();
        let assign = match (owner, unit) {
            (Some(owner), _) => Assign::To(owner),
            (None, unit) => Assign::Spread(unit.unwrap_or_default()),
        };
        let mut context = data.open()?;
        let (tenant, now_ms) = (context.tenant.id, context.now_ms);
        let options = ImportOptions { assign, grade };
        let imported = import_customers(
            &context.store,
            tenant,
            customers,
            &options,
            now_ms,
            &mut context.rng,
        )?;
        Ok(said(&imported, &unused))
    }
}

fn said(imported: &Imported, unused: &[String]) -> String {
    let mut text = format!("imported {} customers", imported.added);
    for (owner, count) in &imported.by_owner {
        text.push_str(&format!("\n  {count} for {owner}"));
    }
    if !imported.skipped.is_empty() {
        let lines: Vec<String> = imported.skipped.iter().take(10).map(u64::to_string).collect();
        let more = if imported.skipped.len() > lines.len() {
            ", …"
        } else {
            ""
        };
        let count = imported.skipped.len();
        text.push_str(&format!(
            "\nskipped {count} that were imported before (lines {}{more})",
            lines.join(", ")
        ));
    }
    if !unused.is_empty() {
        text.push_str(&format!("\nnot used: column {}", unused.join(", ")));
    }
    text
}
