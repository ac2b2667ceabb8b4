use ed25519_dalek::SigningKey;
use fieldbook_core::model::form::built_in;
use fieldbook_core::model::{ServerId, TenantId};

use super::OrganisationError;
use super::members::checked_name;
use crate::store::{Reader, ServerRow, TenantRow, Writer};

/// A new server with its first organisation.
#[derive(Clone, Debug)]
pub struct Founded {
    /// The server; its secret stays in the store.
    pub server: ServerRow,
    /// The organisation.
    pub tenant: TenantRow,
}

/// Gives an empty store its server key and an organisation called `name`.
///
/// # Errors
/// A name that cannot be used, or a store that is a server already.
pub fn found(
    writer: &mut dyn Writer,
    name: &str,
    now_ms: u64,
    rng: &mut impl rand::Rng,
) -> Result<Founded, OrganisationError> {
    let name = checked_name("organisation", name)?;
    let mut secret = [0u8; 32];
    rng.fill_bytes(&mut secret);
    let public_key = SigningKey::from_bytes(&secret).verifying_key().to_bytes();
    let server = ServerRow {
        id: ServerId::generate(now_ms, rng),
        epoch: 0,
        secret,
        public_key,
    };
    writer.put_server(&server)?;
    let tenant = TenantRow {
        id: TenantId::generate(now_ms, rng),
        name,
    };
    writer.add_tenant(&tenant)?;
    let (forms, chains) = built_in();
    for chain in &chains {
        writer.put_chain(tenant.id, chain)?;
    }
    for form in &forms {
        writer.put_form(tenant.id, form)?;
    }
    Ok(Founded { server, tenant })
}

/// The organisation of this server.
///
/// # Errors
/// [`OrganisationError::NoOrganisation`] when it has none.
pub fn the_tenant(reader: &dyn Reader) -> Result<TenantRow, OrganisationError> {
    reader
        .tenants()?
        .into_iter()
        .next()
        .ok_or(OrganisationError::NoOrganisation)
}
