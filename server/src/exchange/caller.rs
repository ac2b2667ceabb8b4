use fieldbook_core::model::{DeviceId, InstallationKey, Principal};
use fieldbook_core::wire::{Ended, Ending};

use crate::store::{DeviceRow, Reader, StoreError};

/// Who is calling: the person, as the rules see them, and the installation that signs the actors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The person.
    pub principal: Principal,
    /// The device.
    pub device: DeviceId,
    /// What the device's actors derive from.
    pub installation: InstallationKey,
    /// The last contact at which nothing waited on the device, in milliseconds since 1970; 0 when there was none.
    /// What it sends now was written after that.
    pub drained_ms: u64,
    /// The installation that this one was copied from; it may deliver what that one had written.
    pub former: Option<InstallationKey>,
    /// The phone no longer works for the organisation.
    pub ended: Option<Ended>,
}

impl Caller {
    /// Whoever signed in on this device, with the rights they have now.
    ///
    /// # Errors
    /// When the person is not there, or the store fails.
    pub fn on(reader: &dyn Reader, device: &DeviceRow) -> Result<Self, StoreError> {
        let principal = reader.principal(device.tenant, device.person)?;
        let revoked = device.revoked_ms.map(|at_ms| Ended {
            how: Ending::Revoked,
            at_ms,
        });
        let left = reader.left_ms(device.tenant, device.person)?.map(|at_ms| Ended {
            how: Ending::Left,
            at_ms,
        });
        Ok(Self {
            principal: principal.ok_or_else(|| StoreError::Unknown {
                what: "person",
                id: device.person.to_string(),
            })?,
            device: device.id,
            installation: InstallationKey {
                public_key: device.public_key,
                epoch: device.epoch,
            },
            drained_ms: device.drained_ms,
            former: former(reader, device)?,
            ended: revoked.or(left),
        })
    }

    /// The same caller as the store knows them now: rights end while a request waits for its turn. The installation stays the one
    /// whose signature was checked.
    pub(super) fn again(&self, reader: &dyn Reader) -> Result<Self, StoreError> {
        let device = reader.device(self.principal.tenant, self.device)?;
        let device = device.ok_or_else(|| StoreError::Unknown {
            what: "device",
            id: self.device.to_string(),
        })?;
        Ok(Self {
            installation: self.installation,
            ..Self::on(reader, &device)?
        })
    }
}

/// The installation that a device was copied from.
fn former(reader: &dyn Reader, device: &DeviceRow) -> Result<Option<InstallationKey>, StoreError> {
    let Some(former) = device.copied_from else {
        return Ok(None);
    };
    let former = reader.device(device.tenant, former)?;
    Ok(former.map(|former| InstallationKey {
        public_key: former.public_key,
        epoch: former.epoch,
    }))
}
