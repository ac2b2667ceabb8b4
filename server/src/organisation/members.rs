use fieldbook_core::model::{PersonId, Role, TenantId, UnitId};

use super::OrganisationError;
use crate::store::{PersonRow, Reader, UnitRow, Writer};

/// The longest name of a unit or person, in characters.
const LONGEST_NAME: usize = 100;

/// Adds a unit below `parent` (a name or an id), or at the top.
///
/// # Errors
/// A name that cannot be used or exists, an unknown parent.
pub fn add_unit(
    writer: &mut dyn Writer,
    tenant: TenantId,
    name: &str,
    parent: Option<&str>,
    now_ms: u64,
    rng: &mut impl rand::Rng,
) -> Result<UnitRow, OrganisationError> {
    let name = checked_name("unit", name)?;
    let parent = match parent {
        Some(parent) => Some(find_unit(writer, tenant, parent)?.id),
        None => None,
    };
    let unit = UnitRow {
        id: UnitId::generate(now_ms, rng),
        parent,
        name,
    };
    writer.add_unit(tenant, &unit)?;
    Ok(unit)
}

/// Adds a person to `unit` (a name or an id).
///
/// # Errors
/// A name that cannot be used or exists, an unknown unit.
pub fn add_person(
    writer: &mut dyn Writer,
    tenant: TenantId,
    name: &str,
    role: Role,
    unit: &str,
    now_ms: u64,
    rng: &mut impl rand::Rng,
) -> Result<PersonRow, OrganisationError> {
    let name = checked_name("person", name)?;
    let unit = find_unit(writer, tenant, unit)?.id;
    let person = PersonRow {
        id: PersonId::generate(now_ms, rng),
        unit,
        name,
        role,
    };
    writer.add_person(tenant, &person)?;
    Ok(person)
}

/// A unit by name or id.
///
/// # Errors
/// [`OrganisationError::NotFound`] with the names there are.
pub fn find_unit(reader: &dyn Reader, tenant: TenantId, name: &str) -> Result<UnitRow, OrganisationError> {
    if let Some(unit) = reader.unit_named(tenant, name.trim())? {
        return Ok(unit);
    }
    let units = reader.units(tenant)?;
    let by_id = name
        .parse::<UnitId>()
        .ok()
        .and_then(|id| units.iter().find(|unit| unit.id == id));
    match by_id {
        Some(unit) => Ok(unit.clone()),
        None => {
            let known = units.into_iter().map(|unit| unit.name).collect();
            Err(OrganisationError::NotFound {
                what: "unit",
                name: name.to_owned(),
                known,
            })
        }
    }
}

/// A person by name or id.
///
/// # Errors
/// [`OrganisationError::NotFound`] with the names there are.
pub fn find_person(
    reader: &dyn Reader,
    tenant: TenantId,
    name: &str,
) -> Result<PersonRow, OrganisationError> {
    if let Some(person) = reader.person_named(tenant, name.trim())? {
        return Ok(person);
    }
    if let Ok(id) = name.parse::<PersonId>()
        && let Some(person) = reader.person(tenant, id)?
    {
        return Ok(person);
    }
    let known = reader
        .people(tenant)?
        .into_iter()
        .map(|person| person.name)
        .collect();
    Err(OrganisationError::NotFound {
        what: "person",
        name: name.to_owned(),
        known,
    })
}

/// A name without blanks around it, if it can be one.
pub(super) fn checked_name(what: &'static str, name: &str) -> Result<String, OrganisationError> {
    let refuse = |problem| OrganisationError::Name {
        what,
        name: name.to_owned(),
        problem,
    };
    let trimmed = name.trim();
    if trimmed.is_empty() {
        return Err(refuse("it is empty"));
    }
    if trimmed.chars().count() > LONGEST_NAME {
        return Err(refuse("it is longer than 100 characters"));
    }
    if trimmed.chars().any(char::is_control) {
        return Err(refuse("it has a control character such as a line break"));
    }
    Ok(trimmed.to_owned())
}
