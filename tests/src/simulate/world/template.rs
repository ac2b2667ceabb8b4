use std::collections::BTreeMap;
use std::path::Path;

use fieldbook_core::model::{DeviceId, PersonId, Role, ServerId, TenantId, UnitId};
use fieldbook_core::replica::{self, Identity, Replica};
use fieldbook_server::organisation::{
    self, Assign, CustomerFile, ImportOptions, OrganisationError, import_customers,
};
use fieldbook_server::store::sqlite::{FILE, Options, SqliteStore};
use fieldbook_server::store::{DeviceRow, Store, UnitRow, Writer};

use crate::simulate::dice::Dice;
use crate::simulate::people::{PEOPLE, UNITS};
use crate::simulate::story::Seat;
use crate::simulate::{Failure, START_MS};

/// How the simulated server's store is opened: nothing waits for a disk, everything happens on one thread.
pub(crate) const SERVER: Options = Options { durable: false, inline: true };
/// How a simulated phone's store is opened.
pub(crate) const PHONE: replica::Options = replica::Options { synchronous_full: false };

/// The customers that the organisation begins with.
const CUSTOMERS: &str = "external_id,name,address,lat,lon,owner,grade
C1,华东轴承,1 River Road,31.2304,121.4737,Li,A
C2,Corner Shop,2 River Road,31.2311,121.4745,Li,B
C3,North Gate Hardware,3 Hill Street,31.2402,121.4801,Wang,
C4,东方五金,4 Hill Street,31.2410,121.4812,Wang,C
C5,South Pier Supplies,5 Pier Lane,31.1904,121.4507,Chen,A
C6,Old Mill,6 Pier Lane,,,Chen,
C7,Lotus Store,7 Garden Row,31.1806,121.4409,Liu,B
C8,Harbour Tools,8 Garden Row,31.1811,121.4412,Shen,
";

/// A founded server and enrolled phones as files, made once and copied for every story.
#[derive(Clone, Debug)]
pub struct Template {
    /// The server's database.
    pub server_file: Vec<u8>,
    /// The organisation.
    pub tenant: TenantId,
    /// Ids of [`PEOPLE`], in its order.
    pub people: Vec<PersonId>,
    /// Ids of [`UNITS`], in its order.
    pub units: Vec<UnitId>,
    /// Every phone that a story may have.
    pub phones: BTreeMap<Seat, PhoneTemplate>,
}

/// One enrolled phone that has not synced yet.
#[derive(Clone, Debug)]
pub struct PhoneTemplate {
    /// Its replica's database.
    pub file: Vec<u8>,
    /// Whose it is.
    pub identity: Identity,
}

/// What founding gives.
struct Founding {
    server: ServerId,
    tenant: TenantId,
    people: Vec<PersonId>,
    units: Vec<UnitId>,
    devices: BTreeMap<Seat, (DeviceId, [u8; 32])>,
}

impl Template {
    /// Founds the organisation and enrols its phones.
    ///
    /// # Errors
    /// When a store cannot be made.
    pub fn build() -> Result<Self, Failure> {
        let failed = |error: &dyn std::fmt::Display| Failure::step("the template cannot be made", error);
        let ground = super::ground().map_err(|error| failed(&error))?;
        let founding = found(ground.path())?;
        fold(&ground.path().join(FILE)).map_err(|error| failed(&error))?;
        let server_file = std::fs::read(ground.path().join(FILE)).map_err(|error| failed(&error))?;
        let mut phones = BTreeMap::new();
        for (seat, (device, secret)) in &founding.devices {
            let identity = Identity {
                server: founding.server,
                tenant: founding.tenant,
                person: founding.people[seat.person],
                device: *device,
                secret: *secret,
                epoch: 0,
            };
            let path = ground.path().join(format!("phone-{}-{}.db", seat.person, seat.phone));
            let replica = Replica::open(&path, PHONE).map_err(|error| failed(&error))?;
            replica.enrol(&identity).map_err(|error| failed(&error))?;
            drop(replica);
            fold(&path).map_err(|error| failed(&error))?;
            let file = std::fs::read(&path).map_err(|error| failed(&error))?;
            phones.insert(*seat, PhoneTemplate { file, identity });
        }
        let Founding { tenant, people, units, .. } = founding;
        Ok(Self { server_file, tenant, people, units, phones })
    }
}

/// Folds the write-ahead log into the file, so that the file alone is the database.
fn fold(path: &Path) -> rusqlite::Result<()> {
    let connection = rusqlite::Connection::open(path)?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
}

fn found(folder: &Path) -> Result<Founding, Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::step("the organisation cannot be founded", error);
    let store = SqliteStore::create(folder, SERVER).map_err(|error| failed(&error))?;
    let founding = store.transact(|writer| establish(writer)).map_err(|error| failed(&error))?;
    let file = CustomerFile::read(CUSTOMERS.as_bytes()).map_err(|error| failed(&error))?;
    let options = ImportOptions { assign: Assign::Spread(UNITS[0].to_owned()), grade: None };
    let mut dice = Dice::of(0, "customers");
    import_customers(&store, founding.tenant, file, &options, START_MS, dice.rng())
        .map_err(|error| failed(&error))?;
    Ok(founding)
}

fn establish(writer: &mut dyn Writer) -> Result<Founding, OrganisationError> {
    let mut dice = Dice::of(0, "organisation");
    let founded = organisation::found(writer, "Simulated", START_MS, dice.rng())?;
    let tenant = founded.tenant.id;
    let mut units: Vec<UnitId> = Vec::new();
    for name in UNITS {
        let unit = UnitRow {
            id: UnitId::generate(START_MS, dice.rng()),
            parent: units.first().copied(),
            name: name.to_owned(),
        };
        writer.add_unit(tenant, &unit)?;
        units.push(unit.id);
    }
    let mut people = Vec::new();
    let mut devices = BTreeMap::new();
    for (place, player) in PEOPLE.iter().enumerate() {
        let person = organisation::add_person(
            writer,
            tenant,
            player.name,
            player.role,
            UNITS[player.unit],
            START_MS,
            dice.rng(),
        )?;
        people.push(person.id);
        let phones = if player.role == Role::Rep { 2 } else { 1 };
        for phone in 0..phones {
            let card = register(writer, &founded.server.id, tenant, person.id, &mut dice)?;
            devices.insert(Seat { person: place, phone }, card);
        }
    }
    Ok(Founding { server: founded.server.id, tenant, people, units, devices })
}

fn register(
    writer: &mut dyn Writer,
    server: &ServerId,
    tenant: TenantId,
    person: PersonId,
    dice: &mut Dice,
) -> Result<(DeviceId, [u8; 32]), OrganisationError> {
    use rand::Rng;
    let mut secret = [0; 32];
    dice.rng().fill_bytes(&mut secret);
    let device = DeviceId::generate(START_MS, dice.rng());
    let identity = Identity { server: *server, tenant, person, device, secret, epoch: 0 };
    writer.put_device(&DeviceRow {
        id: device,
        tenant,
        person,
        public_key: identity.public_key(),
        epoch: 0,
        name: "a simulated phone".to_owned(),
        created_ms: START_MS,
        seen_ms: 0,
        waiting: 0,
        revoked_ms: None,
    })?;
    Ok((device, secret))
}
