use clap::{Args, Subcommand, ValueEnum};
use fieldbook_core::model::Role;

use super::CliError;
use super::context::Data;
use crate::organisation::add_person;
use crate::store::Store;

#[derive(Debug, Subcommand)]
pub(super) enum User {
    /// Adds a person
    Add(Add),
}

#[derive(Debug, Args)]
pub(super) struct Add {
    /// The person's name, unique in the organisation
    name: String,
    /// What the person does
    #[arg(long)]
    role: RoleName,
    /// The person's unit, by name or id; a supervisor leads it
    #[arg(long)]
    unit: String,
    #[command(flatten)]
    data: Data,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RoleName {
    /// Visits customers
    Rep,
    /// Leads a unit: sees the units below and decides their approvals
    Supervisor,
}

impl User {
    pub(super) fn run(self) -> Result<String, CliError> {
        let User::Add(Add {
            name,
            role,
            unit,
            data,
        }) = self;
        let role = match role {
            RoleName::Rep => Role::Rep,
            RoleName::Supervisor => Role::Supervisor,
        };
        let folder = data.folder.display().to_string();
        let context = data.open()?;
        let (tenant, now_ms, mut rng) = (context.tenant.id, context.now_ms, context.rng);
        let person = context
            .store
            .transact(move |writer| add_person(writer, tenant, &name, role, &unit, now_ms, &mut rng))?;
        Ok(format!(
            "added {role} {name:?} ({id})\nnext: fieldbook enrol {name:?} --data {folder}",
            name = person.name,
            id = person.id
        ))
    }
}
