use fieldbook_core::model::TenantId;

use super::{OrganisationError, find_person};
use crate::store::{PersonRow, Writer};

/// A person (by name or id) leaves the organisation at a moment: from then on nothing they write is accepted, and their
/// phones hand in what they have and are locked.
///
/// # Errors
/// Nobody of that name, or somebody who has left already.
pub fn leave(
    writer: &mut dyn Writer,
    tenant: TenantId,
    name: &str,
    at_ms: u64,
) -> Result<PersonRow, OrganisationError> {
    let person = find_person(writer, tenant, name)?;
    if let Some(since_ms) = writer.left_ms(tenant, person.id)? {
        return Err(OrganisationError::Left {
            name: person.name,
            since_ms,
        });
    }
    writer.set_left(tenant, person.id, at_ms)?;
    Ok(person)
}
