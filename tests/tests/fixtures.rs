//! Every stored and sent format as it once was, opened by today's code.
//!
//! `tests/fixtures/vN` holds what one version wrote; a folder is never changed once that version was released.
//! `UPDATE_FIXTURES=1 cargo test --test fixtures` writes the folder of today's version, unless it is there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use fieldbook_core::document::command::Decision;
use fieldbook_core::model::{DocumentId, Role};
use fieldbook_core::replica::store::documents;
use fieldbook_core::replica::{Head, Options as ReplicaOptions, Replica};
use fieldbook_core::wire::{Answer, MAX_INFLATED, Request, inflate};
use fieldbook_server::audit::verify;
use fieldbook_server::recovery::begin_epoch;
use fieldbook_server::store::sqlite::{FILE, backup};
use fieldbook_server::store::{SqliteStore, Store};
use fieldbook_tests::fixture::{OPTIONS, folder, pack, sync, unpack};
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, minute};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use tempfile::TempDir;

/// Counts up with each release that changes a format.
const VERSION: u32 = 1;
/// A folder of fixtures stays this small.
const MOST_BYTES: u64 = 400_000;

/// What a version knew of its own files.
#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Manifest {
    /// Documents on the phone, and where their histories end.
    documents: BTreeMap<DocumentId, Vec<String>>,
    /// Operations on the phone that its server has not seen.
    unsent: u64,
    /// What waits for the person.
    attention: u64,
    /// Where the server's logs ended.
    log: u64,
    rulings: u64,
    /// Sections of the request, verdicts and documents of its answer.
    sections: usize,
    verdicts: usize,
    news: usize,
}

fn versions() -> Outcome<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(folder())? {
        let path = entry?.path();
        let name = entry_name(&path);
        if path.is_dir() && name.starts_with('v') {
            folders.push(path);
        }
    }
    folders.sort();
    Ok(folders)
}

fn entry_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

fn heads_of(replica: &Replica) -> Outcome<BTreeMap<DocumentId, Vec<String>>> {
    let rows = replica.store().read(documents::all)?;
    let heads = rows.into_iter().map(|row| {
        let index = replica.document(row.document)?.ok_or("it has no history")?;
        let heads = index.heads().iter().map(ToString::to_string).collect();
        Ok((row.document, heads))
    });
    heads.collect()
}

