use std::time::SystemTime;

use fieldbook_core::replica::query;

use crate::values::signed_instant;
use crate::{CustomerId, Position, RecordState};

/// A customer as a search finds it.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct FoundCustomer {
    /// Its id.
    pub id: CustomerId,
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: String,
    /// Where it is.
    pub position: Option<Position>,
    /// Its grade.
    pub grade: Option<String>,
    /// When its last valid visit ended.
    pub last_valid_visit: Option<SystemTime>,
    /// Which truth it is.
    pub state: RecordState,
    /// How far it is in metres, when a position was given and it has one.
    pub distance_m: Option<f64>,
    /// In which direction, in degrees clockwise from north; as the distance.
    pub bearing_deg: Option<f64>,
}

/// A customer whose next visit is due.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct DueCustomer {
    /// The customer.
    pub customer: FoundCustomer,
    /// Since when; nothing when there was never a valid visit.
    pub since: Option<SystemTime>,
}

impl From<query::FoundCustomer> for FoundCustomer {
    fn from(row: query::FoundCustomer) -> Self {
        Self {
            id: row.document.into(),
            name: row.name,
            address: row.address,
            position: row.position.map(Into::into),
            grade: row.grade,
            last_valid_visit: row.last_valid_visit_ms.map(signed_instant),
            state: row.state.into(),
            distance_m: row.distance_m,
            bearing_deg: row.bearing_deg,
        }
    }
}

impl From<query::DueCustomer> for DueCustomer {
    fn from(row: query::DueCustomer) -> Self {
        Self {
            customer: row.customer.into(),
            since: row.due_ms.map(signed_instant),
        }
    }
}
