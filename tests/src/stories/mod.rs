//! A small team for acceptance stories: a supervisor and reps with a phone each, and a server in the same process.
//! Nothing is random, no clock runs: a story says what time it is.

mod craft;
mod hire;
mod office;

pub use craft::{craft, pack, pack_row, request};
pub use office::{meal, restored};

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, TimeDelta};
use fieldbook_core::model::{BootId, DocumentId, PersonId, Role, TenantId};
use fieldbook_core::replica::sync::{InFlight, Next, Ready, Report};
use fieldbook_core::replica::{Identity, NewCustomer, NewPlan, Now, Replica};
use fieldbook_core::trust::{copy_message, sign};
use fieldbook_core::wire::{ANSWER_LEVEL, Answer, MAX_INFLATED, Request, deflate, inflate};
use fieldbook_server::exchange::{Caller, IndexCache, exchange, read_quarantined};
use fieldbook_server::identity::{Copied, Enrolment, enrol, issue_code, register_copy};
use fieldbook_server::organisation::{add_person, add_unit, found, hand_over_customers, leave};
use fieldbook_server::store::{DeviceRow, Reader, SqliteStore, Store};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use uuid::Uuid;

use crate::process::Outcome;

/// A team and its server.
#[derive(Debug)]
pub struct Team {
    store: SqliteStore,
    cache: Arc<IndexCache>,
    tenant: TenantId,
    rng: ChaCha20Rng,
    phones: BTreeMap<&'static str, Phone>,
}

#[derive(Debug)]
struct Phone {
    replica: Replica,
    identity: Identity,
}

/// A moment of Tuesday, 24 November 2026, in Shanghai: minutes after 09:00.
pub fn minute(minutes: i64) -> Now {
    let nine = DateTime::<FixedOffset>::default() + TimeDelta::milliseconds(1_795_482_000_000);
    let shanghai = FixedOffset::east_opt(8 * 3600).unwrap_or_else(|| *nine.offset());
    Now {
        at: (nine + TimeDelta::minutes(minutes)).with_timezone(&shanghai),
        mono_ms: u64::try_from(minutes * 60_000).unwrap_or(0),
        boot: BootId(Uuid::nil()),
    }
}

