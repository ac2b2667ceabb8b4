use clap::Args;

use super::CliError;
use super::context::Data;
use crate::identity::{enrolment_link, issue_code};
use crate::organisation::{OrganisationError, find_person};
use crate::store::Store;

#[derive(Debug, Args)]
pub(super) struct Enrol {
    /// The person, by name or id
    user: String,
    /// The address at which phones reach this server
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:7878")]
    server: String,
    #[command(flatten)]
    data: Data,
}

/// A link to nowhere would use a code up.
fn check_address(address: &str) -> Result<(), CliError> {
    let host = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(char::is_whitespace) => Ok(()),
        _ => Err(CliError::Address(address.to_owned())),
    }
}

impl Enrol {
    pub(super) fn run(self) -> Result<String, CliError> {
        check_address(&self.server)?;
        let context = self.data.open()?;
        let (tenant, now_ms, mut rng) = (context.tenant.id, context.now_ms, context.rng);
        let user = self.user;
        let (person, code) = context.store.transact(move |writer| {
            let person = find_person(writer, tenant, &user)?;
            if let Some(since_ms) = writer.left_ms(tenant, person.id)? {
                let name = person.name;
                return Err(OrganisationError::Left { name, since_ms });
            }
            let code = issue_code(writer, tenant, person.id, now_ms, &mut rng)?;
            Ok::<_, OrganisationError>((person, code))
        })?;
        Ok(format!(
            "code for {}: {code}\nlink: {}\nworks once, for 7 days",
            person.name,
            enrolment_link(&self.server, &code)
        ))
    }
}
