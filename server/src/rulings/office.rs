use fieldbook_core::model::{PersonId, Principal, TenantId};
use fieldbook_core::rulings::{Office, Unruled};

use crate::store::{Reader, Result, StoreError};

/// The store, as far as rulings may look into it.
pub(super) struct StoreOffice<'a> {
    pub(super) reader: &'a dyn Reader,
    pub(super) tenant: TenantId,
}

impl Office for StoreOffice<'_> {
    fn principal(&self, person: PersonId) -> std::result::Result<Option<Principal>, Unruled> {
        read(self.reader.principal(self.tenant, person))
    }
}

fn read<T>(read: Result<T>) -> std::result::Result<T, Unruled> {
    read.map_err(|error: StoreError| Unruled::Office(Box::new(error)))
}
