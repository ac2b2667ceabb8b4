use std::collections::{BTreeMap, BTreeSet};

use fieldbook_core::model::DocumentId;
use sha2::{Digest, Sha256};

use crate::process::Outcome;

/// What one phone has said.
#[derive(Clone, Debug, Default)]
pub(super) struct Ledger {
    /// Operations that it called saved, by their token.
    pub(super) saved: BTreeSet<String>,
    /// Those of them that were not yet looked for in its file.
    pub(super) unchecked: BTreeSet<String>,
    /// The hashes that it knew as acknowledged, by document.
    pub(super) acknowledged: BTreeMap<DocumentId, BTreeSet<String>>,
    /// The documents with acknowledgements that were not yet looked for on the server.
    pub(super) fresh: BTreeSet<DocumentId>,
}

impl Ledger {
    /// Writes a line of the phone down.
    ///
    /// # Errors
    /// A phone that is in trouble, or a line that is none of ours.
    pub(super) fn note(&mut self, line: &str) -> Outcome<()> {
        let mut words = line.splitn(3, ' ');
        match (words.next(), words.next(), words.next()) {
            (Some("saved"), Some(token), None) => {
                self.saved.insert(token.to_owned());
                self.unchecked.insert(token.to_owned());
            }
            (Some("acknowledged"), Some(document), Some(hash)) => {
                let document = document.parse()?;
                self.acknowledged
                    .entry(document)
                    .or_default()
                    .insert(hash.to_owned());
                self.fresh.insert(document);
            }
            (Some("enrolled" | "syncing" | "drained"), None, None) => {}
            _ => return Err(format!("a phone said: {line}").into()),
        }
        Ok(())
    }

    pub(super) fn acknowledgements(&self) -> u64 {
        self.acknowledged.values().map(|hashes| hashes.len() as u64).sum()
    }
}

/// An operation's token: what the person did, by the hash of the recorded command. It stays the same when the
/// operation is made anew or parked.
pub(super) fn token(command: &str) -> String {
    hex::encode(&Sha256::digest(command)[..12])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_lines_are_written_down_and_others_are_trouble() {
        let mut ledger = Ledger::default();
        let document = "01900000-0000-7000-8000-000000000001";
        ledger.note("syncing").unwrap();
        ledger.note("saved 00ff").unwrap();
        ledger.note(&format!("acknowledged {document} abcd")).unwrap();
        ledger.note(&format!("acknowledged {document} abcd")).unwrap();
        assert_eq!((ledger.saved.len(), ledger.acknowledgements()), (1, 1));
        assert!(ledger.note("trouble the disk is full").is_err());
        assert!(ledger.note("save").is_err());
    }
}
