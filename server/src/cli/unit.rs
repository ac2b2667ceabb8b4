use clap::{Args, Subcommand};

use super::CliError;
use super::context::Data;
use crate::organisation::add_unit;
use crate::store::Store;

#[derive(Debug, Subcommand)]
pub(super) enum Unit {
    /// Adds a unit: a region, a team
    Add(Add),
}

#[derive(Debug, Args)]
pub(super) struct Add {
    /// The unit's name, unique in the organisation
    name: String,
    /// The unit above it, by name or id; without it the unit stands at the top
    #[arg(long)]
    parent: Option<String>,
    #[command(flatten)]
    data: Data,
}

impl Unit {
    pub(super) fn run(self) -> Result<String, CliError> {
        let Unit::Add(Add { name, parent, data }) = self;
        let context = data.open()?;
        let (tenant, now_ms, mut rng) = (context.tenant.id, context.now_ms, context.rng);
        let unit = context
            .store
            .transact(move |writer| add_unit(writer, tenant, &name, parent.as_deref(), now_ms, &mut rng))?;
        Ok(format!("added unit {:?} ({})", unit.name, unit.id))
    }
}
