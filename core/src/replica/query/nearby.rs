use rusqlite::Connection;

use crate::geo::{Bounds, Position};
use crate::replica::store::StoreError;
use crate::replica::store::lists::{self, FoundCustomer};

/// Customers at most `radius_m` metres away, the nearest first, at most `limit`.
pub fn nearby(
    conn: &Connection,
    position: Position,
    radius_m: f64,
    limit: usize,
) -> Result<Vec<FoundCustomer>, StoreError> {
    let bounds = Bounds::around(position, radius_m);
    let mut found = lists::in_box(conn, &bounds)?;
    if let Some(beyond) = bounds.beyond_date_line() {
        found.extend(lists::in_box(conn, &beyond)?);
    }
    for customer in &mut found {
        customer.seen_from(position);
    }
    found.retain(|customer| customer.distance_m.is_some_and(|distance| distance <= radius_m));
    let distance = |customer: &FoundCustomer| customer.distance_m.unwrap_or(f64::INFINITY);
    found.sort_by(|a, b| {
        distance(a)
            .total_cmp(&distance(b))
            .then(a.document.cmp(&b.document))
    });
    found.dedup_by_key(|customer| customer.document);
    found.truncate(limit);
    Ok(found)
}
