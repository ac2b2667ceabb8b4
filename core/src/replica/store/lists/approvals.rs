use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::{Connection, Params, Row, params};

use crate::document::view::ApprovalStatus;
use crate::geo::Verdict;
use crate::model::{DocumentId, Money, PersonId};
use crate::replica::store::StoreError;
use crate::replica::store::documents::DocumentState;
use crate::replica::store::values::{column_date, column_money, optional_instant};

/// An approval as lists show it.
#[derive(Clone, Debug, PartialEq)]
pub struct ApprovalRow {
    /// The approval.
    pub document: DocumentId,
    /// Which form, for example `expense`.
    pub form: String,
    /// Who asks.
    pub applicant: PersonId,
    /// What for.
    pub title: String,
    /// Where it is in its life.
    pub status: ApprovalStatus,
    /// The sum of its lines.
    pub total: Money,
    /// The customer it is for.
    pub customer: Option<DocumentId>,
    /// The customer's name, when the customer is on this phone.
    pub customer_name: Option<String>,
    /// The visit it belongs to.
    pub visit: Option<DocumentId>,
    /// The verdict at the door of that visit.
    pub verdict: Option<Verdict>,
    /// The content hash of what it holds now.
    pub revision: String,
    /// When it was handed in last.
    pub submitted: Option<DateTime<FixedOffset>>,
    /// Whose decision the server's ruling follows.
    pub ruled_by: Option<PersonId>,
    /// When the server ruled.
    pub ruled: Option<DateTime<FixedOffset>>,
    /// Which truth it is.
    pub state: DocumentState,
}

/// One line of an approval.
#[derive(Clone, Debug, PartialEq)]
pub struct ApprovalLine {
    /// The line's element in the document.
    pub item: String,
    /// The day of the receipt.
    pub date: NaiveDate,
    /// For example `meals`.
    pub category: String,
    /// The amount.
    pub amount: Money,
    /// A remark.
    pub note: Option<String>,
}

const SELECT: &str =
    "SELECT approval.document, form, applicant, title, status, total, currency, approval.customer,
        customer.name, approval.visit,
        (SELECT verdict FROM check_in WHERE check_in.visit = approval.visit AND moment = 0
         ORDER BY at_ms, check_in.document LIMIT 1),
        revision, submitted_ms, submitted_offset_min, ruled_by, ruled_ms, ruled_offset_min,
        coalesce(document.state, 0)
    FROM approval
    LEFT JOIN customer ON customer.document = approval.customer
    LEFT JOIN document ON document.id = approval.document";

/// One approval.
pub fn approval(conn: &Connection, document: DocumentId) -> Result<Option<ApprovalRow>, StoreError> {
    Ok(select(conn, "WHERE approval.document = ?1", [document])?.pop())
}

/// Approvals of other people that are handed in and not ruled on, the oldest first.
pub fn approvals_waiting(conn: &Connection, person: PersonId) -> Result<Vec<ApprovalRow>, StoreError> {
    let waiting = "WHERE status IN (1, 2) AND applicant <> ?1 ORDER BY submitted_ms, approval.document";
    select(conn, waiting, [person])
}

/// A person's own approvals, the latest first, at most `limit`.
pub fn approvals_of(
    conn: &Connection,
    applicant: PersonId,
    limit: usize,
) -> Result<Vec<ApprovalRow>, StoreError> {
    // Ids are UUIDv7: their order is the order in which they were drafted.
    let own = "WHERE applicant = ?1 ORDER BY approval.document DESC LIMIT ?2";
    select(
        conn,
        own,
        params![applicant, i64::try_from(limit).unwrap_or(i64::MAX)],
    )
}

/// The lines of an approval in its own order.
pub fn approval_lines(conn: &Connection, document: DocumentId) -> Result<Vec<ApprovalLine>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT item, date, category, amount, currency, note
         FROM approval_line JOIN approval USING (document) WHERE document = ?1 ORDER BY number",
    )?;
    let rows = statement.query_map([document], |row| {
        Ok(ApprovalLine {
            item: row.get(0)?,
            date: column_date(row, 1)?,
            category: row.get(2)?,
            amount: column_money(row, 3)?,
            note: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn select(conn: &Connection, rest: &str, params: impl Params) -> Result<Vec<ApprovalRow>, StoreError> {
    let mut statement = conn.prepare_cached(&format!("{SELECT} {rest}"))?;
    let rows = statement.query_map(params, read)?.collect::<Result<_, _>>()?;
    Ok(rows)
}

fn read(row: &Row<'_>) -> rusqlite::Result<ApprovalRow> {
    Ok(ApprovalRow {
        document: row.get(0)?,
        form: row.get(1)?,
        applicant: row.get(2)?,
        title: row.get(3)?,
        status: row.get(4)?,
        total: column_money(row, 5)?,
        customer: row.get(7)?,
        customer_name: row.get(8)?,
        visit: row.get(9)?,
        verdict: row.get(10)?,
        revision: row.get(11)?,
        submitted: optional_instant(row, 12)?,
        ruled_by: row.get(14)?,
        ruled: optional_instant(row, 15)?,
        state: row.get(17)?,
    })
}
