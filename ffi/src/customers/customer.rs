use std::time::SystemTime;

use fieldbook_core::model;
use fieldbook_core::replica::query;

use crate::values::signed_instant;
use crate::{ContactId, CustomerId, PersonId, Position, RecordState, UnitId};

/// A customer.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Customer {
    /// Its id.
    pub id: CustomerId,
    /// Who looks after it; nobody when it is in the pool.
    pub owner: Option<PersonId>,
    /// The unit whose pool it is in; nothing when somebody looks after it.
    pub pool: Option<UnitId>,
    /// What somebody asked for last and the server has not answered.
    pub asked: Option<AskedFor>,
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
    /// Where it is.
    pub position: Option<Position>,
    /// Its tags, sorted.
    pub tags: Vec<String>,
    /// Important fields that two people set at once.
    pub conflicts: Vec<Conflict>,
    /// When its last valid visit ended.
    pub last_valid_visit: Option<SystemTime>,
    /// Which truth it is.
    pub state: RecordState,
}

/// A field that two people set at once: both values are kept and one shows.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Conflict {
    /// The field.
    pub field: String,
    /// The values that do not show; a place as `latitude,longitude` in degrees.
    pub others: Vec<String>,
}

/// A contact of a customer.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Contact {
    /// Its id.
    pub id: ContactId,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Option<String>,
    /// Their telephone.
    pub phone: Option<String>,
    /// Their address for mail.
    pub email: Option<String>,
}

/// What can be asked for about a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum AskedFor {
    /// To look after it.
    Claim,
    /// That it goes back to the pool.
    Release,
    /// That somebody else looks after it.
    Owner,
    /// Another grade.
    Grade,
}

impl From<query::CustomerRow> for Customer {
    fn from(row: query::CustomerRow) -> Self {
        let conflicts = row.conflicts.into_iter();
        Self {
            id: row.document.into(),
            owner: (!row.pool).then(|| row.owner.into()),
            // In the pool the owner's place holds the unit.
            pool: row.pool.then_some(UnitId(model::UnitId(row.owner.0))),
            asked: row.asked.as_deref().and_then(AskedFor::of_name),
            asked_by: row.asked_by.map(Into::into),
            name: row.name,
            address: row.address,
            grade: row.grade,
            external_id: row.external_id,
            store_type: row.store_type,
            position: row.position.map(Into::into),
            tags: row.tags,
            conflicts: conflicts
                .map(|(field, others)| Conflict { field, others })
                .collect(),
            last_valid_visit: row.last_valid_visit_ms.map(signed_instant),
            state: row.state.into(),
        }
    }
}

impl From<query::ContactRow> for Contact {
    fn from(row: query::ContactRow) -> Self {
        Self {
            id: row.id.into(),
            name: row.name,
            role: row.role,
            phone: row.phone,
            email: row.email,
        }
    }
}

impl AskedFor {
    pub(super) fn of_name(name: &str) -> Option<Self> {
        match name {
            "claim" => Some(Self::Claim),
            "release" => Some(Self::Release),
            "owner" => Some(Self::Owner),
            "grade" => Some(Self::Grade),
            _ => None,
        }
    }
}
