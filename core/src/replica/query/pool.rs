use rusqlite::Connection;

use crate::model::PersonId;
use crate::replica::store::StoreError;
use crate::replica::store::lists::{self, CustomerRow};
use crate::wire::Policy;

/// How many customers a person has, as far as this phone knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holdings {
    /// Customers that they look after.
    pub held: u64,
    /// Claims that the server has not answered.
    pub asked: u64,
    /// How many the house allows.
    pub limit: u64,
}

/// The customers that nobody looks after, by name, `limit` of them after the first `skip`. Those that somebody has asked
/// for say so in `asked` and `asked_by`.
pub fn pool(conn: &Connection, skip: usize, limit: usize) -> Result<Vec<CustomerRow>, StoreError> {
    lists::pooled(conn, skip, limit)
}

/// How many customers a person has and may have.
pub fn holdings(conn: &Connection, person: PersonId, policy: &Policy) -> Result<Holdings, StoreError> {
    let (held, asked) = lists::held(conn, person)?;
    Ok(Holdings {
        held,
        asked,
        limit: u64::from(policy.holding_limit),
    })
}
