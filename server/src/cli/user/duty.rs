use clap::Args;

use super::super::CliError;
use super::super::context::Data;
use crate::organisation::change_duties;
use crate::store::Store;

#[derive(Debug, Args)]
pub(in crate::cli) struct Duty {
    /// The person, by name or id
    user: String,
    /// A duty to give them, such as finance; may be repeated. Without --add and --remove their duties are shown
    #[arg(long, value_name = "DUTY")]
    add: Vec<String>,
    /// A duty to take from them; may be repeated
    #[arg(long, value_name = "DUTY")]
    remove: Vec<String>,
    #[command(flatten)]
    data: Data,
}

impl Duty {
    pub(in crate::cli) fn run(self) -> Result<String, CliError> {
        let context = self.data.open()?;
        let tenant = context.tenant.id;
        let (person, duties) = context
            .store
            .transact(move |writer| change_duties(writer, tenant, &self.user, (&self.add, &self.remove)))?;
        let duties: Vec<String> = duties.into_iter().collect();
        Ok(match duties.as_slice() {
            [] => format!("{} has no duties", person.name),
            duties => format!("{} has the duties {}", person.name, duties.join(", ")),
        })
    }
}
