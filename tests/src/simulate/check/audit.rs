use fieldbook_server::audit::{Log, verify};

use super::{Failure, Property, World};

/// The ruling log and the documents say the same of every ruling, through restores and what was handed back.
pub(super) fn rulings_agree(world: &World) -> Result<(), Failure> {
    let audit = world.server.read(|reader| verify(reader, &[]))?;
    let finding = audit.findings.iter().find(|it| it.log == Log::Rulings);
    match finding {
        Some(finding) => Err(Failure::new(Property::AuditClean, finding.to_string())),
        None => Ok(()),
    }
}
