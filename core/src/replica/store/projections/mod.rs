//! Typed rows for the lists, kept beside each document as it changes.

use rusqlite::Connection;

use super::StoreError;
use crate::gate::{DocumentIndex, Write};
use crate::model::{DocumentId, Kind};

/// Brings a document's rows up to date. With `touched`, only rows that these writes concern are looked at; empty
/// means all of them.
pub fn project(
    _conn: &Connection,
    _kind: Kind,
    _document: DocumentId,
    _index: &DocumentIndex,
    _touched: &[Write],
) -> Result<(), StoreError> {
    Ok(())
}

/// Removes all rows of a document.
pub fn remove(_conn: &Connection, _document: DocumentId) -> Result<(), StoreError> {
    Ok(())
}
