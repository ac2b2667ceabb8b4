use std::collections::BTreeSet;

use fieldbook_core::model::{PersonId, Role, TenantId};

use super::members::checked_name;
use super::{OrganisationError, find_person, find_unit};
use crate::store::{PersonRow, Reader, UnitRow, Writer};

/// A person (by name or id) goes to another unit (by name or id). What they wrote before counts by where they were then.
///
/// # Errors
/// Nobody of that name, or somebody who left; a unit that is not there, or that the person is in already.
pub fn move_person(
    writer: &mut dyn Writer,
    tenant: TenantId,
    name: &str,
    unit: &str,
    now_ms: u64,
) -> Result<(PersonRow, UnitRow), OrganisationError> {
    let person = present(writer, tenant, name)?;
    let unit = find_unit(writer, tenant, unit)?;
    if person.unit == unit.id {
        return Err(OrganisationError::Unchanged(format!(
            "{} is in {:?} already; --unit names where they go",
            person.name, unit.name
        )));
    }
    writer.move_person(tenant, person.id, unit.id, now_ms)?;
    Ok((person, unit))
}

/// A person becomes a rep or a supervisor. What they wrote before counts by what they were then.
///
/// # Errors
/// Nobody of that name, or somebody who left, or who is that already.
pub fn set_role(
    writer: &mut dyn Writer,
    tenant: TenantId,
    name: &str,
    role: Role,
    now_ms: u64,
) -> Result<PersonRow, OrganisationError> {
    let person = present(writer, tenant, name)?;
    if person.role == role {
        return Err(OrganisationError::Unchanged(format!(
            "{} is a {role} already",
            person.name
        )));
    }
    writer.set_role(tenant, person.id, role, now_ms)?;
    Ok(person)
}

/// Gives a person duties and takes others from them; answers all that they have then.
///
/// # Errors
/// Nobody of that name, or somebody who left; a duty that cannot be a name, or that is to be taken and is not there.
pub fn change_duties(
    writer: &mut dyn Writer,
    tenant: TenantId,
    name: &str,
    (add, remove): (&[String], &[String]),
) -> Result<(PersonRow, BTreeSet<String>), OrganisationError> {
    let person = present(writer, tenant, name)?;
    let held = duties(writer, tenant, person.id)?;
    for duty in remove {
        let duty = duty.trim();
        if !held.contains(duty) {
            let known = held.iter().cloned().collect();
            return Err(OrganisationError::NotFound {
                what: "duty of that person",
                name: duty.to_owned(),
                known,
            });
        }
        writer.remove_duty(tenant, person.id, duty)?;
    }
    for duty in add {
        writer.add_duty(tenant, person.id, &checked_name("duty", duty)?)?;
    }
    let duties = duties(writer, tenant, person.id)?;
    Ok((person, duties))
}

/// Two accounts are of the same human: none of them decides on the other's requests.
///
/// # Errors
/// Nobody of one of the names, or the same account twice.
pub fn set_same(
    writer: &mut dyn Writer,
    tenant: TenantId,
    name: &str,
    other: &str,
) -> Result<(PersonRow, PersonRow), OrganisationError> {
    let (person, other) = (
        find_person(writer, tenant, name)?,
        find_person(writer, tenant, other)?,
    );
    if person.id == other.id {
        return Err(OrganisationError::Unchanged(format!(
            "{} is one account; name the other account of the same human",
            person.name
        )));
    }
    writer.set_same(tenant, person.id, other.id)?;
    Ok((person, other))
}

/// A person by name or id who has not left.
pub(super) fn present(
    reader: &dyn Reader,
    tenant: TenantId,
    name: &str,
) -> Result<PersonRow, OrganisationError> {
    let person = find_person(reader, tenant, name)?;
    match reader.left_ms(tenant, person.id)? {
        Some(since_ms) => Err(OrganisationError::Left {
            name: person.name,
            since_ms,
        }),
        None => Ok(person),
    }
}

fn duties(
    reader: &dyn Reader,
    tenant: TenantId,
    person: PersonId,
) -> Result<BTreeSet<String>, OrganisationError> {
    let roster = reader.roster(tenant)?;
    Ok(roster
        .member(person)
        .map(|member| member.duties.clone())
        .unwrap_or_default())
}
