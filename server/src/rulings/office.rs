use std::cell::OnceCell;
use std::collections::BTreeMap;

use fieldbook_core::model::form::{Chain, Form};
use fieldbook_core::model::{DocumentId, Kind, PersonId, Principal, Roster, TenantId};
use fieldbook_core::rulings::{Office, Unruled};
use fieldbook_core::wire::Policy;

use crate::store::{Reader, Result, StoreError};

/// What rulings asked before in the same write: nothing else changes it meanwhile.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    roster: OnceCell<Roster>,
}

/// The store, as far as rulings may look into it.
pub(super) struct StoreOffice<'a> {
    pub(super) memory: &'a Memory,
    pub(super) reader: &'a dyn Reader,
    pub(super) tenant: TenantId,
}

impl Office for StoreOffice<'_> {
    fn principal(&self, person: PersonId) -> std::result::Result<Option<Principal>, Unruled> {
        read(self.reader.principal(self.tenant, person))
    }

    fn held(&self, person: PersonId) -> std::result::Result<u64, Unruled> {
        read(self.reader.count_owned(self.tenant, Kind::Customer, person))
    }

    fn claimed(&self, person: PersonId, since_ms: u64) -> std::result::Result<u64, Unruled> {
        read(self.reader.claims_since(self.tenant, person, since_ms))
    }

    fn roster(&self) -> std::result::Result<Roster, Unruled> {
        if let Some(roster) = self.memory.roster.get() {
            return Ok(roster.clone());
        }
        let roster = read(self.reader.roster(self.tenant))?;
        Ok(self.memory.roster.get_or_init(|| roster).clone())
    }

    fn policy(&self) -> std::result::Result<Policy, Unruled> {
        read(self.reader.policy(self.tenant))
    }

    fn form(&self, name: &str) -> std::result::Result<Option<Form>, Unruled> {
        read(self.reader.form(self.tenant, name, None))
    }

    fn chain(&self, name: &str, version: Option<u32>) -> std::result::Result<Option<Chain>, Unruled> {
        read(self.reader.chain(self.tenant, name, version))
    }

    fn receipts(
        &self,
        document: DocumentId,
        keys: &[String],
    ) -> std::result::Result<BTreeMap<String, DocumentId>, Unruled> {
        read(self.reader.receipts(self.tenant, document, keys))
    }
}

fn read<T>(read: Result<T>) -> std::result::Result<T, Unruled> {
    read.map_err(|error: StoreError| Unruled::Office(Box::new(error)))
}
