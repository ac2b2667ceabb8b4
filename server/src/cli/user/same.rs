use clap::Args;

use super::super::CliError;
use super::super::context::Data;
use crate::organisation::set_same;
use crate::store::Store;

#[derive(Debug, Args)]
pub(in crate::cli) struct SameAs {
    /// One account, by name or id
    user: String,
    /// The other account of the same human, by name or id
    other: String,
    #[command(flatten)]
    data: Data,
}

impl SameAs {
    pub(in crate::cli) fn run(self) -> Result<String, CliError> {
        let context = self.data.open()?;
        let tenant = context.tenant.id;
        let (person, other) = context
            .store
            .transact(move |writer| set_same(writer, tenant, &self.user, &self.other))?;
        Ok(format!(
            "{:?} and {:?} are the same human: neither decides on the other's requests",
            person.name, other.name
        ))
    }
}
