use rusqlite::{Connection, params};

use super::timeline::{self, TimelineItem, TimelineKind};
use super::{ProjectError, StoreError, Touched};
use crate::document::view::{ApprovalStatus, ApprovalView};
use crate::gate::DocumentIndex;
use crate::model::DocumentId;
use crate::replica::store::values::{numbered, offset_min};

numbered!(ApprovalStatus {
    ApprovalStatus::Draft = 0,
    ApprovalStatus::Submitted = 1,
    ApprovalStatus::Provisional = 2,
    ApprovalStatus::Approved = 3,
    ApprovalStatus::Rejected = 4,
    ApprovalStatus::Returned = 5,
});

/// Brings an approval's row, its lines and its timeline up to date.
pub(super) fn project(
    conn: &Connection,
    document: DocumentId,
    index: &DocumentIndex,
    touched: Touched<'_>,
) -> Result<(), ProjectError> {
    let view = ApprovalView::read(index)?;
    put(conn, document, &view)?;
    if touched.any(&["lines"]) {
        put_lines(conn, document, &view)?;
    }
    if touched.any(&["submissions", "decisions", "outcome"]) {
        timeline::remove(conn, document)?;
        for item in items(document, &view) {
            timeline::put(conn, &item)?;
        }
    }
    Ok(())
}

/// Removes an approval's row and lines.
pub(super) fn remove(conn: &Connection, document: DocumentId) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM approval WHERE document = ?1")?
        .execute([document])?;
    conn.prepare_cached("DELETE FROM approval_line WHERE document = ?1")?
        .execute([document])?;
    Ok(())
}

fn put(conn: &Connection, document: DocumentId, view: &ApprovalView) -> Result<(), StoreError> {
    let submitted = view.submissions.last().map(|submission| submission.at);
    let outcome = view.outcome.as_ref();
    conn.prepare_cached(
        "INSERT OR REPLACE INTO approval
             (document, form, applicant, title, status, total, currency, customer, visit, revision, submitted_ms,
              submitted_offset_min, ruled_by, ruled_ms, ruled_offset_min)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?
    .execute(params![
        document,
        view.form,
        view.applicant,
        view.title,
        view.status,
        view.total.amount.to_string(),
        view.total.currency.code(),
        view.customer,
        view.visit,
        view.revision,
        submitted.map(|at| at.timestamp_millis()),
        submitted.map(|at| offset_min(&at)),
        outcome.map(|ruled| ruled.by),
        outcome.map(|ruled| ruled.at.timestamp_millis()),
        outcome.map(|ruled| offset_min(&ruled.at))
    ])?;
    Ok(())
}

fn put_lines(conn: &Connection, document: DocumentId, view: &ApprovalView) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM approval_line WHERE document = ?1")?
        .execute([document])?;
    let mut statement = conn.prepare_cached(
        "INSERT INTO approval_line (document, number, item, date, category, amount, note)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (number, line) in (0_i64..).zip(&view.lines) {
        statement.execute(params![
            document,
            number,
            line.id,
            line.date.to_string(),
            line.category,
            line.amount.amount.to_string(),
            line.note
        ])?;
    }
    Ok(())
}

/// Submissions, decisions and the ruling as items of the timeline.
fn items(document: DocumentId, view: &ApprovalView) -> Vec<TimelineItem> {
    let item = |name: String, kind, at, person| TimelineItem {
        document,
        item: name,
        kind,
        at,
        person,
        customer: view.customer,
        visit: view.visit,
        text: None,
        detail: None,
        value: None,
    };
    let submissions = (1..)
        .zip(&view.submissions)
        .map(|(number, submission)| TimelineItem {
            detail: Some(submission.total.clone()),
            text: Some(view.title.clone()),
            ..item(
                format!("submission {number}"),
                TimelineKind::Submitted,
                submission.at,
                view.applicant,
            )
        });
    let decisions = view.decisions.iter().map(|decision| TimelineItem {
        detail: Some(decision.decision.name().to_owned()),
        text: decision.note.clone(),
        ..item(
            decision.id.clone(),
            TimelineKind::Decided,
            decision.at,
            decision.by,
        )
    });
    let ruling = view.outcome.iter().map(|ruled| TimelineItem {
        detail: Some(ruled.outcome.name().to_owned()),
        ..item("ruling".to_owned(), TimelineKind::Ruled, ruled.at, ruled.by)
    });
    submissions.chain(decisions).chain(ruling).collect()
}
