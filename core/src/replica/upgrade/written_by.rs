use rusqlite::Connection;

use crate::replica::error::ReplicaError;
use crate::replica::store::{settings, tables_version};
use crate::wire::SCHEMA_VERSION;

const WRITTEN_BY: &str = "written_by";
const OLDER: &str = "older";

/// Which version last wrote a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WrittenBy {
    /// Of documents and commands.
    pub(super) schema: u32,
    /// Of the tables.
    tables: i64,
}

impl WrittenBy {
    /// This version of the app.
    pub(super) fn today() -> Self {
        Self {
            schema: SCHEMA_VERSION,
            tables: tables_version(),
        }
    }

    /// The first one: it did not say so.
    pub(super) fn first() -> Self {
        Self { schema: 1, tables: 1 }
    }
}

/// What the file says; `None` when it says nothing.
pub(super) fn get(conn: &Connection) -> Result<Option<WrittenBy>, ReplicaError> {
    let bytes: Option<[u8; 12]> = settings::get(conn, WRITTEN_BY)?.and_then(|bytes| bytes.try_into().ok());
    Ok(bytes.map(|[a, b, c, d, tables @ ..]| WrittenBy {
        schema: u32::from_be_bytes([a, b, c, d]),
        tables: i64::from_be_bytes(tables),
    }))
}

pub(super) fn put(tx: &Connection, written_by: WrittenBy) -> Result<(), ReplicaError> {
    let mut bytes = [0; 12];
    bytes[..4].copy_from_slice(&written_by.schema.to_be_bytes());
    bytes[4..].copy_from_slice(&written_by.tables.to_be_bytes());
    Ok(settings::put(tx, WRITTEN_BY, &bytes)?)
}

/// The hashes of the operations that an older version wrote and that waited when this one came.
pub(super) fn older(conn: &Connection) -> Result<Vec<[u8; 32]>, ReplicaError> {
    let bytes = settings::get(conn, OLDER)?.unwrap_or_default();
    Ok(bytes.as_chunks().0.to_vec())
}

pub(super) fn put_older(tx: &Connection, hashes: &[[u8; 32]]) -> Result<(), ReplicaError> {
    Ok(settings::put(tx, OLDER, hashes.as_flattened())?)
}