/// A day whose files have something of everything: accepted, refused and unsent work, rulings, receipts.
fn write_version(folder: &Path) -> Outcome<()> {
    let scratch = TempDir::new()?;
    let data = scratch.path().join("data");
    let mut team = Team::on(SqliteStore::create(&data, OPTIONS)?)?;
    let file = scratch.path().join("replica.db");
    team.hire_with(
        Replica::open(&file, ReplicaOptions::default())?,
        "Sofia",
        Role::Supervisor,
        "North",
    )?;
    let shop = team.customer("Dana", "华东轴承")?;
    let visit = team.plan("Dana", shop, 60)?;
    let mut rng = ChaCha20Rng::seed_from_u64(7);
    let expense =
        team.phone("Dana")
            .draft_expense(&minute(2), &mut rng, "Lunch", "CNY".parse()?, Some(shop), None)?;
    let line = fieldbook_core::replica::NewExpenseLine {
        date: minute(2).at.date_naive(),
        category: "meals".to_owned(),
        amount: "61.40".to_owned(),
        ..Default::default()
    };
    team.phone("Dana").add_expense_line(&minute(2), expense, line)?;
    let revision = team.phone("Dana").submit(&minute(2), expense)?;
    team.sync("Dana", &minute(3))?;
    team.sync("Sofia", &minute(4))?;
    // Accepted and ruled; then refused, because Dana had called the visit off.
    team.phone("Sofia")
        .decide(&minute(5), expense, &revision, Decision::Approve, None)?;
    team.sync("Sofia", &minute(6))?;
    team.phone("Dana")
        .cancel_visit(&minute(61), &mut rng, visit, "closed today".to_owned(), None)?;
    team.phone("Sofia").move_visit(
        &minute(70),
        visit,
        minute(300).at,
        Some("bring the samples".to_owned()),
    )?;
    team.sync("Dana", &minute(90))?;
    team.sync("Sofia", &minute(95))?;
    team.phone("Dana").set_tag(&minute(96), shop, "重点", true)?;
    let (_, request) = team.request("Dana")?;
    let answer = team.deliver("Dana", &request, &minute(97))?;
    // Never sent.
    let unsent = fieldbook_core::replica::NewCustomer {
        name: "Corner Shop".to_owned(),
        ..Default::default()
    };
    team.phone("Sofia").add_customer(&minute(98), &mut rng, unsent)?;
    team.phone("Sofia").set_tag(&minute(99), shop, "vip", true)?;

    std::fs::create_dir_all(folder)?;
    let sofia = team.phone("Sofia");
    let parked = serde_json::to_string_pretty(&sofia.export_parked()?)?;
    std::fs::write(folder.join("parked.json"), parked + "\n")?;
    let mut heads = sofia.heads()?;
    heads.extend(team.phone("Dana").heads()?);
    let lines: Result<Vec<String>, _> = heads.iter().map(serde_json::to_string).collect();
    std::fs::write(folder.join("heads.jsonl"), lines?.join("\n") + "\n")?;
    std::fs::write(folder.join("request.zst"), &request)?;
    std::fs::write(folder.join("answer.zst"), &answer)?;
    let totals = sofia.totals()?;
    let (sent, said) = (read_request(&request)?.1, read_answer(&answer)?.1);
    let tenant = team.tenant();
    let (log, rulings) = team.store().read(|reader| {
        Ok((
            reader.head(tenant)?.sequence,
            reader.ruling_head(tenant)?.sequence,
        ))
    })?;
    let manifest = Manifest {
        documents: heads_of(sofia)?,
        unsent: totals.on_phone,
        attention: totals.attention,
        log,
        rulings,
        sections: sent.upload.len(),
        verdicts: said.verdicts.len(),
        news: said.news.len(),
    };
    let text = serde_json::to_string_pretty(&manifest)?;
    std::fs::write(folder.join("manifest.json"), text + "\n")?;
    backup::copy(&data, &scratch.path().join("server.backup"))?;
    drop(team);
    for file in [&file, &data.join(FILE)] {
        Connection::open(file)?.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    }
    pack(&file, &folder.join("replica.db.zst"))?;
    pack(&data.join(FILE), &folder.join("server.db.zst"))?;
    pack(
        &scratch.path().join("server.backup"),
        &folder.join("server.backup.zst"),
    )
}

fn read_request(body: &[u8]) -> Outcome<(Vec<u8>, Request)> {
    let plain = inflate(body, MAX_INFLATED)?;
    let request = minicbor::decode(&plain)?;
    Ok((plain, request))
}

fn read_answer(body: &[u8]) -> Outcome<(Vec<u8>, Answer)> {
    let plain = inflate(body, MAX_INFLATED)?;
    let answer = minicbor::decode(&plain)?;
    Ok((plain, answer))
}

fn manifest(version: &Path) -> Outcome<Manifest> {
    let text = std::fs::read_to_string(version.join("manifest.json"))?;
    Ok(serde_json::from_str(&text)?)
}

fn receipts(version: &Path) -> Outcome<Vec<Head>> {
    let text = std::fs::read_to_string(version.join("heads.jsonl"))?;
    let heads: Result<Vec<Head>, _> = text.lines().map(serde_json::from_str).collect();
    Ok(heads?)
}

#[test]
fn a_version_is_written_once_and_stays_small() -> Outcome<()> {
    let folder = folder().join(format!("v{VERSION}"));
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        if folder.exists() {
            let folder = folder.display();
            return Err(format!("{folder} is there; another format is another VERSION").into());
        }
        write_version(&folder)?;
    }
    assert!(
        versions()?.contains(&folder),
        "UPDATE_FIXTURES=1 writes {}",
        folder.display()
    );
    for version in versions()? {
        let files = std::fs::read_dir(&version)?;
        let sizes: Result<Vec<u64>, _> = files
            .map(|file| file?.metadata().map(|found| found.len()))
            .collect();
        let bytes: u64 = sizes?.iter().sum();
        assert!(bytes < MOST_BYTES, "{} has {bytes} bytes", version.display());
    }
    Ok(())
}

