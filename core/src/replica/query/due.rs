use rusqlite::Connection;

use crate::replica::store::StoreError;
use crate::replica::store::lists::{self, FoundCustomer};
use crate::wire::Policy;

const DAY_MS: i64 = 86_400_000;

/// A customer whose next visit is due.
#[derive(Clone, Debug, PartialEq)]
pub struct DueCustomer {
    /// The customer.
    pub customer: FoundCustomer,
    /// Since when, in milliseconds since 1970; absent when there was never a valid visit.
    pub due_ms: Option<i64>,
}

/// When the next visit is due: the end of the last valid one and the cycle of the grade. Derived wherever it
/// is shown and stored nowhere.
pub fn due_ms(policy: &Policy, grade: Option<&str>, last_valid_visit_ms: Option<i64>) -> Option<i64> {
    let cycle = policy
        .cycles
        .iter()
        .find(|cycle| Some(cycle.grade.as_str()) == grade)?;
    Some(last_valid_visit_ms? + i64::from(cycle.days) * DAY_MS)
}

/// Customers whose next visit is due by `now_ms`: the longest overdue first, then those never visited, at
/// most `limit`. A customer whose grade has no cycle is never due.
pub fn due(
    conn: &Connection,
    now_ms: i64,
    policy: &Policy,
    limit: usize,
) -> Result<Vec<DueCustomer>, StoreError> {
    let mut found = Vec::new();
    for cycle in &policy.cycles {
        let until_ms = now_ms - i64::from(cycle.days) * DAY_MS;
        found.extend(lists::due(conn, &cycle.grade, Some(until_ms), limit)?);
    }
    if found.len() < limit {
        for cycle in &policy.cycles {
            found.extend(lists::due(conn, &cycle.grade, None, limit - found.len())?);
        }
    }
    let mut due: Vec<DueCustomer> = found
        .into_iter()
        .map(|customer| DueCustomer {
            due_ms: due_ms(policy, customer.grade.as_deref(), customer.last_valid_visit_ms),
            customer,
        })
        .collect();
    due.sort_by_key(|row| (row.due_ms.is_none(), row.due_ms, row.customer.document));
    due.truncate(limit);
    Ok(due)
}
