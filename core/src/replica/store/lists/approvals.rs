use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

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
    /// Why, when nobody decided it: [`crate::rulings::Complaint`] reads it.
    pub ruled_reason: Option<String>,
    /// The version of the chain that it runs on, for example `expense@1`.
    pub chain: Option<String>,
    /// The step that goes on, 0 for none.
    pub step: u32,
    /// How many steps apply.
    pub steps: u32,
    /// By how much the server found it over the limit of the house.
    pub excess: Option<Money>,
    /// How many of its receipts were handed in before, as the server found.
    pub duplicates: u32,
    /// How many categories are over their limit, as the server found.
    pub over_limits: u32,
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
    /// The number on the receipt.
    pub receipt: Option<String>,
    /// SHA-256 of the receipt's photo in hex.
    pub photo: Option<String>,
}

/// An approval whose turn it is.
#[derive(Clone, Debug, PartialEq)]
pub struct TurnRow {
    /// The approval.
    pub approval: ApprovalRow,
    /// Whose seat it is: one's own, or that of somebody one stands in for.
    pub seat: PersonId,
    /// The revision that one decided on last, when it is another one by now.
    pub saw: Option<String>,
}

const SELECT: &str =
    "SELECT approval.document, form, applicant, title, status, total, currency, approval.customer,
        customer.name, approval.visit,
        (SELECT verdict FROM check_in WHERE check_in.visit = approval.visit AND moment = 0
         ORDER BY at_ms, check_in.document LIMIT 1),
        revision, submitted_ms, submitted_offset_min, ruled_by, ruled_ms, ruled_offset_min,
        coalesce(document.state, 0), ruled_reason, chain, step, steps, excess, duplicates, over_limits
    FROM approval
    LEFT JOIN customer ON customer.document = approval.customer
    LEFT JOIN document ON document.id = approval.document";

/// Whose turn it is, the oldest first.
const TURNS: &str = "SELECT document, seat, saw FROM approval_turn JOIN approval USING (document)
    WHERE person = ?1 AND status IN (1, 2) ORDER BY submitted_ms, document, seat";

/// One approval.
pub fn approval(conn: &Connection, document: DocumentId) -> Result<Option<ApprovalRow>, StoreError> {
    Ok(select(conn, "WHERE approval.document = ?1", [document])?.pop())
}

/// Approvals that wait for a person now, for their own seat or for one they stand in for, the oldest first.
pub fn turns_of(conn: &Connection, person: PersonId) -> Result<Vec<TurnRow>, StoreError> {
    let mut statement = conn.prepare_cached(TURNS)?;
    let rows = statement.query_map([person], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let rows: Vec<(DocumentId, PersonId, Option<String>)> = rows.collect::<Result<_, _>>()?;
    let mut turns = Vec::with_capacity(rows.len());
    for (document, seat, saw) in rows {
        if let Some(approval) = approval(conn, document)? {
            turns.push(TurnRow { approval, seat, saw });
        }
    }
    Ok(turns)
}

/// The seats of an approval that a person may decide for now, sorted, each with the revision that they decided on last, when
/// it is another one by now.
pub fn turns_at(
    conn: &Connection,
    document: DocumentId,
    person: PersonId,
) -> Result<Vec<(PersonId, Option<String>)>, StoreError> {
    let sql = "SELECT seat, saw FROM approval_turn JOIN approval USING (document)
        WHERE person = ?1 AND document = ?2 AND status IN (1, 2) ORDER BY seat";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(params![person, document], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// For whom an approval waits now, sorted: the people asked, without those who may stand in.
pub fn waits_for(conn: &Connection, document: DocumentId) -> Result<Vec<PersonId>, StoreError> {
    let sql = "SELECT DISTINCT seat FROM approval_turn WHERE document = ?1 ORDER BY seat";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map([document], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Another approval on this phone with the receipt `key` ([`crate::rulings::receipt_keys`]).
pub fn receipt_elsewhere(
    conn: &Connection,
    document: DocumentId,
    key: &str,
) -> Result<Option<DocumentId>, StoreError> {
    let sql =
        "SELECT document FROM approval_receipt WHERE key = ?1 AND document <> ?2 ORDER BY document LIMIT 1";
    let found = conn
        .prepare_cached(sql)?
        .query_row(params![key, document], |row| row.get(0));
    Ok(found.optional()?)
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

/// Approvals for a customer, the latest first, at most `limit`.
pub fn approvals_for(
    conn: &Connection,
    customer: DocumentId,
    limit: usize,
) -> Result<Vec<ApprovalRow>, StoreError> {
    let of_customer = "WHERE approval.customer = ?1 ORDER BY approval.document DESC LIMIT ?2";
    select(
        conn,
        of_customer,
        params![customer, i64::try_from(limit).unwrap_or(i64::MAX)],
    )
}

/// The lines of an approval in its own order.
pub fn approval_lines(conn: &Connection, document: DocumentId) -> Result<Vec<ApprovalLine>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT item, date, category, amount, currency, note, receipt, photo
         FROM approval_line JOIN approval USING (document) WHERE document = ?1 ORDER BY number",
    )?;
    let rows = statement.query_map([document], |row| {
        Ok(ApprovalLine {
            item: row.get(0)?,
            date: column_date(row, 1)?,
            category: row.get(2)?,
            amount: column_money(row, 3)?,
            note: row.get(5)?,
            receipt: row.get(6)?,
            photo: row.get(7)?,
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
    let total = column_money(row, 5)?;
    let excess: Option<String> = row.get(22)?;
    let excess = excess.and_then(|excess| Money::parse(&excess, total.currency).ok());
    Ok(ApprovalRow {
        document: row.get(0)?,
        form: row.get(1)?,
        applicant: row.get(2)?,
        title: row.get(3)?,
        status: row.get(4)?,
        total,
        customer: row.get(7)?,
        customer_name: row.get(8)?,
        visit: row.get(9)?,
        verdict: row.get(10)?,
        revision: row.get(11)?,
        submitted: optional_instant(row, 12)?,
        ruled_by: row.get(14)?,
        ruled: optional_instant(row, 15)?,
        state: row.get(17)?,
        ruled_reason: row.get(18)?,
        chain: row.get(19)?,
        step: row.get(20)?,
        steps: row.get(21)?,
        excess,
        duplicates: row.get(23)?,
        over_limits: row.get(24)?,
    })
}
