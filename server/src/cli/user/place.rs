use clap::Args;

use super::super::CliError;
use super::super::context::Data;
use super::went;
use crate::clock::{Clock, SystemClock, unix_ms};
use crate::organisation::{OrganisationError, hand_over_customers, move_person};
use crate::store::Store;

#[derive(Debug, Args)]
pub(in crate::cli) struct Move {
    /// The person, by name or id
    user: String,
    /// The unit they go to, by name or id
    #[arg(long)]
    unit: String,
    /// Who looks after their customers from now on, by name or id; without it they keep them
    #[arg(long, value_name = "USER")]
    customers_to: Option<String>,
    #[command(flatten)]
    data: Data,
}

impl Move {
    pub(in crate::cli) fn run(self) -> Result<String, CliError> {
        let context = self.data.open()?;
        let (tenant, now) = (context.tenant.id, SystemClock.now());
        let (user, unit, customers_to) = (self.user, self.unit, self.customers_to);
        let (person, unit, handed) =
            context
                .store
                .transact(move |writer| -> Result<_, OrganisationError> {
                    let (person, unit) = move_person(writer, tenant, &user, &unit, unix_ms(now))?;
                    let from = person.id.to_string();
                    let handed = customers_to.map(|to| hand_over_customers(writer, tenant, &from, &to, now));
                    Ok((person, unit, handed.transpose()?))
                })?;
        Ok(format!(
            "{} is in {:?} now\nwhat they wrote before is accepted when their phone comes back; what they may not write any more goes into \
             quarantine\n(fieldbook quarantine list){}",
            person.name,
            unit.name,
            handed.as_ref().map(went).unwrap_or_default()
        ))
    }
}
