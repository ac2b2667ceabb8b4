//! Looks into the files of those that were killed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fieldbook_core::document::rebuild;
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{DocumentId, InstallationKey, TenantId, derive_actor};
use fieldbook_core::wire::operations::{Limits, Reader};
use fieldbook_server::store::{SqliteStore, Store};
use rusqlite::Connection;

use super::ledger::token;
use crate::process::Outcome;

/// What a phone's file holds of the person's work.
#[derive(Clone, Debug, Default)]
pub(super) struct Held {
    /// Everything the person did, by token: waiting, sent, accepted or parked.
    pub(super) tokens: BTreeSet<String>,
    /// The hashes of the operations, by document.
    pub(super) hashes: BTreeMap<DocumentId, BTreeSet<String>>,
    /// How many wait for the person.
    pub(super) parked: u64,
}

/// True when every page and index of a database is in order. SQLite recovers the file as the next start would.
pub(super) fn is_sound(file: &Path) -> Outcome<bool> {
    let connection = Connection::open(file)?;
    let finding: rusqlite::Result<String> =
        connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0));
    Ok(finding.is_ok_and(|finding| finding == "ok"))
}

/// Reads a phone's file with plain SQL.
pub(super) fn held(file: &Path) -> Outcome<Held> {
    let connection = Connection::open(file)?;
    let mut held = Held::default();
    let mut statement =
        connection.prepare("SELECT document, hash, command FROM segment WHERE command IS NOT NULL")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let document: DocumentId = row.get(0)?;
        held.hashes
            .entry(document)
            .or_default()
            .insert(hex::encode(row.get::<_, Vec<u8>>(1)?));
        held.tokens.insert(token(&row.get::<_, String>(2)?));
    }
    let mut statement = connection.prepare("SELECT command FROM parked")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        held.tokens.insert(token(&row.get::<_, String>(0)?));
        held.parked += 1;
    }
    Ok(held)
}

/// The hashes of what phones wrote into a document, on the server (its own rulings are nobody's work), in the order of its log; the gate looks at them again.
pub(super) fn stored(store: &SqliteStore, tenant: TenantId, document: DocumentId) -> Outcome<Vec<String>> {
    let segments = store.read(|reader| reader.segments(tenant, document, 0))?;
    let mut index = DocumentIndex::new();
    let mut hashes = Vec::new();
    for row in segments {
        let installation = InstallationKey {
            public_key: row.origin.public_key,
            epoch: row.origin.epoch,
        };
        let actor = derive_actor(&installation, document, row.rebase);
        let limits = Limits::default();
        let mut reader = Reader::new(&row.operations, actor, row.base, row.count, &limits)?;
        while let Some(change) = reader.next(&index)? {
            index.admit(&change)?;
            let (_, hash) = rebuild(change);
            index.seal(hash);
            if row.device.is_some() {
                hashes.push(hex::encode(hash.0));
            }
        }
        reader.finish()?;
    }
    Ok(hashes)
}
