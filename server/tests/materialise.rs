//! Documents that take the worker down: they are set aside, everything else goes on.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use fieldbook_core::document::command::AddCustomer;
use fieldbook_core::document::{Command as Deed, write};
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{DocumentId, InstallationKey, Kind, PersonId, TenantId, derive_actor};
use fieldbook_core::wire::{Origin, operations};
use fieldbook_server::materialise::{Program, Report, Round};
use fieldbook_server::organisation::{OrganisationError, add_person, add_unit, found};
use fieldbook_server::store::sqlite::Options;
use fieldbook_server::store::{NewSegment, SqliteStore, Store};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use tempfile::TempDir;
use uuid::Uuid;

type Outcome<T> = Result<T, Box<dyn Error>>;

const INSTALLATION: InstallationKey = InstallationKey {
    public_key: [7; 32],
    epoch: 0,
};

/// A server with some customers.
struct House {
    folder: TempDir,
    store: SqliteStore,
    tenant: TenantId,
    owner: PersonId,
}

fn document(number: u128) -> DocumentId {
    DocumentId(Uuid::from_u128(
        0x0195_f3a0_0000_7000_8000_0000_0000_0000 + number,
    ))
}

impl House {
    fn new(customers: u128) -> Outcome<Self> {
        let folder = TempDir::new()?;
        let store = SqliteStore::create(&folder.path().join("data"), Options::default())?;
        let (tenant, owner) = store.transact(|writer| {
            let mut rng = ChaCha20Rng::seed_from_u64(1);
            let tenant = found(writer, "华东", 1, &mut rng)?.tenant.id;
            add_unit(writer, tenant, "East", None, 1, &mut rng)?;
            let role = fieldbook_core::model::Role::Rep;
            let owner = add_person(writer, tenant, "Li", role, "East", 1, &mut rng)?.id;
            Ok::<_, OrganisationError>((tenant, owner))
        })?;
        let house = Self {
            folder,
            store,
            tenant,
            owner,
        };
        for number in 0..customers {
            house.customer(document(number))?;
        }
        Ok(house)
    }

    fn customer(&self, document: DocumentId) -> Outcome<()> {
        let (index, actor) = (DocumentIndex::new(), derive_actor(&INSTALLATION, document, 0));
        let create = Deed::AddCustomer(AddCustomer {
            document,
            owner: self.owner,
            name: "东方五金".to_owned(),
            address: String::new(),
            position: None,
            grade: None,
            external_id: None,
            store_type: None,
        });
        let written = write(&index, &actor, &create, 1_795_482_000_000)?;
        let bytes = operations::encode(&[written.change], &[written.hash], None, &|_| None)?;
        self.append(document, bytes)
    }

    fn append(&self, document: DocumentId, bytes: Vec<u8>) -> Outcome<()> {
        let (tenant, owner) = (self.tenant, self.owner);
        self.store.write(move |writer| {
            let segment = NewSegment {
                device: None,
                origin: Origin {
                    public_key: INSTALLATION.public_key,
                    epoch: INSTALLATION.epoch,
                },
                rebase: 0,
                base: 0,
                count: 1,
                operations: &bytes,
                received_ms: 1,
                seal: fieldbook_core::wire::Seal([0; 8]),
                proof: None,
            };
            writer.append(tenant, document, Kind::Customer, owner, &segment)
        })?;
        Ok(())
    }

    fn round(&self, sabotage: &str, patience: Duration) -> Outcome<Report> {
        let program = Program {
            path: PathBuf::from(env!("CARGO_BIN_EXE_fieldbook")),
            environment: vec![("FIELDBOOK_WORKER_SABOTAGE".to_owned(), sabotage.to_owned())],
            patience,
        };
        Ok(Round::new(&self.store, &program, &|_| false, &|| 5).run()?)
    }

    fn aside(&self) -> Outcome<Vec<(DocumentId, String)>> {
        let rows = self.store.read(|reader| reader.set_aside(self.tenant))?;
        Ok(rows.into_iter().map(|row| (row.document, row.reason)).collect())
    }

    fn shows(&self, document: DocumentId) -> Outcome<Option<String>> {
        let row = self.store.read(|reader| reader.snapshot(self.tenant, document))?;
        Ok(row.map(|row| row.json))
    }
}

const PATIENT: Duration = Duration::from_secs(60);

#[test]
fn documents_become_snapshots() -> Outcome<()> {
    let house = House::new(3)?;
    let report = house.round("", PATIENT)?;
    assert_eq!((report.made, report.set_aside, report.deaths), (3, 0, 0));
    let json: serde_json::Value = serde_json::from_str(&house.shows(document(1))?.ok_or("no snapshot")?)?;
    assert_eq!(
        (&json["kind"], &json["name"]),
        (&"customer".into(), &"东方五金".into())
    );
    assert_eq!(house.round("", PATIENT)?, Report::default(), "once");
    Ok(())
}

