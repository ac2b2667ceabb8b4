//! What a damaged file still gives.

use std::path::{Path, PathBuf};

use crate::document::Command;
use crate::replica::store::documents::DocumentState;
use crate::replica::store::salvage::{Quarantined, quarantine};
use crate::replica::store::testing::{Bench, add_customer, plan};
use crate::replica::store::{Options, Store, StoreError};

const OPTIONS: Options = Options {
    synchronous_full: false,
    key: None,
};

/// A replica in a file with a hundred unsent commands, all of them in the main file.
fn file(folder: &Path) -> (PathBuf, Vec<Command>) {
    let path = folder.join("replica.db");
    let mut bench = Bench::over(Store::open(&path, OPTIONS).unwrap());
    let commands: Vec<Command> = (1..=50)
        .flat_map(|number| {
            [
                add_customer(number, "华东轴承", None, None),
                plan(1_000 + number, number, "10:00"),
            ]
        })
        .collect();
    for command in &commands {
        bench.run(command);
    }
    (path, commands)
}

fn commands(quarantined: &Quarantined) -> Vec<Command> {
    quarantined
        .commands
        .iter()
        .map(|salvaged| salvaged.command.clone())
        .collect()
}

#[test]
fn an_intact_file_gives_all_of_it_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let (path, written) = file(folder.path());
    let quarantined = quarantine(&path, "damaged-1", None).unwrap();
    assert!(!path.exists() && quarantined.path.ends_with("replica.db.damaged-1"));
    assert_eq!(commands(&quarantined), written);
    assert!(
        quarantined
            .commands
            .iter()
            .all(|salvaged| salvaged.state == Some(DocumentState::OnPhone))
    );
}

#[test]
fn a_file_without_its_header_still_gives_what_its_bytes_hold() {
    let folder = tempfile::tempdir().unwrap();
    let (path, written) = file(folder.path());
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[..100].fill(0);
    std::fs::write(&path, &bytes).unwrap();
    assert!(Store::open(&path, OPTIONS).is_err());
    let quarantined = quarantine(&path, "damaged-1", None).unwrap();
    let saved = commands(&quarantined);
    assert_eq!(
        written.iter().filter(|command| saved.contains(command)).count(),
        written.len()
    );
    assert_eq!(
        std::fs::read(&quarantined.path).unwrap(),
        bytes,
        "the evidence stays as it is"
    );
}

#[test]
fn damage_in_the_middle_costs_only_what_it_hit() {
    let folder = tempfile::tempdir().unwrap();
    let (path, written) = file(folder.path());
    let bytes = std::fs::read(&path).unwrap();
    for page in 1..bytes.len() / 4096 {
        let mut damaged = bytes.clone();
        damaged[page * 4096..(page + 1) * 4096].fill(0xA5);
        let copy = folder.path().join(format!("copy-{page}.db"));
        std::fs::write(&copy, damaged).unwrap();
        let saved = commands(&quarantine(&copy, "damaged", None).unwrap());
        let lost = written.iter().filter(|command| !saved.contains(command)).count();
        assert!(
            lost <= 20,
            "page {page}: {lost} of {} commands are gone",
            written.len()
        );
    }
}

#[test]
fn nothing_is_moved_over_an_older_quarantine() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = file(folder.path());
    std::fs::write(folder.path().join("replica.db.x"), "older").unwrap();
    assert!(matches!(
        quarantine(&path, "x", None),
        Err(StoreError::File { .. })
    ));
    assert!(path.exists());
}
