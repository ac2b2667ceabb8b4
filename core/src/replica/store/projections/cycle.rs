use rusqlite::{Connection, OptionalExtension, params};

use super::StoreError;
use crate::model::DocumentId;

/// Works out anew when a customer's last valid visit ended: finished, and with a check-in that is not known
/// to be off site. Asked whenever a visit, a check-in or the customer itself comes or goes, in whatever
/// order.
pub(super) fn refresh(conn: &Connection, customer: DocumentId) -> Result<(), StoreError> {
    // The index yields the latest first, so the search ends at the first one that counts.
    let mut statement = conn.prepare_cached(
        "SELECT ended_ms FROM visit WHERE customer = ?1 AND status = 2 AND EXISTS (
             SELECT 1 FROM check_in
             WHERE check_in.visit = visit.document AND moment = 0 AND verdict IN (0, 2))
         ORDER BY ended_ms DESC LIMIT 1",
    )?;
    let latest: Option<i64> = statement.query_row([customer], |row| row.get(0)).optional()?;
    conn.prepare_cached(
        "UPDATE customer SET last_valid_visit_ms = ?2 WHERE document = ?1 AND last_valid_visit_ms IS NOT ?2",
    )?
    .execute(params![customer, latest])?;
    Ok(())
}
