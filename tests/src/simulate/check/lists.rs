use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{DocumentId, Kind};
use fieldbook_core::replica::store::{StoreError, documents, projections};
use fieldbook_core::replica::{Replica, ReplicaError};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension};

use super::{Failure, Property};
use crate::simulate::world::Phone;

/// The projections and what of each row is compared; numbers that SQLite deals out differ from one phone to the next.
const LISTS: [&str; 10] = [
    "SELECT document, owner, name, address, grade, external_id, store_type, lat, lon, tags, conflicts,
            last_valid_visit_ms FROM customer ORDER BY document",
    "SELECT * FROM contact ORDER BY customer, id",
    "SELECT * FROM visit ORDER BY document",
    "SELECT * FROM check_in ORDER BY document",
    "SELECT * FROM timeline ORDER BY document, item",
    "SELECT * FROM activity ORDER BY document",
    "SELECT * FROM approval ORDER BY document",
    "SELECT * FROM approval_line ORDER BY document, number",
    "SELECT * FROM approval_turn ORDER BY document, person, seat",
    "SELECT * FROM approval_receipt ORDER BY document, key",
];

/// What the attempt came to; it is always rolled back.
enum Attempt {
    Compared(Option<String>),
    Failed(StoreError),
}

impl From<StoreError> for Attempt {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

/// The rows that grew with every command and every answer are those that a fresh projection makes.
pub(super) fn agree(phone: &Phone) -> Result<(), Failure> {
    let replica = phone.replica()?;
    let failed = |error: &dyn std::fmt::Display| Failure::step("the lists cannot be made anew", error);
    let indices = indices(replica).map_err(|error| failed(&error))?;
    let attempt = replica.store().write(|tx| -> Result<(), Attempt> {
        let grown = rows(tx)?;
        for (kind, document, index) in &indices {
            projections::remove(tx, *document)?;
            projections::project(tx, *kind, *document, index, &[])?;
        }
        let fresh = rows(tx)?;
        let differing = grown.iter().zip(&fresh).find(|(grown, fresh)| grown != fresh);
        let differing = differing.map(|(grown, fresh)| difference(grown, fresh));
        Err(Attempt::Compared(differing))
    });
    match attempt {
        Err(Attempt::Compared(Some(difference))) => Err(Failure::new(
            Property::ListsAgree,
            format!("{}: {difference}", phone.name),
        )),
        Err(Attempt::Failed(error)) => Err(failed(&error)),
        Err(Attempt::Compared(None)) | Ok(()) => Ok(()),
    }
}

/// Sabotage: takes one customer out of the list.
pub(super) fn spoil(phone: &Phone) -> Result<(), Failure> {
    let spoilt = phone.replica()?.store().write(|tx| -> Result<(), StoreError> {
        let sql = "SELECT document FROM customer ORDER BY document LIMIT 1";
        let first: Option<DocumentId> = tx.query_row(sql, [], |row| row.get(0)).optional()?;
        first.map_or(Ok(()), |customer| projections::remove(tx, customer))
    });
    spoilt.map_err(|error| Failure::step("a list cannot be spoilt", &error))
}

type Indexed = (Kind, DocumentId, DocumentIndex);

fn indices(replica: &Replica) -> Result<Vec<Indexed>, ReplicaError> {
    let mut found = Vec::new();
    for row in replica.store().read(documents::all)? {
        if let Some(index) = replica.document(row.document)? {
            found.push((row.kind, row.document, index));
        }
    }
    Ok(found)
}

/// The rows of every list as text.
fn rows(conn: &Connection) -> Result<Vec<Vec<String>>, StoreError> {
    LISTS
        .iter()
        .map(|list| rows_of(conn, list).map_err(StoreError::from))
        .collect()
}

fn rows_of(conn: &Connection, list: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = conn.prepare_cached(list)?;
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let cells = columns
            .iter()
            .enumerate()
            .map(|(at, name)| Ok(format!("{name}={}", cell(row.get_ref(at)?))));
        found.push(cells.collect::<rusqlite::Result<Vec<_>>>()?.join(" "));
    }
    Ok(found)
}

fn cell(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "-".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(bytes) => hex::encode(bytes),
    }
}

fn difference(grown: &[String], fresh: &[String]) -> String {
    let only = |these: &[String], those: &[String]| {
        these
            .iter()
            .find(|row| !those.contains(row))
            .cloned()
            .unwrap_or_else(|| "nothing".to_owned())
    };
    format!(
        "a list shows [{}], made anew it shows [{}]",
        only(grown, fresh),
        only(fresh, grown)
    )
}
