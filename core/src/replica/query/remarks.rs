use rusqlite::Connection;

use crate::model::PersonId;
use crate::replica::store::StoreError;
use crate::replica::store::lists::{self, VisitRow};
use crate::replica::store::projections::TimelineItem;

/// What a person is told: they moved or called off a visit, and the rep was there already.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// What they had asked for: `detail` says `moved` or `cancelled`, `text` why, `value` the new time.
    pub asked: TimelineItem,
    /// The visit as it really is.
    pub visit: VisitRow,
}

/// The changes of plans by this person that became remarks, from a time on (milliseconds since 1970), the latest first.
pub fn remarks(conn: &Connection, person: PersonId, since_ms: i64) -> Result<Vec<Remark>, StoreError> {
    let mut remarks = Vec::new();
    for asked in lists::remarks_of(conn, person, since_ms)? {
        if let Some(visit) = lists::visit(conn, asked.document)? {
            remarks.push(Remark { asked, visit });
        }
    }
    Ok(remarks)
}
