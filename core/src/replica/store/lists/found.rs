use rusqlite::{Connection, Params, Row, params};

use crate::geo::{Bounds, Position, bearing_deg, distance_m};
use crate::model::DocumentId;
use crate::replica::store::StoreError;
use crate::replica::store::documents::DocumentState;
use crate::replica::store::values::column_position;

/// A customer as a search finds it.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundCustomer {
    /// The customer.
    pub document: DocumentId,
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: String,
    /// Its position.
    pub position: Option<Position>,
    /// Its grade.
    pub grade: Option<String>,
    /// When its last valid visit ended, in milliseconds since 1970.
    pub last_valid_visit_ms: Option<i64>,
    /// Which truth it is.
    pub state: DocumentState,
    /// How far it is in metres, when a position was given and it has one.
    pub distance_m: Option<f64>,
    /// In which direction, in degrees clockwise from north; as the distance.
    pub bearing_deg: Option<f64>,
}

impl FoundCustomer {
    /// Says how far and in which direction it is from here.
    pub(in crate::replica) fn seen_from(&mut self, here: Position) {
        self.distance_m = self.position.map(|place| distance_m(here, place));
        self.bearing_deg = self.position.map(|place| bearing_deg(here, place));
    }
}

/// A customer whose visit is due.
pub type DueRow = FoundCustomer;

const COLUMNS: &str =
    "customer.document, name, address, lat, lon, grade, last_valid_visit_ms, coalesce(document.state, 0)";

/// Customers that an FTS5 query finds, in no particular order, at most `limit`.
pub fn matching(conn: &Connection, query: &str, limit: usize) -> Result<Vec<FoundCustomer>, StoreError> {
    // The subquery stops early; only what it found is joined.
    let sql = format!(
        "SELECT {COLUMNS} FROM (SELECT rowid FROM customer_search WHERE customer_search MATCH ?1 LIMIT ?2) AS hit
         CROSS JOIN customer ON customer.number = hit.rowid
         LEFT JOIN document ON document.id = customer.document"
    );
    select(
        conn,
        &sql,
        params![query, i64::try_from(limit).unwrap_or(i64::MAX)],
    )
}

/// Customers whose position lies in a box, in no particular order. The index rounds outwards, so some lie
/// just outside.
pub fn in_box(conn: &Connection, bounds: &Bounds) -> Result<Vec<FoundCustomer>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM customer_place
         CROSS JOIN customer ON customer.number = customer_place.number
         LEFT JOIN document ON document.id = customer.document
         WHERE north >= ?1 AND south <= ?2 AND east >= ?3 AND west <= ?4"
    );
    select(
        conn,
        &sql,
        params![bounds.south, bounds.north, bounds.west, bounds.east],
    )
}

/// Customers of a grade whose last valid visit ended at or before a time, the longest ago first, at most
/// `limit`. With no time, those that were never validly visited.
pub fn due(
    conn: &Connection,
    grade: &str,
    until_ms: Option<i64>,
    limit: usize,
) -> Result<Vec<DueRow>, StoreError> {
    let when = if until_ms.is_some() {
        "last_valid_visit_ms <= ?2"
    } else {
        "last_valid_visit_ms IS ?2"
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM customer LEFT JOIN document ON document.id = customer.document
         WHERE grade = ?1 AND {when} ORDER BY last_valid_visit_ms, number LIMIT ?3"
    );
    select(
        conn,
        &sql,
        params![grade, until_ms, i64::try_from(limit).unwrap_or(i64::MAX)],
    )
}

fn select(conn: &Connection, sql: &str, params: impl Params) -> Result<Vec<FoundCustomer>, StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(params, read)?.collect::<Result<_, _>>()?;
    Ok(rows)
}

fn read(row: &Row<'_>) -> rusqlite::Result<FoundCustomer> {
    Ok(FoundCustomer {
        document: row.get(0)?,
        name: row.get(1)?,
        address: row.get(2)?,
        position: column_position(row, 3)?,
        grade: row.get(5)?,
        last_valid_visit_ms: row.get(6)?,
        state: row.get(7)?,
        distance_m: None,
        bearing_deg: None,
    })
}
