use rusqlite::{Connection, OptionalExtension, params};

use super::{ProjectError, StoreError, Touched, cycle};
use crate::document::view::CustomerView;
use crate::gate::DocumentIndex;
use crate::model::DocumentId;
use crate::replica::store::search_text;

/// Brings a customer's row, contacts, search text and place up to date.
pub(super) fn project(
    conn: &Connection,
    document: DocumentId,
    index: &DocumentIndex,
    touched: Touched<'_>,
) -> Result<(), ProjectError> {
    let view = CustomerView::read(index)?;
    let known = number_of(conn, document)?;
    let number = put(conn, document, &view)?;
    let touched = if known.is_some() {
        touched
    } else {
        Touched::everything()
    };
    if touched.any(&["contacts"]) {
        put_contacts(conn, document, &view)?;
    }
    if touched.any(&["name", "address", "contacts", "tags", "store_type", "external_id"]) {
        put_search(conn, number, &view, known.is_some())?;
    }
    if touched.any(&["position"]) {
        put_place(conn, number, &view)?;
    }
    if known.is_none() {
        cycle::refresh(conn, document)?;
    }
    Ok(())
}

/// Removes a customer's row and everything that hangs on it.
pub(super) fn remove(conn: &Connection, document: DocumentId) -> Result<(), StoreError> {
    let Some(number) = number_of(conn, document)? else {
        return Ok(());
    };
    conn.prepare_cached("DELETE FROM customer WHERE number = ?1")?
        .execute([number])?;
    conn.prepare_cached("DELETE FROM customer_search WHERE rowid = ?1")?
        .execute([number])?;
    conn.prepare_cached("DELETE FROM customer_place WHERE number = ?1")?
        .execute([number])?;
    conn.prepare_cached("DELETE FROM contact WHERE customer = ?1")?
        .execute([document])?;
    Ok(())
}

fn number_of(conn: &Connection, document: DocumentId) -> Result<Option<i64>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT number FROM customer WHERE document = ?1")?;
    Ok(statement.query_row([document], |row| row.get(0)).optional()?)
}

fn put(conn: &Connection, document: DocumentId, view: &CustomerView) -> Result<i64, StoreError> {
    let json = |value: serde_json::Value| value.to_string();
    let mut statement = conn.prepare_cached(
        "INSERT INTO customer
             (document, owner, name, address, grade, external_id, store_type, lat, lon, tags, conflicts, pool, asked,
              asked_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
         ON CONFLICT (document) DO UPDATE SET owner = excluded.owner, name = excluded.name,
             address = excluded.address, grade = excluded.grade, external_id = excluded.external_id,
             store_type = excluded.store_type, lat = excluded.lat, lon = excluded.lon, tags = excluded.tags,
             conflicts = excluded.conflicts, pool = excluded.pool, asked = excluded.asked, asked_by = excluded.asked_by
         RETURNING number",
    )?;
    let asked = view.requests.iter().rfind(|request| request.reply.is_none());
    let row = params![
        document,
        view.owner,
        view.name,
        view.address,
        view.grade,
        view.external_id,
        view.store_type,
        view.position.map(|position| position.lat()),
        view.position.map(|position| position.lon()),
        json(view.tags.as_slice().into()),
        json(serde_json::json!(view.conflicts)),
        view.pool,
        asked.map(|request| request.want.name()),
        asked.map(|request| request.by),
    ];
    Ok(statement.query_row(row, |row| row.get(0))?)
}

fn put_contacts(conn: &Connection, document: DocumentId, view: &CustomerView) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM contact WHERE customer = ?1")?
        .execute([document])?;
    let mut statement = conn.prepare_cached(
        "INSERT INTO contact (customer, id, name, role, phone, email) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for contact in &view.contacts {
        let id = contact.id.as_bytes();
        statement.execute(params![
            document,
            id,
            contact.name,
            contact.role,
            contact.phone,
            contact.email
        ])?;
    }
    Ok(())
}

fn put_search(conn: &Connection, number: i64, view: &CustomerView, known: bool) -> Result<(), StoreError> {
    if known {
        conn.prepare_cached("DELETE FROM customer_search WHERE rowid = ?1")?
            .execute([number])?;
    }
    let contacts = view
        .contacts
        .iter()
        .flat_map(|contact| [Some(&contact.name), contact.phone.as_ref()])
        .flatten();
    let fields = [
        Some(&view.address),
        view.store_type.as_ref(),
        view.external_id.as_ref(),
    ];
    let rest = fields.into_iter().flatten().chain(contacts).chain(&view.tags);
    let rest = rest.map(|text| search_text::indexed(text)).collect::<Vec<_>>();
    conn.prepare_cached("INSERT INTO customer_search (rowid, name, rest) VALUES (?1, ?2, ?3)")?
        .execute(params![
            number,
            search_text::indexed(&view.name),
            rest.join(search_text::GAP)
        ])?;
    Ok(())
}

fn put_place(conn: &Connection, number: i64, view: &CustomerView) -> Result<(), StoreError> {
    let Some(position) = view.position else {
        conn.prepare_cached("DELETE FROM customer_place WHERE number = ?1")?
            .execute([number])?;
        return Ok(());
    };
    conn.prepare_cached(
        "INSERT OR REPLACE INTO customer_place (number, south, north, west, east) VALUES (?1, ?2, ?2, ?3, ?3)",
    )?
    .execute(params![number, position.lat(), position.lon()])?;
    Ok(())
}
