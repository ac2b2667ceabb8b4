use clap::Args;
use fieldbook_core::model::Role;

use super::super::CliError;
use super::super::context::Data;
use super::RoleName;
use crate::organisation::set_role;
use crate::store::Store;

#[derive(Debug, Args)]
pub(in crate::cli) struct SetRole {
    /// The person, by name or id
    user: String,
    /// What the person does from now on
    role: RoleName,
    #[command(flatten)]
    data: Data,
}

impl SetRole {
    pub(in crate::cli) fn run(self) -> Result<String, CliError> {
        let role = Role::from(self.role);
        let context = self.data.open()?;
        let (tenant, now_ms) = (context.tenant.id, context.now_ms);
        let person = context
            .store
            .transact(move |writer| set_role(writer, tenant, &self.user, role, now_ms))?;
        Ok(format!(
            "{} is a {role} now; approvals that are open are asked of whoever is in charge at the next sync",
            person.name
        ))
    }
}
