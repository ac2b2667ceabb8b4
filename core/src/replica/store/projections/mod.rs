//! Typed rows for the lists, kept beside each document as it changes.
//!
//! Rows are derived: what counts is the document, and all of them can be made anew from it. They do not
//! depend on the order in which documents arrive.

mod activity;
mod approval;
mod check_in;
mod customer;
mod cycle;
mod timeline;
mod touched;
mod visit;

use rusqlite::Connection;

use super::StoreError;
use crate::document::view::ViewError;
use crate::gate::{DocumentIndex, Write};
use crate::model::{DocumentId, Kind};
pub use timeline::{Answered, TimelineItem, TimelineKind};
use touched::Touched;

/// Brings a document's rows up to date. With `writes`, only rows that these concern are looked at; empty
/// means all of them.
///
/// A document that does not read as its kind keeps the rows it has: it is stored all the same, and one that a
/// newer app wrote must not hold up the others.
pub fn project(
    conn: &Connection,
    kind: Kind,
    document: DocumentId,
    index: &DocumentIndex,
    writes: &[Write],
) -> Result<(), StoreError> {
    let touched = Touched::by(writes);
    let done = match kind {
        Kind::Customer => customer::project(conn, document, index, touched),
        Kind::Visit => visit::project(conn, document, index, touched),
        Kind::CheckIn => check_in::project(conn, document, index),
        Kind::Activity => activity::project(conn, document, index, touched),
        Kind::Approval => approval::project(conn, document, index, touched),
    };
    match done {
        Err(ProjectError::View(error)) => {
            tracing::warn!(%kind, %document, %error, "a document does not read and cannot be listed");
            Ok(())
        }
        Err(ProjectError::Store(error)) => Err(error),
        Ok(()) => Ok(()),
    }
}

/// Removes all rows of a document.
pub fn remove(conn: &Connection, document: DocumentId) -> Result<(), StoreError> {
    customer::remove(conn, document)?;
    visit::remove(conn, document)?;
    check_in::remove(conn, document)?;
    activity::remove(conn, document)?;
    approval::remove(conn, document)?;
    timeline::remove(conn, document)
}

/// Why a document was not projected.
#[derive(Debug)]
enum ProjectError {
    View(ViewError),
    Store(StoreError),
}

impl From<ViewError> for ProjectError {
    fn from(error: ViewError) -> Self {
        Self::View(error)
    }
}

impl From<StoreError> for ProjectError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<rusqlite::Error> for ProjectError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}
