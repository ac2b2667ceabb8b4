use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use fieldbook_core::model::{DeviceId, PersonId, Role, ServerId, TenantId, UnitId};
use fieldbook_core::replica::Identity;
use fieldbook_server::organisation::{
    self, Assign, CustomerFile, ImportOptions, OrganisationError, import_customers,
};
use fieldbook_server::store::sqlite::SqliteStore;
use fieldbook_server::store::{DeviceRow, Store, UnitRow, Writer};

use super::template::SERVER;
use crate::simulate::dice::Dice;
use crate::simulate::people::{PEOPLE, UNITS};
use crate::simulate::story::Seat;
use crate::simulate::{Failure, START_MS};

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

/// How many customers more a rep of each team gets for stories in pages: more than one small answer holds.
const MANY: usize = 32;

/// What founding gives.
pub(super) struct Founding {
    pub(super) server: ServerId,
    pub(super) server_key: [u8; 32],
    pub(super) tenant: TenantId,
    pub(super) people: Vec<PersonId>,
    pub(super) units: Vec<UnitId>,
    pub(super) devices: BTreeMap<Seat, (DeviceId, [u8; 32])>,
}

/// Makes a server in `folder` with its people, phones and a few customers.
pub(super) fn found(folder: &Path) -> Result<Founding, Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::step("the organisation cannot be founded", error);
    let store = SqliteStore::create(folder, SERVER).map_err(|error| failed(&error))?;
    let founding = store
        .transact(|writer| establish(writer))
        .map_err(|error| failed(&error))?;
    import(&store, founding.tenant, CUSTOMERS)?;
    Ok(founding)
}

/// Adds customers with long addresses, for stories in which news comes in pages.
pub(super) fn add_many_customers(folder: &Path, tenant: TenantId) -> Result<(), Failure> {
    let store = SqliteStore::open(folder, SERVER);
    let store = store.map_err(|error| Failure::step("the server does not open", &error))?;
    let mut csv = "external_id,name,address,lat,lon,owner\n".to_owned();
    for owner in ["Li", "Chen"] {
        for number in 0..MANY {
            let address = format!("{number} Long Street ").repeat(28);
            // Writing into a string does not fail.
            let _ = writeln!(
                csv,
                "{owner}-{number},Shop {number} of {owner},{},,,{owner}",
                address.trim()
            );
        }
    }
    import(&store, tenant, &csv)
}

fn import(store: &SqliteStore, tenant: TenantId, csv: &str) -> Result<(), Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::step("the customers cannot be imported", error);
    let file = CustomerFile::read(csv.as_bytes()).map_err(|error| failed(&error))?;
    let options = ImportOptions {
        assign: Assign::Spread(UNITS[0].to_owned()),
        grade: None,
    };
    let mut dice = Dice::of(csv.len() as u64, "customers");
    import_customers(store, tenant, file, &options, START_MS, dice.rng()).map_err(|error| failed(&error))?;
    Ok(())
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
    Ok(Founding {
        server: founded.server.id,
        server_key: founded.server.public_key,
        tenant,
        people,
        units,
        devices,
    })
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
    let identity = Identity {
        server: *server,
        tenant,
        person,
        device,
        secret,
        epoch: 0,
        server_key: [0; 32],
    };
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
        drained_ms: 0,
        revoked_ms: None,
        number: 0,
        copied_from: None,
        closed_ms: None,
    })?;
    Ok((device, secret))
}
