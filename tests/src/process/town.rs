use std::path::{Path, PathBuf};

use fieldbook_core::model::{PersonId, Role, TenantId};
use fieldbook_core::replica::{Identity, Replica};
use fieldbook_server::clock::{Clock, SystemClock, unix_ms};
use fieldbook_server::identity::{Enrolment, enrol, issue_code};
use fieldbook_server::organisation::{add_person, add_unit, found};
use fieldbook_server::random;
use fieldbook_server::store::sqlite::Options;
use fieldbook_server::store::{SqliteStore, Store};
use rand::Rng;

use super::{Failure, Outcome};

/// A server's data folder with an organisation: a supervisor and reps below, each with a code for one phone.
#[derive(Clone, Debug)]
pub struct Town {
    /// The data folder.
    pub folder: PathBuf,
    /// The organisation.
    pub tenant: TenantId,
    /// Who sees everything.
    pub supervisor: Member,
    /// Who goes out.
    pub reps: Vec<Member>,
    /// Who looks after the customers, outside of the supervisor's sight.
    pub keeper: Member,
}

/// A person who has not signed in yet.
#[derive(Clone, Debug)]
pub struct Member {
    /// The person.
    pub person: PersonId,
    /// A one-time code for their phone.
    pub code: String,
}

/// A phone that was signed in without HTTP, before the server runs.
#[derive(Debug)]
pub struct Phone {
    /// Its replica, in memory.
    pub replica: Replica,
    /// What it presents to the server.
    pub access_token: String,
}

impl Town {
    /// Makes the folder, the server and its people.
    ///
    /// # Errors
    /// When a server is there already or the disk refuses.
    pub fn found(folder: &Path, reps: usize) -> Outcome<Self> {
        let store = SqliteStore::create(folder, Options::default())?;
        let (now_ms, mut rng) = (unix_ms(SystemClock.now()), random::from_machine()?);
        let folder = folder.to_owned();
        store.transact(move |writer| -> Outcome<Self> {
            let tenant = found(writer, "测试 Field Team", now_ms, &mut rng)?.tenant.id;
            add_unit(writer, tenant, "Region", None, now_ms, &mut rng)?;
            add_unit(writer, tenant, "Team", Some("Region"), now_ms, &mut rng)?;
            add_unit(writer, tenant, "Depot", None, now_ms, &mut rng)?;
            let mut member = |name: &str, role, unit: &str| -> Outcome<Member> {
                let person = add_person(writer, tenant, name, role, unit, now_ms, &mut rng)?.id;
                let code = issue_code(writer, tenant, person, now_ms, &mut rng)?.to_string();
                Ok(Member { person, code })
            };
            let supervisor = member("Lin Yue", Role::Supervisor, "Region")?;
            let reps = (1..=reps).map(|number| member(&format!("Rep {number}"), Role::Rep, "Team"));
            let reps = reps.collect::<Outcome<Vec<Member>>>()?;
            let keeper = member("Keeper", Role::Rep, "Depot")?;
            Ok(Self {
                folder,
                tenant,
                supervisor,
                reps,
                keeper,
            })
        })
    }

    /// Opens the store.
    ///
    /// # Errors
    /// When the folder does not hold the server any more, or it is damaged.
    pub fn open(&self) -> Outcome<SqliteStore> {
        Ok(SqliteStore::open(&self.folder, Options::default())?)
    }

    /// Another one-time code for a person's phone.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn code_for(&self, store: &SqliteStore, person: PersonId) -> Outcome<String> {
        let (tenant, now_ms, mut rng) = (self.tenant, unix_ms(SystemClock.now()), random::from_machine()?);
        Ok(store
            .write(move |writer| issue_code(writer, tenant, person, now_ms, &mut rng))?
            .to_string())
    }

    /// Signs the first `count` reps in and gives each a phone in memory.
    ///
    /// # Errors
    /// A code that was used already.
    pub fn phones(&self, store: &SqliteStore, count: usize) -> Outcome<Vec<Phone>> {
        let codes = self.reps.iter().take(count).map(|rep| rep.code.clone());
        sign_in(store, codes.collect())
    }

    /// Signs the keeper of the customers in.
    ///
    /// # Errors
    /// A code that was used already.
    pub fn keeper_phone(&self, store: &SqliteStore) -> Outcome<Phone> {
        let mut phones = sign_in(store, vec![self.keeper.code.clone()])?;
        phones.pop().ok_or_else(|| "the keeper has no phone".into())
    }
}

fn sign_in(store: &SqliteStore, codes: Vec<String>) -> Outcome<Vec<Phone>> {
    let (now_ms, mut rng) = (unix_ms(SystemClock.now()), random::from_machine()?);
    let signed_in = store.transact(move |writer| -> Outcome<Vec<(Identity, String)>> {
        let mut signed_in = Vec::with_capacity(codes.len());
        for code in codes {
            let mut secret = [0; 32];
            rng.fill_bytes(&mut secret);
            let request = Enrolment::signed(&code, &secret, 0, "phone");
            let enrolled = enrol(writer, &request, now_ms, &mut rng)?;
            let identity = Identity {
                server: enrolled.server,
                tenant: enrolled.tenant.id,
                person: enrolled.person.id,
                device: enrolled.device,
                secret,
                epoch: enrolled.epoch,
                server_key: enrolled.server_key,
            };
            signed_in.push((identity, enrolled.tokens.access));
        }
        Ok(signed_in)
    })?;
    signed_in
        .into_iter()
        .map(|(identity, access_token)| {
            let replica = Replica::in_memory()?;
            replica.enrol(&identity)?;
            Ok::<_, Failure>(Phone {
                replica,
                access_token,
            })
        })
        .collect()
}
