use rusqlite::{Connection, params};
use serde_json::json;

use super::timeline::{self, TimelineItem, TimelineKind};
use super::{ProjectError, StoreError, Touched};
use crate::document::view::{ApprovalStatus, ApprovalView, Flag, Ruled};
use crate::gate::DocumentIndex;
use crate::model::DocumentId;
use crate::replica::store::values::{numbered, offset_min};
use crate::rulings::receipt_keys;

numbered!(ApprovalStatus {
    ApprovalStatus::Draft = 0,
    ApprovalStatus::Submitted = 1,
    ApprovalStatus::Provisional = 2,
    ApprovalStatus::Approved = 3,
    ApprovalStatus::Rejected = 4,
    ApprovalStatus::Returned = 5,
    ApprovalStatus::Withdrawn = 6,
    ApprovalStatus::Withdrawing = 7,
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
    put_turns(conn, document, &view)?;
    if touched.any(&["lines"]) {
        put_lines(conn, document, &view)?;
        put_receipts(conn, document, &view)?;
    }
    if touched.any(&[
        "submissions",
        "withdrawals",
        "decisions",
        "handovers",
        "rulings",
        "outcome",
    ]) {
        timeline::remove(conn, document)?;
        for item in items(document, &view) {
            timeline::put(conn, &item)?;
        }
    }
    Ok(())
}

/// Removes an approval's row and lines.
pub(super) fn remove(conn: &Connection, document: DocumentId) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM approval WHERE document = ?1",
        "DELETE FROM approval_line WHERE document = ?1",
        "DELETE FROM approval_turn WHERE document = ?1",
        "DELETE FROM approval_receipt WHERE document = ?1",
    ] {
        conn.prepare_cached(sql)?.execute([document])?;
    }
    Ok(())
}

fn put(conn: &Connection, document: DocumentId, view: &ApprovalView) -> Result<(), StoreError> {
    let submitted = view.submissions.last().map(|submission| submission.at);
    let outcome = view.outcome.as_ref();
    let course = &view.course;
    let flags = |of: fn(&Flag) -> bool| {
        let found = course.flags.iter().filter(|flag| of(flag)).count();
        i64::try_from(found).unwrap_or(i64::MAX)
    };
    conn.prepare_cached(
        "INSERT OR REPLACE INTO approval
             (document, form, applicant, title, status, total, currency, customer, visit, revision, submitted_ms,
              submitted_offset_min, ruled_by, ruled_ms, ruled_offset_min, ruled_reason, chain, step, steps, excess,
              duplicates, over_limits)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)",
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
        outcome.and_then(|ruled| ruled.by),
        outcome.map(|ruled| ruled.at.timestamp_millis()),
        outcome.map(|ruled| offset_min(&ruled.at)),
        outcome.and_then(|ruled| ruled.reason.as_deref()),
        Some(&course.chain).filter(|chain| !chain.is_empty()),
        if course.is_open() { course.step } else { 0 },
        i64::try_from(course.plan.len()).unwrap_or(i64::MAX),
        course.excess,
        flags(|flag| matches!(flag, Flag::Duplicate { .. })),
        flags(|flag| matches!(flag, Flag::OverLimit { .. }))
    ])?;
    Ok(())
}

fn put_turns(conn: &Connection, document: DocumentId, view: &ApprovalView) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM approval_turn WHERE document = ?1")?
        .execute([document])?;
    let mut statement = conn.prepare_cached(
        "INSERT OR REPLACE INTO approval_turn (person, document, seat, saw) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (seat, person) in view.course.turns() {
        let mut decisions = view.decisions.iter().rev();
        let saw = decisions.find(|decision| decision.by == person);
        let saw = saw
            .map(|decision| &decision.revision)
            .filter(|saw| **saw != view.revision);
        statement.execute(params![person, document, seat, saw])?;
    }
    Ok(())
}

fn put_receipts(conn: &Connection, document: DocumentId, view: &ApprovalView) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM approval_receipt WHERE document = ?1")?
        .execute([document])?;
    let mut statement =
        conn.prepare_cached("INSERT OR IGNORE INTO approval_receipt (key, document) VALUES (?1, ?2)")?;
    for (_, key) in receipt_keys(view) {
        statement.execute(params![key, document])?;
    }
    Ok(())
}

fn put_lines(conn: &Connection, document: DocumentId, view: &ApprovalView) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM approval_line WHERE document = ?1")?
        .execute([document])?;
    let mut statement = conn.prepare_cached(
        "INSERT INTO approval_line (document, number, item, date, category, amount, note, receipt, photo)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for (number, line) in (0_i64..).zip(&view.lines) {
        statement.execute(params![
            document,
            number,
            line.id,
            line.date.to_string(),
            line.category,
            line.amount.amount.to_string(),
            line.note,
            line.receipt,
            line.photo
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
            detail: submission.total.clone(),
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
        value: answer(view, &decision.id),
        ..item(
            decision.id.clone(),
            TimelineKind::Decided,
            decision.at,
            decision.by,
        )
    });
    let ruling = view.outcome.iter().map(|ruled| TimelineItem {
        detail: Some(ruled.outcome.name().to_owned()),
        text: ruled.reason.clone(),
        ..item(
            "ruling".to_owned(),
            TimelineKind::Ruled,
            ruled.at,
            ruled.by.unwrap_or(view.applicant),
        )
    });
    let handovers = view.handovers.iter().map(|handover| TimelineItem {
        detail: Some(format!("{} {}", handover.handing.name(), handover.to)),
        text: handover.note.clone(),
        value: answer(view, &handover.id),
        ..item(
            handover.id.clone(),
            TimelineKind::HandedOver,
            handover.at,
            handover.by,
        )
    });
    let withdrawals = view.withdrawals.iter().map(|withdrawal| TimelineItem {
        text: withdrawal.note.clone(),
        value: answer(view, &withdrawal.id),
        ..item(
            withdrawal.id.clone(),
            TimelineKind::Withdrawn,
            withdrawal.at,
            view.applicant,
        )
    });
    let people = decisions.chain(handovers).chain(withdrawals);
    submissions.chain(people).chain(ruling).collect()
}

/// What the server said to a request, as JSON: the answer and who was first; `None` while it has said nothing.
fn answer(view: &ApprovalView, request: &str) -> Option<String> {
    let said = match view.course.ruled.get(request)? {
        Ruled::Taken => json!({"answer": "taken"}),
        Ruled::Counted { step, seat, .. } => json!({"answer": "counted", "step": step, "seat": seat}),
        Ruled::Refused { answer, by } => json!({"answer": answer.name(), "by": by}),
    };
    Some(said.to_string())
}
