use rusqlite::{Connection, Params, Row, params};
use uuid::Uuid;

use crate::geo::Position;
use crate::model::{DocumentId, PersonId};
use crate::replica::store::StoreError;
use crate::replica::store::documents::DocumentState;
use crate::replica::store::values::{column_json, column_position, unsigned};

/// A customer as its page and lists show it.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerRow {
    /// The customer.
    pub document: DocumentId,
    /// Who looks after it; in the pool, the unit whose pool it is.
    pub owner: PersonId,
    /// True when nobody looks after it and it can be claimed.
    pub pool: bool,
    /// What somebody asked for last and the server has not answered: `claim`, `release`, `owner` or `grade`.
    pub asked: Option<String>,
    /// Who asked for that.
    pub asked_by: Option<PersonId>,
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: String,
    /// Its grade; decides how often it is visited.
    pub grade: Option<String>,
    /// The number it has in another system.
    pub external_id: Option<String>,
    /// What sort of shop it is.
    pub store_type: Option<String>,
    /// Its position.
    pub position: Option<Position>,
    /// Its tags, sorted.
    pub tags: Vec<String>,
    /// Important fields with more than one value set at once, and the values that do not show.
    pub conflicts: Vec<(String, Vec<String>)>,
    /// When its last valid visit ended, in milliseconds since 1970.
    pub last_valid_visit_ms: Option<i64>,
    /// Which truth it is.
    pub state: DocumentState,
}

/// One contact of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactRow {
    /// Its id.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Option<String>,
    /// Their telephone.
    pub phone: Option<String>,
    /// Their address for mail.
    pub email: Option<String>,
}

const SELECT: &str =
    "SELECT customer.document, customer.owner, name, address, grade, external_id, store_type, lat, lon,
        tags, conflicts, last_valid_visit_ms, coalesce(document.state, 0), pool, asked, asked_by
    FROM customer LEFT JOIN document ON document.id = customer.document";

/// One customer.
pub fn customer(conn: &Connection, document: DocumentId) -> Result<Option<CustomerRow>, StoreError> {
    Ok(select(conn, "WHERE customer.document = ?1", [document])?.pop())
}

/// Customers by name, `limit` of them after the first `skip`.
pub fn customers(conn: &Connection, skip: usize, limit: usize) -> Result<Vec<CustomerRow>, StoreError> {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    select(
        conn,
        "ORDER BY name COLLATE NOCASE, number LIMIT ?1 OFFSET ?2",
        params![number(limit), number(skip)],
    )
}

/// Customers of the pool by name, `limit` of them after the first `skip`.
pub fn pooled(conn: &Connection, skip: usize, limit: usize) -> Result<Vec<CustomerRow>, StoreError> {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    select(
        conn,
        "WHERE pool = 1 ORDER BY name COLLATE NOCASE, number LIMIT ?1 OFFSET ?2",
        params![number(limit), number(skip)],
    )
}

/// How many customers a person looks after, and how many more they have claimed without an answer.
pub fn held(conn: &Connection, person: PersonId) -> Result<(u64, u64), StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT coalesce(sum(owner = ?1), 0), coalesce(sum(pool = 1 AND asked = 'claim' AND asked_by = ?1), 0)
         FROM customer",
    )?;
    Ok(statement.query_row([person], |row| Ok((unsigned(row.get(0)?), unsigned(row.get(1)?))))?)
}

/// The contacts of a customer, in the order of their ids.
pub fn contacts(conn: &Connection, customer: DocumentId) -> Result<Vec<ContactRow>, StoreError> {
    let mut statement = conn
        .prepare_cached("SELECT id, name, role, phone, email FROM contact WHERE customer = ?1 ORDER BY id")?;
    let rows = statement.query_map([customer], |row| {
        Ok(ContactRow {
            id: Uuid::from_bytes(row.get(0)?),
            name: row.get(1)?,
            role: row.get(2)?,
            phone: row.get(3)?,
            email: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn select(conn: &Connection, rest: &str, params: impl Params) -> Result<Vec<CustomerRow>, StoreError> {
    let mut statement = conn.prepare_cached(&format!("{SELECT} {rest}"))?;
    let rows = statement.query_map(params, read)?.collect::<Result<_, _>>()?;
    Ok(rows)
}

fn read(row: &Row<'_>) -> rusqlite::Result<CustomerRow> {
    Ok(CustomerRow {
        document: row.get(0)?,
        owner: row.get(1)?,
        name: row.get(2)?,
        address: row.get(3)?,
        grade: row.get(4)?,
        external_id: row.get(5)?,
        store_type: row.get(6)?,
        position: column_position(row, 7)?,
        tags: column_json(row, 9)?,
        conflicts: column_json(row, 10)?,
        last_valid_visit_ms: row.get(11)?,
        state: row.get(12)?,
        pool: row.get(13)?,
        asked: row.get(14)?,
        asked_by: row.get(15)?,
    })
}