impl Team {
    /// Grace leads Dana and Marcus; each has a phone that has synced once.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn new() -> Outcome<Self> {
        Self::on(SqliteStore::open_in_memory()?)
    }

    /// The same team on an empty store.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn on(store: SqliteStore) -> Outcome<Self> {
        let mut rng = ChaCha20Rng::seed_from_u64(24);
        let mut ids = ChaCha20Rng::seed_from_u64(rng.next_u64());
        let people = [
            ("Grace", Role::Supervisor),
            ("Dana", Role::Rep),
            ("Marcus", Role::Rep),
        ];
        let (tenant, members) = store.transact(move |writer| -> Outcome<_> {
            let tenant = found(writer, "Sunrise", 1, &mut ids)?.tenant.id;
            add_unit(writer, tenant, "North", None, 1, &mut ids)?;
            add_unit(writer, tenant, "South", None, 1, &mut ids)?;
            let mut members = Vec::new();
            for (name, role) in people {
                let person = add_person(writer, tenant, name, role, "North", 1, &mut ids)?.id;
                let code = issue_code(writer, tenant, person, 1, &mut ids)?.to_string();
                let mut secret = [0; 32];
                ids.fill_bytes(&mut secret);
                let request = Enrolment::signed(&code, &secret, 0, name);
                let enrolled = enrol(writer, &request, 1, &mut ids)?;
                let identity = Identity {
                    server: enrolled.server,
                    tenant,
                    person,
                    device: enrolled.device,
                    secret,
                    epoch: 0,
                    server_key: enrolled.server_key,
                };
                members.push((name, identity));
            }
            Ok((tenant, members))
        })?;
        let mut team = Self {
            store,
            cache: Arc::default(),
            tenant,
            rng,
            phones: BTreeMap::new(),
        };
        for (name, identity) in members {
            let replica = Replica::in_memory()?;
            replica.enrol(&identity)?;
            team.phones.insert(name, Phone { replica, identity });
            team.sync(name, &minute(0))?;
        }
        Ok(team)
    }

    fn caller(&self, identity: &Identity) -> Outcome<Caller> {
        let (tenant, device) = (self.tenant, identity.device);
        let caller = self.store.read(|reader| {
            let row = reader.device(tenant, device)?;
            let row = row.filter(|row| row.closed_ms.is_none());
            row.map(|row| Caller::on(reader, &row)).transpose()
        })?;
        caller.ok_or_else(|| "this device is locked".into())
    }

    /// Somebody's phone.
    ///
    /// # Panics
    /// When nobody of that name is in the team.
    #[expect(clippy::panic, reason = "a story that names nobody is wrong")]
    pub fn phone(&self, name: &str) -> &Replica {
        match self.phones.get(name) {
            Some(phone) => &phone.replica,
            None => panic!("{name} is not in the team"),
        }
    }

    /// Somebody's id.
    ///
    /// # Panics
    /// As [`Team::phone`].
    #[expect(clippy::panic, reason = "a story that names nobody is wrong")]
    pub fn person(&self, name: &str) -> PersonId {
        match self.phones.get(name) {
            Some(phone) => phone.identity.person,
            None => panic!("{name} is not in the team"),
        }
    }

    /// The server's store.
    pub fn store(&self) -> &SqliteStore {
        &self.store
    }

    /// The organisation.
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// Randomness of the story.
    pub fn rng(&mut self) -> &mut ChaCha20Rng {
        &mut self.rng
    }

    /// Somebody adds a customer.
    ///
    /// # Errors
    /// When a rule forbids it.
    pub fn customer(&mut self, name: &str, shop: &str) -> Outcome<DocumentId> {
        let mut rng = self.rng.clone();
        self.rng.next_u64();
        let customer = NewCustomer {
            name: shop.to_owned(),
            ..NewCustomer::default()
        };
        Ok(self.phone(name).add_customer(&minute(1), &mut rng, customer)?)
    }

    /// Somebody plans a visit of their own at a minute of the day.
    ///
    /// # Errors
    /// When a rule forbids it.
    pub fn plan(&mut self, name: &str, customer: DocumentId, at: i64) -> Outcome<DocumentId> {
        let mut rng = self.rng.clone();
        self.rng.next_u64();
        let plan = NewPlan {
            customer,
            rep: None,
            start: minute(at).at,
            purpose: "count the stock".to_owned(),
        };
        Ok(self.phone(name).plan_visit(&minute(2), &mut rng, plan)?)
    }

    /// Somebody goes to another unit, North or South.
    ///
    /// # Errors
    /// When there is no such unit.
    pub fn move_to(&mut self, name: &str, unit: &'static str, now: &Now) -> Outcome<()> {
        let now_ms = now.unix_ms();
        let (tenant, person) = (self.tenant, self.person(name));
        self.store.transact(move |writer| -> Outcome<()> {
            let unit = writer.unit_named(tenant, unit)?.ok_or("no unit of that name")?;
            Ok(writer.move_person(tenant, person, unit.id, now_ms)?)
        })
    }

    /// The operator gives all customers of one person to another.
    ///
    /// # Errors
    /// Nobody of one of the names.
    pub fn hand_over(&mut self, from: &'static str, to: &'static str, now: &Now) -> Outcome<usize> {
        let (tenant, now) = (self.tenant, now.at.to_utc());
        let done = self
            .store
            .transact(move |writer| hand_over_customers(writer, tenant, from, to, now))?;
        Ok(done.customers)
    }

    /// Somebody leaves the organisation.
    ///
    /// # Errors
    /// When they left already.
    pub fn leave(&mut self, name: &'static str, now: &Now) -> Outcome<()> {
        let (tenant, at_ms) = (self.tenant, now.unix_ms());
        self.store
            .transact(move |writer| leave(writer, tenant, name, at_ms, at_ms))?;
        Ok(())
    }

    /// The operator revokes somebody's phone.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn revoke(&mut self, name: &str, now: &Now) -> Outcome<()> {
        let (tenant, device, now_ms) = (self.tenant, self.device(name)?.id, now.unix_ms());
        Ok(self
            .store
            .write(move |writer| writer.revoke_device(tenant, device, now_ms))?)
    }

    /// What the operator sees of somebody's phone.
    ///
    /// # Errors
    /// Nobody of that name.
    pub fn device(&self, name: &str) -> Outcome<DeviceRow> {
        let device = self
            .phones
            .get(name)
            .ok_or("nobody of that name")?
            .identity
            .device;
        let row = self.store.read(|reader| reader.device(self.tenant, device))?;
        Ok(row.ok_or("no such device")?)
    }

    /// What came in too late, as the operator reads it, oldest first.
    ///
    /// # Errors
    /// When something of it does not read.
    pub fn quarantined(&self) -> Outcome<Vec<serde_json::Value>> {
        let read = |reader: &dyn Reader| {
            let rows = reader.quarantined(self.tenant)?;
            rows.iter()
                .map(|row| read_quarantined(reader, self.tenant, row))
                .collect()
        };
        Ok(self.store.read(read)?)
    }

    /// The body of somebody's next request, as it goes out.
    ///
    /// # Errors
    /// When the replica does not read.
    pub fn request(&self, name: &str) -> Outcome<(InFlight, Vec<u8>)> {
        let (in_flight, outgoing) = Ready::default().begin(self.phone(name))?;
        Ok((in_flight, outgoing.body))
    }

    /// What the server answers to a request in somebody's name, whatever it is; their phone's key signs what nobody
    /// signed.
    ///
    /// # Errors
    /// When the server refuses the request as a whole.
    pub fn ask(&self, name: &str, mut request: Request, now: &Now) -> Outcome<Answer> {
        let phone = self.phones.get(name).ok_or("nobody of that name")?;
        if request.signature.is_none() {
            request.sign(&phone.identity.signed_by(), &phone.identity.secret)?;
        }
        let caller = self.caller(&phone.identity)?;
        let (tenant, device, waiting) = (self.tenant, caller.device, request.waiting);
        let answer = exchange(&self.store, &self.cache, &caller, request, now.at.to_utc())?;
        let (now_ms, waiting) = (now.unix_ms(), waiting.saturating_add(answer.not_stored()));
        self.store
            .write(move |writer| writer.touch_device(tenant, device, now_ms, waiting, 0))?;
        Ok(answer)
    }

    /// The server goes on from another store, as after a restore.
    pub fn go_on_from(&mut self, store: SqliteStore) {
        self.store = store;
        self.cache = Arc::default();
    }

    /// This team with the other's server: one from before a backup was restored, say. Both must be made alike.
    pub fn swap_servers(&mut self, other: &mut Team) {
        std::mem::swap(&mut self.store, &mut other.store);
        std::mem::swap(&mut self.cache, &mut other.cache);
    }

    /// What the server answers to a body of somebody's, whenever it arrives.
    ///
    /// # Errors
    /// When the server refuses the request as a whole.
    pub fn deliver(&self, name: &str, body: &[u8], now: &Now) -> Outcome<Vec<u8>> {
        let request: Request = minicbor::decode(&inflate(body, MAX_INFLATED)?)?;
        let answer = self.ask(name, request, now)?;
        Ok(deflate(&minicbor::to_vec(&answer)?, ANSWER_LEVEL))
    }

    /// Somebody's phone found out that it is one of two copies: it signs in under the key of its own that it took, as its
    /// next contact would.
    ///
    /// # Errors
    /// A phone that is no copy, or a server that does not know the former key.
    pub fn register_copy(&mut self, name: &str, now: &Now) -> Outcome<()> {
        let replica = self.phone(name);
        let former = replica.former()?.ok_or("not a copy")?.identity;
        let own = replica.identity()?;
        let message = copy_message(own.server, &former.public_key(), &own.public_key());
        let copied = Copied {
            former: former.public_key(),
            public_key: own.public_key(),
            former_signature: sign(&former.secret, &message),
            signature: sign(&own.secret, &message),
        };
        let (now_ms, mut rng) = (now.unix_ms(), self.rng.clone());
        let enrolled = self
            .store
            .transact(move |writer| register_copy(writer, &copied, now_ms, &mut rng))?;
        self.phone(name).registered(enrolled.device, enrolled.epoch)?;
        let identity = self.phone(name).identity()?;
        let phone = self.phones.get_mut(name).ok_or("nobody of that name")?;
        phone.identity = identity;
        Ok(())
    }

    /// Somebody's phone has a connection: it and the server come to the same.
    ///
    /// # Errors
    /// When either refuses the other.
    pub fn sync(&mut self, name: &str, now: &Now) -> Outcome<Report> {
        let mut rng = self.rng.clone();
        let mut ready = Ready::default();
        let mut done = Report::default();
        loop {
            let (in_flight, outgoing) = ready.begin(self.phone(name))?;
            let answer = self.deliver(name, &outgoing.body, now)?;
            match in_flight
                .answered(self.phone(name), &answer, now, &mut rng)
                .map_err(|(_, error)| error)?
            {
                Next::Again(next, report) => {
                    done.add(&report);
                    ready = next;
                }
                Next::Done(_, report) | Next::Later(_, report) => {
                    done.add(&report);
                    return Ok(done);
                }
            }
        }
    }
}
