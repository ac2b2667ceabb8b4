use fieldbook_core::model::{PersonId, Role};
use fieldbook_core::replica::{Identity, Replica};
use fieldbook_server::identity::{Enrolment, enrol, issue_code};
use fieldbook_server::organisation::add_person;
use fieldbook_server::store::{Store, Writer};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::{Phone, Team, minute};
use crate::process::Outcome;

impl Team {
    /// Somebody joins a unit, North or South, with a phone that has synced once.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn hire(&mut self, name: &'static str, role: Role, unit: &'static str) -> Outcome<PersonId> {
        self.hire_with(Replica::in_memory()?, name, role, unit)
    }

    /// The same with this empty replica on the phone.
    ///
    /// # Errors
    /// As [`Team::hire`].
    pub fn hire_with(
        &mut self,
        replica: Replica,
        name: &'static str,
        role: Role,
        unit: &'static str,
    ) -> Outcome<PersonId> {
        let (tenant, at_ms) = (self.tenant, minute(0).unix_ms());
        let mut ids = ChaCha20Rng::seed_from_u64(self.rng.next_u64());
        let identity = self.store.transact(move |writer| -> Outcome<Identity> {
            let person = add_person(writer, tenant, name, role, unit, 1, &mut ids)?.id;
            let code = issue_code(writer, tenant, person, at_ms, &mut ids)?.to_string();
            let mut secret = [0; 32];
            ids.fill_bytes(&mut secret);
            let request = Enrolment::signed(&code, &secret, 0, name);
            let enrolled = enrol(writer, &request, at_ms, &mut ids)?;
            Ok(Identity {
                server: enrolled.server,
                tenant,
                person,
                device: enrolled.device,
                secret,
                epoch: 0,
                server_key: enrolled.server_key,
            })
        })?;
        replica.enrol(&identity)?;
        let person = identity.person;
        self.phones.insert(name, Phone { replica, identity });
        self.sync(name, &minute(0))?;
        Ok(person)
    }

    /// The office changes something: a duty, a delegation, a chain.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn office(
        &self,
        change: impl FnOnce(&mut dyn Writer) -> fieldbook_server::store::Result<()> + Send + 'static,
    ) -> Outcome<()> {
        Ok(self.store.write(change)?)
    }
}
