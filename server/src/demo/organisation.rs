use std::path::Path;

use fieldbook_core::model::{PersonId, TenantId};
use fieldbook_core::wire::Policy;
use rand_chacha::ChaCha20Rng;

use super::cast::{self, Member};
use super::error::DemoError;
use super::moment::Moment;
use super::stores::Store as Shop;
use crate::identity::{Code, issue_code};
use crate::organisation::{
    Assign, CustomerFile, ImportOptions, OrganisationError, add_person, add_unit, find_person, found,
    import_customers,
};
use crate::random;
use crate::store::sqlite::Options;
use crate::store::{SqliteStore, Store};

/// Real stores, kept with the source.
const STORES: &str = include_str!("../../data/stores.csv");
/// The largest expense that raises no question.
pub(super) const EXPENSE_LIMIT: &str = "250";
/// The money of the house.
pub(super) const CURRENCY: &str = "USD";

/// An organisation on a server's store, before anybody has signed in.
#[derive(Debug)]
pub(super) struct Organisation {
    pub(super) store: SqliteStore,
    pub(super) tenant: TenantId,
    pub(super) stores: Vec<Shop>,
}

impl Organisation {
    /// Makes the server's store in `folder` with the region, its two teams and their people, and spreads the
    /// stores of the file over the reps.
    pub(super) fn make(folder: &Path, moment: Moment, rng: &mut ChaCha20Rng) -> Result<Self, DemoError> {
        let store = SqliteStore::create(folder, Options::default())?;
        let (now_ms, mut of_people) = (moment.unix_ms(), random::branch(rng));
        let tenant = store.transact(move |writer| {
            let tenant = found(writer, cast::COMPANY, now_ms, &mut of_people)?.tenant.id;
            let policy = Policy {
                expense_limit: EXPENSE_LIMIT.to_owned(),
                currency: CURRENCY.to_owned(),
                ..Policy::default()
            };
            writer.set_policy(tenant, &policy)?;
            add_unit(writer, tenant, cast::REGION, None, now_ms, &mut of_people)?;
            for team in [cast::NORTH, cast::SOUTH] {
                add_unit(writer, tenant, team, Some(cast::REGION), now_ms, &mut of_people)?;
            }
            for member in cast::ALL {
                add_person(
                    writer,
                    tenant,
                    member.name,
                    member.role,
                    member.team,
                    now_ms,
                    &mut of_people,
                )?;
            }
            Ok::<_, OrganisationError>(tenant)
        })?;
        let mut organisation = Self {
            store,
            tenant,
            stores: Vec::new(),
        };
        organisation.import(now_ms, &mut random::branch(rng))?;
        Ok(organisation)
    }

    fn import(&mut self, now_ms: u64, rng: &mut ChaCha20Rng) -> Result<(), DemoError> {
        let mut file = CustomerFile::read(STORES.as_bytes())?;
        for line in &mut file.lines {
            // Larger shops are visited more often.
            let is_large = line.store_type.as_deref() == Some("Supercenter");
            line.grade = Some(if is_large { "A" } else { "B" }.to_owned());
        }
        let all = file.lines.clone();
        let (south, north) = file
            .lines
            .into_iter()
            .partition(|line| line.address.contains(", FL,"));
        for (team, lines) in [(cast::NORTH, north), (cast::SOUTH, south)] {
            let options = ImportOptions {
                assign: Assign::Spread(team.to_owned()),
                grade: None,
            };
            let part = CustomerFile {
                lines,
                unused: Vec::new(),
            };
            import_customers(&self.store, self.tenant, part, &options, now_ms, rng)?;
        }
        for line in all {
            let Some(position) = line.position else { continue };
            let (tenant, number) = (self.tenant, line.external_id.as_str());
            let found = self.store.read(|reader| {
                let document = reader.external_customer(tenant, number)?;
                let row = document
                    .map(|document| reader.document(tenant, document))
                    .transpose()?
                    .flatten();
                Ok(document.zip(row))
            })?;
            let Some((document, row)) = found else { continue };
            let offset_min = Shop::offset_of(&line.address, position);
            self.stores.push(Shop {
                document,
                name: line.name,
                position,
                rep: row.owner,
                offset_min,
            });
        }
        Ok(())
    }

    /// How far the server's log goes: it grows with everything the server keeps.
    pub(super) fn log_length(&self) -> Result<u64, DemoError> {
        Ok(self.store.read(|reader| reader.head(self.tenant))?.sequence)
    }

    /// The person that plays this member.
    pub(super) fn person(&self, member: &Member) -> Result<PersonId, DemoError> {
        let found = self
            .store
            .read(|reader| Ok(find_person(reader, self.tenant, member.name)))?;
        Ok(found?.id)
    }

    /// A one-time code for a phone of this person.
    pub(super) fn code(
        &self,
        person: PersonId,
        now_ms: u64,
        rng: &mut ChaCha20Rng,
    ) -> Result<Code, DemoError> {
        let (tenant, mut rng) = (self.tenant, random::branch(rng));
        Ok(self
            .store
            .write(move |writer| issue_code(writer, tenant, person, now_ms, &mut rng))?)
    }
}