#[test]
fn a_phones_file_opens_and_all_that_it_held_is_there() -> Outcome<()> {
    for version in versions()? {
        let (scratch, known) = (TempDir::new()?, manifest(&version)?);
        let file = scratch.path().join("replica.db");
        unpack(&version, "replica.db", &file)?;
        let replica = Replica::open(&file, ReplicaOptions::default())?;
        assert_eq!(heads_of(&replica)?, known.documents, "every history, to the hash");
        let totals = replica.totals()?;
        assert_eq!(
            (totals.on_phone, totals.attention),
            (known.unsent, known.attention)
        );
        assert!(known.unsent > 0 && known.attention > 0, "it is worth something");
        let parked: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(version.join("parked.json"))?)?;
        assert_eq!(replica.export_parked()?, parked);
        for row in replica.parked()? {
            assert!(
                row.command.is_some() && row.rejection.is_some(),
                "it reads: {}",
                row.recorded
            );
        }
        let held = replica.heads()?;
        assert!(!held.is_empty() && receipts(&version)?.starts_with(&held));
    }
    Ok(())
}

#[test]
fn a_servers_folder_opens_and_its_audit_finds_nothing() -> Outcome<()> {
    for version in versions()? {
        let (scratch, known) = (TempDir::new()?, manifest(&version)?);
        unpack(&version, "server.db", &scratch.path().join(FILE))?;
        let store = SqliteStore::open(scratch.path(), OPTIONS)?;
        let receipts = receipts(&version)?;
        let audit = store.read(|reader| verify(reader, &receipts))?;
        assert_eq!(
            (audit.findings.as_slice(), audit.heads),
            (&[][..], receipts.len() as u64)
        );
        assert_eq!((audit.segments, audit.rulings), (known.log, known.rulings));
        assert!(known.rulings > 0 && !receipts.is_empty(), "it is worth something");
    }
    Ok(())
}

#[test]
fn what_a_phone_had_not_sent_reaches_a_server_that_goes_on_from_the_backup() -> Outcome<()> {
    for version in versions()? {
        let (scratch, known) = (TempDir::new()?, manifest(&version)?);
        let file = scratch.path().join("replica.db");
        unpack(&version, "replica.db", &file)?;
        let replica = Replica::open(&file, ReplicaOptions::default())?;
        let data = scratch.path().join("data");
        std::fs::create_dir(&data)?;
        let backup = scratch.path().join("server.backup");
        unpack(&version, "server.backup", &backup)?;
        backup::check(&backup)?;
        backup::copy_file(&backup, &data.join(FILE))?;
        let store = SqliteStore::open(&data, OPTIONS)?;
        let at = minute(200);
        store.write(move |writer| begin_epoch(writer, at.unix_ms(), 0))?;
        sync(&replica, &store, &minute(201))?;
        sync(&replica, &store, &minute(202))?;
        let totals = replica.totals()?;
        assert_eq!(
            (totals.on_phone, totals.sent, totals.attention),
            (0, 0, known.attention)
        );
        let receipts = receipts(&version)?;
        let audit = store.read(|reader| verify(reader, &receipts))?;
        assert_eq!(audit.findings, []);
        assert!(audit.operations > known.log, "the new ones are in the log");
    }
    Ok(())
}

#[test]
fn bodies_read_and_are_written_as_they_were() -> Outcome<()> {
    for version in versions()? {
        let known = manifest(&version)?;
        let (plain, request) = read_request(&std::fs::read(version.join("request.zst"))?)?;
        assert_eq!(request.upload.len(), known.sections);
        assert_eq!(minicbor::to_vec(&request)?, plain);
        let (plain, answer) = read_answer(&std::fs::read(version.join("answer.zst"))?)?;
        assert_eq!(
            (answer.verdicts.len(), answer.news.len()),
            (known.verdicts, known.news)
        );
        assert_eq!(minicbor::to_vec(&answer)?, plain);
        assert!(known.sections > 0 && known.verdicts > 0, "it is worth something");
    }
    Ok(())
}
