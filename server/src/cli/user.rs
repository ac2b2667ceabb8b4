use chrono::{DateTime, FixedOffset};
use clap::{Args, Subcommand, ValueEnum};
use fieldbook_core::model::Role;

use super::CliError;
use super::context::Data;
use super::device::moment;
use crate::organisation::{add_person, leave};
use crate::store::Store;

#[derive(Debug, Subcommand)]
pub(super) enum User {
    /// Adds a person
    Add(Add),
    /// A person leaves: their phones hand in what was written before, and are locked
    Leave(Leave),
}

#[derive(Debug, Args)]
pub(super) struct Leave {
    /// The person, by name or id
    user: String,
    /// Since when, as RFC 3339, for example 2026-11-24T12:00:00+08:00; now when absent
    #[arg(long, value_name = "TIME")]
    at: Option<DateTime<FixedOffset>>,
    #[command(flatten)]
    data: Data,
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
        match self {
            User::Add(add) => add.run(),
            User::Leave(leave) => leave.run(),
        }
    }
}

impl Leave {
    fn run(self) -> Result<String, CliError> {
        let context = self.data.open()?;
        let (tenant, user) = (context.tenant.id, self.user);
        let at = self.at.and_then(|at| u64::try_from(at.timestamp_millis()).ok());
        let at_ms = at.unwrap_or(context.now_ms);
        let person = context
            .store
            .transact(move |writer| leave(writer, tenant, &user, at_ms))?;
        Ok(format!(
            "{} left on {}\nwhat they wrote before is accepted when their phones come back; what they wrote later goes into quarantine\n\
             (fieldbook quarantine list). fieldbook device list says when their phones have removed everything",
            person.name,
            moment(at_ms)
        ))
    }
}

impl Add {
    fn run(self) -> Result<String, CliError> {
        let Self {
            name,
            role,
            unit,
            data,
        } = self;
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
