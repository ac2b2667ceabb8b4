use rusqlite::Connection;

use super::StoreError;
use crate::model::DocumentId;

/// Works out anew when a customer's last valid visit ended: finished, and with a check-in that is not known to be off
/// site. Asked whenever a visit, a check-in or the customer itself comes or goes, in whatever order.
pub(super) fn refresh(conn: &Connection, customer: DocumentId) -> Result<(), StoreError> {
    conn.prepare_cached(
        "UPDATE customer SET last_valid_visit_ms = latest.ended_ms
         FROM (SELECT max(visit.ended_ms) AS ended_ms FROM visit
               WHERE visit.customer = ?1 AND visit.status = 2 AND EXISTS (
                   SELECT 1 FROM check_in
                   WHERE check_in.visit = visit.document AND moment = 0 AND verdict IN (0, 2))) AS latest
         WHERE customer.document = ?1 AND customer.last_valid_visit_ms IS NOT latest.ended_ms",
    )?
    .execute([customer])?;
    Ok(())
}