#[test]
fn a_document_that_takes_the_worker_down_is_set_aside_and_the_others_are_made() -> Outcome<()> {
    for how in ["abort", "stack", "memory"] {
        let house = House::new(4)?;
        let report = house.round(&format!("{how}:{}", document(1)), PATIENT)?;
        assert_eq!((report.made, report.set_aside, report.deaths), (3, 1, 2), "{how}");
        let aside = house.aside()?;
        assert_eq!(aside[0].0, document(1));
        assert!(
            aside[0].1.contains("the worker died of it"),
            "{how}: {}",
            aside[0].1
        );
        assert!(house.shows(document(1))?.is_none() && house.shows(document(3))?.is_some());
        assert_eq!(
            house.round("", PATIENT)?,
            Report::default(),
            "it waits for the operator"
        );
    }
    Ok(())
}

#[test]
fn a_document_that_takes_too_long_is_set_aside() -> Outcome<()> {
    let house = House::new(2)?;
    // The one that hangs needs the whole of it; the other one a fraction.
    let report = house.round(&format!("hang:{}", document(0)), Duration::from_secs(3))?;
    assert_eq!((report.made, report.set_aside, report.deaths), (1, 1, 2));
    assert!(house.aside()?[0].1.contains("more than 3000 ms"));
    Ok(())
}

#[test]
fn a_damaged_document_takes_nobody_down() -> Outcome<()> {
    let house = House::new(1)?;
    house.append(document(9), vec![0xff; 40])?;
    let report = house.round("", PATIENT)?;
    assert_eq!((report.made, report.set_aside, report.deaths), (1, 1, 0));
    let aside = house.aside()?;
    assert!(aside[0].1.contains("is damaged"), "{}", aside[0].1);
    Ok(())
}

fn fieldbook(folder: &Path, arguments: &[&str]) -> Outcome<(bool, String)> {
    let output = Command::new(env!("CARGO_BIN_EXE_fieldbook"))
        .args(arguments)
        .arg("--data")
        .arg(folder.join("data"))
        .output()?;
    let said = [output.stdout, output.stderr].concat();
    Ok((output.status.success(), String::from_utf8(said)?))
}

#[test]
fn the_operator_sees_what_is_set_aside_and_lets_it_be_tried_again() -> Outcome<()> {
    let house = House::new(2)?;
    let id = document(1).to_string();
    house.round(&format!("abort:{id}"), PATIENT)?;
    let folder = house.folder.path();
    let (_, listed) = fieldbook(folder, &["documents", "list", "--set-aside"])?;
    assert!(
        listed.contains(&id) && listed.contains("set aside at 2"),
        "{listed}"
    );
    assert!(fieldbook(folder, &["documents", "release", &id])?.0);
    let (done, why) = fieldbook(folder, &["documents", "release", &document(0).to_string()])?;
    assert!(!done && why.contains("set aside"), "{why}");
    let report = house.round("", PATIENT)?;
    assert_eq!((report.made, report.set_aside), (1, 0));
    let (_, listed) = fieldbook(folder, &["documents", "list", "--set-aside"])?;
    assert_eq!(listed.trim(), "none");
    let (_, listed) = fieldbook(folder, &["documents", "list", "--equivocations"])?;
    assert_eq!(listed.trim(), "none");
    Ok(())
}

/// What a server says about itself on standard error, up to the line with these words.
fn until(log: &mut impl std::io::BufRead, words: &str) -> Outcome<String> {
    let mut line = String::new();
    while !line.contains(words) {
        line.clear();
        if log.read_line(&mut line)? == 0 {
            return Err(format!("the server ended before it said {words:?}").into());
        }
    }
    Ok(line)
}

fn get(address: &str, path: &str) -> Outcome<String> {
    use std::io::{Read, Write};
    let mut line = std::net::TcpStream::connect(address)?;
    line.write_all(format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").as_bytes())?;
    let mut said = String::new();
    line.read_to_string(&mut said)?;
    Ok(said)
}

struct Killed(std::process::Child);

impl Drop for Killed {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_server_that_serves_goes_on_when_a_document_takes_its_worker_down() -> Outcome<()> {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;
    let House {
        folder,
        store,
        tenant,
        ..
    } = House::new(3)?;
    drop(store);
    let mut server = Command::new(env!("CARGO_BIN_EXE_fieldbook"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder.path().join("data"))
        .env("FIELDBOOK_WORKER_SABOTAGE", format!("abort:{}", document(1)))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let mut address = String::new();
    BufReader::new(server.stdout.take().ok_or("no output")?).read_line(&mut address)?;
    let address = address
        .trim()
        .trim_start_matches("listening on http://")
        .to_owned();
    let mut log = BufReader::new(server.stderr.take().ok_or("no log")?);
    let server = Killed(server);
    // Twice, for the first time may have been an accident; then it is set aside, and the server says so.
    for _ in 0..2 {
        assert!(until(&mut log, "worker_died")?.contains(&document(1).to_string()));
        assert!(get(&address, "/readyz")?.ends_with("ready"));
    }
    until(&mut log, "set_aside")?;
    until(&mut log, "documents were set aside")?;
    assert!(get(&address, "/readyz")?.ends_with("ready"));
    let (_, listed) = fieldbook(folder.path(), &["documents", "list", "--set-aside"])?;
    assert!(listed.contains(&document(1).to_string()), "{listed}");
    let store = SqliteStore::open_read_only(&folder.path().join("data"))?;
    for (number, is_made) in [(0, true), (1, false), (2, true)] {
        let row = store.read(|reader| reader.snapshot(tenant, document(number)))?;
        assert_eq!(row.is_some(), is_made, "{number}");
    }
    drop(server);
    Ok(())
}
