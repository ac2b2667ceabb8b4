use std::path::{Path, PathBuf};

use super::error::ReplicaError;
use super::parking::Parking;
use super::store::parked::{self, NewParked};
use super::store::salvage::{self, Quarantined, Salvaged};
use super::store::{Store, documents as document_rows, settings};
use super::{Options, Replica, recovery};

/// Settings that say how far the damaged replica was: the new one begins anew.
const NOT_KEPT: [&str; 6] = ["cursor", "reference", "contact", "leaving", "damaged", "recovery"];

/// What was saved of a damaged replica.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovered {
    /// Where the damaged file is now; nothing of it was changed.
    pub aside: PathBuf,
    /// How many of the person's commands wait under "needs attention".
    pub parked: u64,
    /// True when the sign-in was saved too: the next sync brings everything that the server has.
    pub signed_in: bool,
}

impl Replica {
    /// Begins anew beside a damaged file: moves that aside, and takes over the sign-in and every unsettled command that still
    /// reads, as parked work. The next sync fetches all that the server has, this phone's own work too.
    ///
    /// What was parked may have reached the server before: the person looks, and sends it again or discards it. No actor of
    /// the damaged file writes again.
    ///
    /// # Errors
    /// A file that cannot be moved or made. What was moved stays where it is then.
    pub fn recover(path: &Path, options: Options, now_ms: u64) -> Result<(Self, Recovered), ReplicaError> {
        let quarantined =
            salvage::quarantine(path, &format!("damaged-{}", now_ms / 1000), options.key.as_ref())?;
        let store = Store::open(path, options)?;
        let parked = store.write(|tx| -> Result<u64, ReplicaError> {
            for (key, value) in kept(&quarantined) {
                settings::put(tx, key, value)?;
            }
            document_rows::skip_rebases(tx, quarantined.rebases, now_ms)?;
            recovery::begin(tx)?;
            for salvaged in &quarantined.commands {
                park(tx, salvaged, now_ms)?;
            }
            Ok(quarantined.commands.len() as u64)
        })?;
        let replica = Self::over(store)?;
        let recovered = Recovered {
            aside: quarantined.path,
            parked,
            signed_in: replica.identity().is_ok(),
        };
        Ok((replica, recovered))
    }
}

fn kept(quarantined: &Quarantined) -> impl Iterator<Item = (&str, &[u8])> {
    let all = quarantined.settings.iter();
    all.map(|(key, value)| (key.as_str(), value.as_slice()))
        .filter(|(key, _)| !NOT_KEPT.contains(key))
}

fn park(tx: &rusqlite::Connection, salvaged: &Salvaged, now_ms: u64) -> Result<(), ReplicaError> {
    let record = |error: serde_json::Error| ReplicaError::Record {
        what: "a saved command",
        detail: error.to_string(),
    };
    let rejection = serde_json::to_string(&Parking::Salvaged(salvaged.state).rejection()).map_err(record)?;
    let command = serde_json::to_string(&salvaged.command).map_err(record)?;
    parked::insert(
        tx,
        &NewParked {
            document: salvaged.command.document(),
            kind: salvaged.command.kind(),
            command: &command,
            rejection: &rejection,
            depends_on: None,
            written_ms: now_ms,
            parked_ms: now_ms,
        },
    )?;
    Ok(())
}
