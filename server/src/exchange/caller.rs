use fieldbook_core::model::{DeviceId, InstallationKey, Principal};

/// Who is calling: the person, as the rules see them, and the installation that signs the actors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The person.
    pub principal: Principal,
    /// The device.
    pub device: DeviceId,
    /// What the device's actors derive from.
    pub installation: InstallationKey,
}
