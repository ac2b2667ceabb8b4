use fieldbook_core::model::TenantId;

use super::error::moment;
use super::{OrganisationError, find_person};
use crate::store::{PersonRow, Writer};

/// A person (by name or id) leaves the organisation at a moment: from then on nothing they write is accepted, and their
/// phones hand in what they have and are locked. The moment may have passed, but not be still to come: phones are locked at once.
///
/// # Errors
/// Nobody of that name, somebody who has left already, or a moment after `now_ms`.
pub fn leave(
    writer: &mut dyn Writer,
    tenant: TenantId,
    name: &str,
    at_ms: u64,
    now_ms: u64,
) -> Result<PersonRow, OrganisationError> {
    let person = find_person(writer, tenant, name)?;
    if let Some(since_ms) = writer.left_ms(tenant, person.id)? {
        return Err(OrganisationError::Left {
            name: person.name,
            since_ms,
        });
    }
    if at_ms > now_ms {
        return Err(OrganisationError::Argument {
            argument: "--at",
            problem: format!(
                "{} is still to come, and the phones of {} would be locked and emptied at once; run this again at that time",
                moment(at_ms),
                person.name
            ),
        });
    }
    writer.set_left(tenant, person.id, at_ms)?;
    Ok(person)
}
