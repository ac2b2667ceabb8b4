use rusqlite::Connection;

use super::due::due_ms;
use crate::model::DocumentId;
use crate::replica::store::StoreError;
use crate::replica::store::lists::{self, ContactRow, CustomerRow};
use crate::replica::store::projections::TimelineItem;
use crate::wire::Policy;

/// How many things a customer's timeline shows.
const TIMELINE: usize = 100;

/// Everything on a customer's page.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerDetail {
    /// The customer.
    pub customer: CustomerRow,
    /// When the next visit is due, in milliseconds since 1970; absent without a cycle or a visit.
    pub due_ms: Option<i64>,
    /// Its contacts.
    pub contacts: Vec<ContactRow>,
    /// What happened with it, the latest thing first.
    pub timeline: Vec<TimelineItem>,
}

/// A customer's page; `None` when the customer is not on this phone.
pub fn customer_detail(
    conn: &Connection,
    document: DocumentId,
    policy: &Policy,
) -> Result<Option<CustomerDetail>, StoreError> {
    let Some(customer) = lists::customer(conn, document)? else {
        return Ok(None);
    };
    Ok(Some(CustomerDetail {
        due_ms: due_ms(policy, customer.grade.as_deref(), customer.last_valid_visit_ms),
        contacts: lists::contacts(conn, document)?,
        timeline: lists::of_customer(conn, document, TIMELINE)?,
        customer,
    }))
}
