use std::path::Path;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::principal;
use super::store::{Options, documents as document_rows, settings};
use super::{Identity, Replica, ReplicaError, with_key};
use crate::model::DeviceId;

const FORMER: &str = "former";
const MARKER: &str = "marker";

/// What tells an installation of the app on one phone from a copy of its data on another.
#[derive(Clone, PartialEq, Eq)]
pub struct Handset {
    /// Something that is made once by the platform and never travels with a backup or a copy: on Android a random
    /// number in `noBackupFilesDir`, on iOS a keychain item of this device only.
    pub marker: Vec<u8>,
    /// 32 fresh random bytes: the secret of the key that a copy takes.
    pub fresh: [u8; 32],
}

impl std::fmt::Debug for Handset {
    /// Never prints the secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Handset").finish_non_exhaustive()
    }
}

/// The installation that this one was copied from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    /// Who it was. What it had written and not delivered goes to the server under its name; it may be there already.
    pub identity: Identity,
    /// The server knows this installation as one of its own.
    pub is_registered: bool,
}

impl Replica {
    /// [`Replica::open`] on a phone that can tell whether the file was copied from another one. A copy takes a key of its
    /// own before anything can be written: two installations never write under one name.
    ///
    /// # Errors
    /// As [`Replica::open`].
    pub fn open_on(path: &Path, options: Options, handset: &Handset) -> Result<Self, ReplicaError> {
        let replica = Self::open(path, options)?;
        let known = replica.store().read(|conn| settings::get(conn, MARKER))?;
        if known.as_ref() == Some(&handset.marker) {
            return Ok(replica);
        }
        replica.store().write(|tx| -> Result<(), ReplicaError> {
            if known.is_some() {
                take_own_key(tx, handset.fresh)?;
            }
            Ok(settings::put(tx, MARKER, &handset.marker)?)
        })?;
        replica.read_identity()?;
        Ok(replica)
    }

    /// The server says that this phone is a copy of another: it takes a key of its own, with `fresh` as its secret.
    ///
    /// # Errors
    /// When the store does not write; nothing changes then.
    pub fn became_copy(&self, fresh: [u8; 32]) -> Result<(), ReplicaError> {
        self.store().write(|tx| take_own_key(tx, fresh))?;
        self.read_identity()
    }

    /// The installation that this one was copied from, if it was.
    ///
    /// # Errors
    /// When the record does not read.
    pub fn former(&self) -> Result<Option<Former>, ReplicaError> {
        self.store().read(former)
    }

    /// The server registered this copy as a device of its own.
    ///
    /// # Errors
    /// When the store does not write.
    pub fn registered(&self, device: DeviceId, epoch: u32) -> Result<(), ReplicaError> {
        self.store().write(|tx| -> Result<(), ReplicaError> {
            let Some(mut identity) = principal::identity(tx)? else {
                return Err(ReplicaError::NotEnrolled);
            };
            (identity.device, identity.epoch) = (device, epoch);
            principal::put_identity(tx, &identity)?;
            if let Some(mut former) = former(tx)? {
                former.is_registered = true;
                put_former(tx, &former)?;
            }
            Ok(())
        })?;
        self.read_identity()
    }

    /// Takes the identity from the store again.
    pub(super) fn read_identity(&self) -> Result<(), ReplicaError> {
        let identity = principal::stored_identity(self.store())?;
        *self.lock_identity() = identity.map(with_key);
        Ok(())
    }
}

/// The installation that this one was copied from.
pub(super) fn former(conn: &Connection) -> Result<Option<Former>, ReplicaError> {
    let Some(bytes) = settings::get(conn, FORMER)? else {
        return Ok(None);
    };
    let read = serde_json::from_slice(&bytes);
    read.map(Some).map_err(|error| unreadable(&error))
}

/// From now on this installation writes under a new key. What it has written under the old one stays as it is: the phone
/// that it was copied from may have sent the same. On a replica that nobody signed in on only the secret is new.
pub(super) fn take_own_key(tx: &Connection, fresh: [u8; 32]) -> Result<(), ReplicaError> {
    principal::put_device_secret(tx, fresh)?;
    let Some(identity) = principal::identity(tx)? else {
        return Ok(());
    };
    // A copy of a copy that the server has not met yet: the one that it has met vouches for this one, too.
    let vouching = former(tx)?.filter(|former| !former.is_registered);
    put_former(
        tx,
        &vouching.unwrap_or_else(|| Former {
            identity: identity.clone(),
            is_registered: false,
        }),
    )?;
    principal::put_identity(
        tx,
        &Identity {
            secret: fresh,
            epoch: 0,
            ..identity
        },
    )?;
    document_rows::next_rebase_of_own(tx)?;
    // As a device of its own it gets what the other one wrote meanwhile.
    principal::forget_cursor(tx)
}

fn put_former(conn: &Connection, former: &Former) -> Result<(), ReplicaError> {
    let bytes = serde_json::to_vec(former).map_err(|error| unreadable(&error))?;
    Ok(settings::put(conn, FORMER, &bytes)?)
}

fn unreadable(error: &dyn std::fmt::Display) -> ReplicaError {
    ReplicaError::Record {
        what: "the installation that this one was copied from",
        detail: error.to_string(),
    }
}
