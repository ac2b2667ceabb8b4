use std::collections::BTreeSet;

use rusqlite::Connection;

use super::Identity;
use super::error::ReplicaError;
use super::store::{Store, settings};
use crate::model::{PersonId, Principal, Role, UnitId};
use crate::wire::{Cursor, Reference};

const IDENTITY: &str = "identity";
const REFERENCE: &str = "reference";
const CURSOR: &str = "cursor";
const SECRET: &str = "device_secret";
const NUMBER: &str = "request_number";

fn unreadable(what: &'static str, error: &dyn std::fmt::Display) -> ReplicaError {
    ReplicaError::Record {
        what,
        detail: error.to_string(),
    }
}

pub(super) fn stored_identity(store: &Store) -> Result<Option<Identity>, ReplicaError> {
    store.read(identity)
}

pub(super) fn identity(conn: &Connection) -> Result<Option<Identity>, ReplicaError> {
    let Some(bytes) = settings::get(conn, IDENTITY)? else {
        return Ok(None);
    };
    serde_json::from_slice(&bytes)
        .map(Some)
        .map_err(|error| unreadable("the identity", &error))
}

pub(super) fn store_identity(store: &Store, identity: &Identity) -> Result<(), ReplicaError> {
    store.write(|tx| put_identity(tx, identity))
}

pub(super) fn put_identity(conn: &Connection, identity: &Identity) -> Result<(), ReplicaError> {
    let bytes = serde_json::to_vec(identity).map_err(|error| unreadable("the identity", &error))?;
    Ok(settings::put(conn, IDENTITY, &bytes)?)
}

/// The secret that this installation signs in with: the one it has, or `fresh` from now on.
pub(super) fn device_secret(store: &Store, fresh: [u8; 32]) -> Result<[u8; 32], ReplicaError> {
    store.write(|tx| -> Result<[u8; 32], ReplicaError> {
        if let Some(bytes) = settings::get(tx, SECRET)?
            && let Ok(secret) = bytes.try_into()
        {
            return Ok(secret);
        }
        settings::put(tx, SECRET, &fresh)?;
        Ok(fresh)
    })
}

/// Another secret from now on.
pub(super) fn put_device_secret(conn: &Connection, secret: [u8; 32]) -> Result<(), ReplicaError> {
    Ok(settings::put(conn, SECRET, &secret)?)
}

/// Counts one request more; its number is written down before it goes out, so that none is used twice.
pub(super) fn next_number(store: &Store) -> Result<u64, ReplicaError> {
    store.write(|tx| -> Result<u64, ReplicaError> {
        let last = settings::get(tx, NUMBER)?.and_then(|bytes| bytes.try_into().ok());
        let number = last.map_or(0, u64::from_be_bytes) + 1;
        settings::put(tx, NUMBER, &number.to_be_bytes())?;
        Ok(number)
    })
}

pub(super) fn stored_reference(store: &Store) -> Result<Option<Reference>, ReplicaError> {
    let Some(bytes) = store.read(|conn| settings::get(conn, REFERENCE))? else {
        return Ok(None);
    };
    minicbor::decode(&bytes)
        .map(Some)
        .map_err(|error| unreadable("the reference rows", &error))
}

pub(super) fn put_reference(conn: &Connection, reference: &Reference) -> Result<(), ReplicaError> {
    let bytes = minicbor::to_vec(reference).map_err(|error| unreadable("the reference rows", &error))?;
    Ok(settings::put(conn, REFERENCE, &bytes)?)
}

pub(super) fn cursor(conn: &Connection) -> Result<Option<Cursor>, ReplicaError> {
    let Some(bytes) = settings::get(conn, CURSOR)? else {
        return Ok(None);
    };
    minicbor::decode(&bytes)
        .map(Some)
        .map_err(|error| unreadable("the cursor", &error))
}

pub(super) fn forget_cursor(conn: &Connection) -> Result<(), ReplicaError> {
    Ok(settings::remove(conn, CURSOR)?)
}

pub(super) fn put_cursor(conn: &Connection, cursor: &Cursor) -> Result<(), ReplicaError> {
    let bytes = minicbor::to_vec(cursor).map_err(|error| unreadable("the cursor", &error))?;
    Ok(settings::put(conn, CURSOR, &bytes)?)
}

/// The person as the rules see them. Before the first sync they are a rep who sees only themselves.
pub(super) fn principal(identity: &Identity, reference: Option<&Reference>) -> Principal {
    let people = reference
        .map(|reference| reference.people.as_slice())
        .unwrap_or_default();
    let me = people.iter().find(|person| person.id == identity.person);
    let mut subtree: BTreeSet<_> = people
        .iter()
        .filter(|person| person.visible)
        .map(|p| p.id)
        .collect();
    subtree.insert(identity.person);
    let (unit, role) = me.map_or((UnitId(uuid::Uuid::nil()), Role::Rep), |me| (me.unit, me.role));
    subtree.extend(pools(reference, unit, role));
    Principal {
        tenant: identity.tenant,
        person: identity.person,
        unit,
        role,
        subtree,
        is_server: false,
    }
}

/// The pools that a person sees: that of their unit and, for a supervisor, of the units below.
fn pools(reference: Option<&Reference>, unit: UnitId, role: Role) -> BTreeSet<PersonId> {
    let units = reference.map_or(&[][..], |reference| reference.units.as_slice());
    let mut below = BTreeSet::from([unit]);
    if role == Role::Supervisor {
        // Parents come first.
        for other in units {
            if other.parent.is_some_and(|parent| below.contains(&parent)) {
                below.insert(other.id);
            }
        }
    }
    let is_known = |unit: &UnitId| units.iter().any(|known| known.id == *unit);
    below.into_iter().filter(is_known).map(UnitId::pool).collect()
}
