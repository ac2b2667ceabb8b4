use fieldbook_core::model::TenantId;

use super::OrganisationError;
use crate::store::{DeviceRow, Reader};

/// All devices with the name of their person and when that person left, if they did; in the order they were registered.
///
/// # Errors
/// When the store fails.
pub fn devices(
    reader: &dyn Reader,
    tenant: TenantId,
) -> Result<Vec<(String, DeviceRow, Option<u64>)>, OrganisationError> {
    let mut found = Vec::new();
    for device in reader.devices(tenant)? {
        let person = reader.person(tenant, device.person)?;
        let name = person.map_or_else(|| device.person.to_string(), |person| person.name);
        let left_ms = reader.left_ms(tenant, device.person)?;
        found.push((name, device, left_ms));
    }
    Ok(found)
}

/// A device by its id, or by the first digits of it when only one has them.
///
/// # Errors
/// [`OrganisationError::NotFound`] with the devices there are.
pub fn find_device(
    reader: &dyn Reader,
    tenant: TenantId,
    name: &str,
) -> Result<DeviceRow, OrganisationError> {
    let all = reader.devices(tenant)?;
    let wanted = name.trim().to_lowercase();
    let mut matching = all
        .iter()
        .filter(|device| device.id.to_string().starts_with(&wanted));
    match (matching.next(), matching.next()) {
        (Some(device), None) if !wanted.is_empty() => Ok(device.clone()),
        _ => Err(OrganisationError::NotFound {
            what: "device",
            name: name.to_owned(),
            known: all
                .iter()
                .map(|device| format!("{} ({})", device.id, device.name))
                .collect(),
        }),
    }
}
