use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::PhoneError;
use crate::model::PersonId;

/// Whose a replica is, without opening it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Card {
    pub(super) id: Uuid,
    /// The address of the server.
    pub(super) server: String,
    /// Absent while the first sign-in is under way.
    pub(super) holder: Option<Holder>,
    pub(super) signed_in: bool,
    /// When somebody signed in last, in milliseconds since 1970.
    pub(super) since_ms: u64,
    /// Tells the right key from another one; absent when the replica is not encrypted.
    pub(super) key_check: Option<String>,
    pub(super) aside: Option<Aside>,
}

/// Whose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Holder {
    pub(super) person: PersonId,
    pub(super) name: String,
}

/// Where a replica went whose key was gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// The file, as it was.
    pub path: PathBuf,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
}

impl Card {
    /// The file of the replica.
    pub(super) fn replica(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{}.db", self.id))
    }

    /// Writes the card in place of the one before: all of it or nothing.
    pub(super) fn put(&self, folder: &Path) -> Result<(), PhoneError> {
        let path = path(folder, self.id);
        let draft = path.with_extension("json.new");
        let write = || -> std::io::Result<()> {
            let mut file = File::create(&draft)?;
            file.write_all(&serde_json::to_vec_pretty(self)?)?;
            file.sync_all()?;
            fs::rename(&draft, &path)
        };
        write().map_err(|error| PhoneError::file("write", &path, error))
    }
}

/// One card.
pub(super) fn get(folder: &Path, id: Uuid) -> Result<Card, PhoneError> {
    read(&path(folder, id))
}

/// All cards, the latest sign-in first.
pub(super) fn all(folder: &Path) -> Result<Vec<Card>, PhoneError> {
    let unreadable = |error| PhoneError::file("read", folder, error);
    let mut cards = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            cards.push(read(&path)?);
        }
    }
    cards.sort_by_key(|card: &Card| (std::cmp::Reverse(card.since_ms), card.id));
    Ok(cards)
}

fn path(folder: &Path, id: Uuid) -> PathBuf {
    folder.join(format!("{id}.json"))
}

fn read(path: &Path) -> Result<Card, PhoneError> {
    let bytes = fs::read(path).map_err(|error| PhoneError::file("read", path, error))?;
    serde_json::from_slice(&bytes).map_err(|error| {
        let error = std::io::Error::new(ErrorKind::InvalidData, error);
        PhoneError::file("read", path, error)
    })
}
