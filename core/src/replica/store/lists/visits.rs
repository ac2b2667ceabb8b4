use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, Params, Row, params};

use crate::document::view::VisitStatus;
use crate::geo::{Position, Verdict};
use crate::model::{DocumentId, PersonId};
use crate::replica::store::StoreError;
use crate::replica::store::documents::DocumentState;
use crate::replica::store::values::{column_instant, column_position, optional_instant};

/// A visit as lists show it, with what they say of its customer.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitRow {
    /// The visit.
    pub document: DocumentId,
    /// Whom.
    pub customer: DocumentId,
    /// The customer's name; absent when the customer is not on this phone.
    pub customer_name: Option<String>,
    /// The customer's address.
    pub customer_address: Option<String>,
    /// Where the customer is.
    pub position: Option<Position>,
    /// The customer's grade.
    pub grade: Option<String>,
    /// When the customer's last valid visit ended, in milliseconds since 1970.
    pub last_valid_visit_ms: Option<i64>,
    /// Who visits.
    pub rep: PersonId,
    /// The template it follows.
    pub template: String,
    /// Where it is in its life.
    pub status: VisitStatus,
    /// The planned time.
    pub plan_start: DateTime<FixedOffset>,
    /// What for.
    pub purpose: String,
    /// When it began.
    pub started: Option<DateTime<FixedOffset>>,
    /// When it was finished or cancelled.
    pub ended: Option<DateTime<FixedOffset>>,
    /// Why it was cancelled.
    pub cancel_reason: Option<String>,
    /// The notes.
    pub notes: String,
    /// What comes next.
    pub next_step: Option<String>,
    /// The outcome said at the end.
    pub outcome: Option<String>,
    /// The phone's verdict at the door.
    pub verdict: Option<Verdict>,
    /// How far from the customer the check-in was, in metres.
    pub distance_m: Option<f64>,
    /// The worst state of the visit and its check-ins.
    pub state: DocumentState,
}

/// One row for each visit; of several check-ins at the door the first one counts.
const SELECT: &str = "SELECT visit.document, visit.customer, customer.name, customer.address, customer.lat, customer.lon,
        customer.grade, customer.last_valid_visit_ms, visit.rep, template, status, plan_start_ms, plan_offset_min,
        purpose, started_ms, started_offset_min, ended_ms, ended_offset_min, cancel_reason, notes, next_step, outcome,
        door.verdict, door.distance_m,
        max(coalesce(document.state, 0), coalesce((
            SELECT max(child.state) FROM check_in JOIN document AS child ON child.id = check_in.document
            WHERE check_in.visit = visit.document), 0))
    FROM visit
    LEFT JOIN customer ON customer.document = visit.customer
    LEFT JOIN document ON document.id = visit.document
    LEFT JOIN check_in AS door ON door.document = (
        SELECT check_in.document FROM check_in WHERE check_in.visit = visit.document AND moment = 0
        ORDER BY at_ms, check_in.document LIMIT 1)";

/// One visit.
pub fn visit(conn: &Connection, document: DocumentId) -> Result<Option<VisitRow>, StoreError> {
    Ok(select(conn, "WHERE visit.document = ?1", [document])?.pop())
}

/// A person's visits planned from one time up to another, and those still open whenever they were planned, in
/// the order of the plan. Times are milliseconds since 1970.
pub fn visits_planned(
    conn: &Connection,
    rep: PersonId,
    from_ms: i64,
    until_ms: i64,
) -> Result<Vec<VisitRow>, StoreError> {
    let planned = "WHERE visit.document IN (
            SELECT document FROM visit WHERE rep = ?1 AND plan_start_ms >= ?2 AND plan_start_ms < ?3
            UNION SELECT document FROM visit WHERE rep = ?1 AND status = 1)
        ORDER BY plan_start_ms, visit.document";
    select(conn, planned, params![rep, from_ms, until_ms])
}

/// A customer's visits whoever made them, the latest plan first, at most `limit`.
pub fn visits_to(conn: &Connection, customer: DocumentId, limit: usize) -> Result<Vec<VisitRow>, StoreError> {
    let of_customer = "WHERE visit.customer = ?1 ORDER BY plan_start_ms DESC, visit.document LIMIT ?2";
    select(
        conn,
        of_customer,
        params![customer, i64::try_from(limit).unwrap_or(i64::MAX)],
    )
}

/// The customer's last finished visit but this one.
pub fn last_finished(
    conn: &Connection,
    customer: DocumentId,
    except: DocumentId,
) -> Result<Option<VisitRow>, StoreError> {
    let last = "WHERE visit.customer = ?1 AND status = 2 AND visit.document <> ?2
        ORDER BY ended_ms DESC, visit.document LIMIT 1";
    Ok(select(conn, last, [customer, except])?.pop())
}

fn select(conn: &Connection, rest: &str, params: impl Params) -> Result<Vec<VisitRow>, StoreError> {
    let mut statement = conn.prepare_cached(&format!("{SELECT} {rest}"))?;
    let rows = statement.query_map(params, read)?.collect::<Result<_, _>>()?;
    Ok(rows)
}

fn read(row: &Row<'_>) -> rusqlite::Result<VisitRow> {
    Ok(VisitRow {
        document: row.get(0)?,
        customer: row.get(1)?,
        customer_name: row.get(2)?,
        customer_address: row.get(3)?,
        position: column_position(row, 4)?,
        grade: row.get(6)?,
        last_valid_visit_ms: row.get(7)?,
        rep: row.get(8)?,
        template: row.get(9)?,
        status: row.get(10)?,
        plan_start: column_instant(row, 11)?,
        purpose: row.get(13)?,
        started: optional_instant(row, 14)?,
        ended: optional_instant(row, 16)?,
        cancel_reason: row.get(18)?,
        notes: row.get(19)?,
        next_step: row.get(20)?,
        outcome: row.get(21)?,
        verdict: row.get(22)?,
        distance_m: row.get(23)?,
        state: row.get(24)?,
    })
}
