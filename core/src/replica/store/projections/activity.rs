use rusqlite::{Connection, params};

use super::timeline::{self, TimelineItem, TimelineKind};
use super::{ProjectError, StoreError, Touched};
use crate::document::view::{ActivityView, CommentView, EntryView};
use crate::gate::DocumentIndex;
use crate::model::DocumentId;

/// Brings the row of a day's log and its timeline up to date.
pub(super) fn project(
    conn: &Connection,
    document: DocumentId,
    index: &DocumentIndex,
    touched: Touched<'_>,
) -> Result<(), ProjectError> {
    let view = ActivityView::read(index)?;
    if touched.all() {
        conn.prepare_cached("INSERT OR REPLACE INTO activity (document, rep, day) VALUES (?1, ?2, ?3)")?
            .execute(params![document, view.rep, view.day.to_string()])?;
        timeline::remove(conn, document)?;
    }
    for entry in view
        .entries
        .iter()
        .filter(|entry| touched.element("entries", &entry.id))
    {
        timeline::put(conn, &entry_item(document, &view, entry))?;
    }
    for comment in view
        .comments
        .iter()
        .filter(|comment| touched.element("comments", &comment.id))
    {
        timeline::put(conn, &comment_item(document, comment))?;
    }
    Ok(())
}

/// Removes the row of a log.
pub(super) fn remove(conn: &Connection, document: DocumentId) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM activity WHERE document = ?1")?
        .execute([document])?;
    Ok(())
}

fn entry_item(document: DocumentId, view: &ActivityView, entry: &EntryView) -> TimelineItem {
    TimelineItem {
        document,
        item: entry.id.clone(),
        kind: TimelineKind::Entry,
        at: entry.at,
        person: view.rep,
        customer: entry.customer,
        visit: entry.visit,
        text: Some(entry.text.clone()),
        detail: None,
        value: None,
    }
}

fn comment_item(document: DocumentId, comment: &CommentView) -> TimelineItem {
    TimelineItem {
        document,
        item: comment.id.clone(),
        kind: TimelineKind::Comment,
        at: comment.at,
        person: comment.by,
        customer: None,
        visit: None,
        text: Some(comment.text.clone()),
        detail: comment.entry.clone(),
        value: None,
    }
}
