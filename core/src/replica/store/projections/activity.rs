use std::fmt::Display;

use rusqlite::{Connection, params};

use super::timeline::{self, TimelineItem, TimelineKind};
use super::{ProjectError, StoreError, Touched};
use crate::document::view::{ActivityView, ViewError};
use crate::gate::{DocumentIndex, MapView};
use crate::model::{DocumentId, PersonId};
use crate::time::parse_timestamp;

/// Brings the row of a day's log and its timeline up to date.
///
/// A log grows all day, so an entry is read by itself and not with the whole log.
pub(super) fn project(
    conn: &Connection,
    document: DocumentId,
    index: &DocumentIndex,
    touched: Touched<'_>,
) -> Result<(), ProjectError> {
    if touched.all() {
        let view = ActivityView::read(index)?;
        conn.prepare_cached("INSERT OR REPLACE INTO activity (document, rep, day) VALUES (?1, ?2, ?3)")?
            .execute(params![document, view.rep, view.day.to_string()])?;
        timeline::remove(conn, document)?;
    }
    let root = index.root();
    let rep = parse(root, "rep")?.ok_or_else(|| missing("rep"))?;
    for (list, item) in [
        ("entries", entry_item as Item),
        ("comments", comment_item as Item),
    ] {
        let elements = root.list(list).ok_or_else(|| missing(list))?;
        for (id, map) in elements.iter().filter(|(id, _)| touched.element(list, &id.0)) {
            timeline::put(conn, &item(document, rep, id.to_string(), map)?)?;
        }
    }
    Ok(())
}

/// Removes the row of a log.
pub(super) fn remove(conn: &Connection, document: DocumentId) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM activity WHERE document = ?1")?
        .execute([document])?;
    Ok(())
}

type Item = fn(DocumentId, PersonId, String, MapView<'_>) -> Result<TimelineItem, ViewError>;

fn entry_item(
    document: DocumentId,
    rep: PersonId,
    item: String,
    map: MapView<'_>,
) -> Result<TimelineItem, ViewError> {
    let at = map.str("at").ok_or_else(|| missing("entries/[]/at"))?;
    Ok(TimelineItem {
        document,
        item,
        kind: TimelineKind::Entry,
        at: parse_timestamp(at).map_err(|error| wrong("entries/[]/at", error))?,
        person: rep,
        customer: parse(map, "customer")?,
        visit: parse(map, "visit")?,
        text: map.str("text").map(str::to_owned),
        detail: None,
        value: None,
    })
}

fn comment_item(
    document: DocumentId,
    _: PersonId,
    item: String,
    map: MapView<'_>,
) -> Result<TimelineItem, ViewError> {
    let at = map.str("at").ok_or_else(|| missing("comments/[]/at"))?;
    Ok(TimelineItem {
        document,
        item,
        kind: TimelineKind::Comment,
        at: parse_timestamp(at).map_err(|error| wrong("comments/[]/at", error))?,
        person: parse(map, "by")?.ok_or_else(|| missing("comments/[]/by"))?,
        customer: None,
        visit: None,
        text: map.str("text").map(str::to_owned),
        detail: map.str("entry").map(str::to_owned),
        value: None,
    })
}

fn parse<T: std::str::FromStr<Err: Display>>(map: MapView<'_>, key: &str) -> Result<Option<T>, ViewError> {
    map.str(key)
        .map(|text| text.parse().map_err(|error| wrong(key, error)))
        .transpose()
}

fn missing(field: &str) -> ViewError {
    wrong(field, "missing, or of another type")
}

fn wrong(field: &str, problem: impl Display) -> ViewError {
    ViewError {
        field: field.to_owned(),
        problem: problem.to_string(),
    }
}
