use std::collections::BTreeMap;
use std::path::Path;

use fieldbook_core::model::{DeviceId, PersonId, TenantId, UnitId};
use fieldbook_core::replica::{self, Identity, Replica};
use fieldbook_server::store::sqlite::{FILE, Options};

use super::founding::{Founding, add_many_customers, found};
use crate::simulate::Failure;
use crate::simulate::story::Seat;

/// How the simulated server's store is opened: nothing waits for a disk, everything happens on one thread.
pub(crate) const SERVER: Options = Options {
    durable: false,
    inline: true,
};
/// How a simulated phone's store is opened.
pub(crate) const PHONE: replica::Options = replica::Options {
    synchronous_full: false,
    key: None,
};

/// A founded server and enrolled phones as files, made once and copied for every story.
#[derive(Clone, Debug)]
pub struct Template {
    /// The server's database.
    pub server_file: Vec<u8>,
    /// The same with so many customers that a phone which takes small answers gets them in several.
    pub large_server_file: Vec<u8>,
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

impl Template {
    /// Founds the organisation and enrols its phones.
    ///
    /// # Errors
    /// When a store cannot be made.
    pub fn build() -> Result<Self, Failure> {
        let failed = |error: &dyn std::fmt::Display| Failure::step("the template cannot be made", error);
        let ground = super::ground().map_err(|error| failed(&error))?;
        let server_path = ground.path().join(FILE);
        let founding = found(ground.path())?;
        let server_file = folded(&server_path).map_err(|error| failed(&error))?;
        add_many_customers(ground.path(), founding.tenant)?;
        let large_server_file = folded(&server_path).map_err(|error| failed(&error))?;
        let mut phones = BTreeMap::new();
        for (seat, (device, secret)) in &founding.devices {
            let path = ground
                .path()
                .join(format!("phone-{}-{}.db", seat.person, seat.phone));
            let phone = enrol(&path, &founding, founding.people[seat.person], *device, *secret)?;
            phones.insert(*seat, phone);
        }
        let Founding {
            tenant,
            people,
            units,
            ..
        } = founding;
        Ok(Self {
            server_file,
            large_server_file,
            tenant,
            people,
            units,
            phones,
        })
    }
}

fn enrol(
    path: &Path,
    founding: &Founding,
    person: PersonId,
    device: DeviceId,
    secret: [u8; 32],
) -> Result<PhoneTemplate, Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::step("a phone cannot be enrolled", error);
    let Founding {
        server,
        server_key,
        tenant,
        ..
    } = *founding;
    let identity = Identity {
        server,
        tenant,
        person,
        device,
        secret,
        epoch: 0,
        server_key,
    };
    let replica = Replica::open(path, PHONE).map_err(|error| failed(&error))?;
    replica.enrol(&identity).map_err(|error| failed(&error))?;
    drop(replica);
    Ok(PhoneTemplate {
        file: folded(path).map_err(|error| failed(&error))?,
        identity,
    })
}

/// Folds the write-ahead log into the file, so that the file alone is the database, and reads it.
fn folded(path: &Path) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let connection = rusqlite::Connection::open(path)?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    drop(connection);
    Ok(std::fs::read(path)?)
}
