mod delegate;
mod duty;
mod place;
mod role;
mod same;

use chrono::{DateTime, FixedOffset};
use clap::{Args, Subcommand, ValueEnum};
use fieldbook_core::model::Role;

use super::CliError;
use super::context::Data;
use super::device;
use crate::clock::{Clock, SystemClock};
use crate::organisation::{
    HandedOver, OrganisationError, add_person, find_person, hand_over_customers, leave,
};
use crate::store::Store;

#[derive(Debug, Subcommand)]
pub(super) enum User {
    /// Adds a person
    Add(Add),
    /// A person goes to another unit; their customers may go to somebody else
    Move(place::Move),
    /// A person becomes a rep or a supervisor
    Role(role::SetRole),
    /// Shows or changes what a person is in charge of, such as finance
    Duty(duty::Duty),
    /// Two accounts are of the same human: none of them decides on the other's requests
    SameAs(same::SameAs),
    /// A person leaves: their phones hand in what was written before, and are locked; who leads them decides instead
    Leave(Leave),
    /// Somebody decides in another's stead for a while; never on their own requests
    Delegate(delegate::Delegate),
    /// Ends what a person delegated
    Recall(delegate::Recall),
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
    /// What else the person is in charge of, such as finance; may be repeated
    #[arg(long)]
    duty: Vec<String>,
    /// The same human has this account already, by name or id: none of them decides on the other's requests
    #[arg(long, value_name = "USER")]
    same_as: Option<String>,
    #[command(flatten)]
    data: Data,
}

#[derive(Debug, Args)]
pub(super) struct Leave {
    /// The person, by name or id
    user: String,
    /// Since when, as RFC 3339, for example 2026-11-24T12:00:00+08:00; now when absent, and never later than now: their phones are locked at once
    #[arg(long, value_name = "TIME")]
    at: Option<DateTime<FixedOffset>>,
    /// Who looks after their customers from now on, by name or id
    #[arg(long, value_name = "USER")]
    customers_to: Option<String>,
    #[command(flatten)]
    data: Data,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum RoleName {
    /// Visits customers
    Rep,
    /// Leads a unit: sees the units below and decides their approvals
    Supervisor,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Rep => Role::Rep,
            RoleName::Supervisor => Role::Supervisor,
        }
    }
}

impl User {
    pub(super) fn run(self) -> Result<String, CliError> {
        match self {
            User::Add(add) => add.run(),
            User::Move(it) => it.run(),
            User::Role(role) => role.run(),
            User::Duty(duty) => duty.run(),
            User::SameAs(same) => same.run(),
            User::Leave(leave) => leave.run(),
            User::Delegate(delegate) => delegate.run(),
            User::Recall(recall) => recall.run(),
        }
    }
}

impl Leave {
    fn run(self) -> Result<String, CliError> {
        let context = self.data.open()?;
        let (tenant, user) = (context.tenant.id, self.user);
        let now_ms = context.now_ms;
        let at = self
            .at
            .map(|at| u64::try_from(at.timestamp_millis()).unwrap_or(0));
        let at_ms = at.unwrap_or(now_ms);
        let (customers_to, now) = (self.customers_to, SystemClock.now());
        let (person, handed) = context
            .store
            .transact(move |writer| -> Result<_, OrganisationError> {
                let person = leave(writer, tenant, &user, at_ms, now_ms)?;
                let from = person.id.to_string();
                let handed = customers_to.map(|to| hand_over_customers(writer, tenant, &from, &to, now));
                Ok((person, handed.transpose()?))
            })?;
        Ok(format!(
            "{} left on {}\nwhat they wrote before is accepted when their phones come back; what they wrote later goes into quarantine\n\
             (fieldbook quarantine list). fieldbook device list says when their phones have removed everything{}",
            person.name,
            device::moment(at_ms),
            handed.as_ref().map(went).unwrap_or_default()
        ))
    }
}

/// How many customers went to whom, as a line of its own.
fn went(handed: &HandedOver) -> String {
    let mut said = format!("\n{} customers went to {}", handed.customers, handed.to.name);
    if handed.left_behind > 0 {
        said.push_str(&format!(
            "; {} could not: their records are full",
            handed.left_behind
        ));
    }
    said
}

impl Add {
    fn run(self) -> Result<String, CliError> {
        let role = Role::from(self.role);
        let folder = self.data.folder.display().to_string();
        let context = self.data.open()?;
        let (tenant, now_ms, mut rng) = (context.tenant.id, context.now_ms, context.rng);
        let person = context
            .store
            .transact(move |writer| -> Result<_, OrganisationError> {
                let person = add_person(writer, tenant, &self.name, role, &self.unit, now_ms, &mut rng)?;
                for duty in &self.duty {
                    writer.add_duty(tenant, person.id, duty.trim())?;
                }
                if let Some(other) = &self.same_as {
                    let other = find_person(writer, tenant, other)?.id;
                    writer.set_same(tenant, person.id, other)?;
                }
                Ok(person)
            })?;
        Ok(format!(
            "added {role} {name:?} ({id})\nnext: fieldbook enrol {name:?} --data {folder}",
            name = person.name,
            id = person.id
        ))
    }
}
