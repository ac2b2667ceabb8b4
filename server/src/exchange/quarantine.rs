use fieldbook_core::document::rebuild;
use fieldbook_core::gate::{Action, Write};
use fieldbook_core::model::{InstallationKey, PersonId, TenantId, derive_actor};
use fieldbook_core::time::{format_timestamp, from_unix_ms};
use fieldbook_core::wire::operations::{Limits, Reader as SegmentReader};
use serde_json::{Value, json};

use super::read_index;
use crate::store::{QuarantineRow, Reader, StoreError};

/// What quarantined operations write, as JSON for people: of each its date and the paths with their values.
///
/// They are in no document; they are read on top of what is stored of theirs.
///
/// # Errors
/// A store that does not answer, or a document that does not read.
pub fn read_quarantined(
    reader: &dyn Reader,
    tenant: TenantId,
    row: &QuarantineRow,
) -> Result<Value, StoreError> {
    let damaged = |detail: String| StoreError::damaged_document(row.document, detail);
    let mut index = read_index(reader, tenant, row.document)?;
    let installation = InstallationKey {
        public_key: row.origin.public_key,
        epoch: row.origin.epoch,
    };
    let actor = derive_actor(&installation, row.document, row.rebase);
    let known = index.sequence(&actor);
    let limits = Limits::default();
    let mut segment = SegmentReader::new(&row.operations, actor, row.base, row.count, &limits)
        .map_err(|error| damaged(error.to_string()))?;
    let (mut operations, mut unread) = (Vec::new(), None);
    loop {
        let change = match segment.next(&index) {
            Ok(Some(change)) => change,
            Ok(None) => break,
            Err(error) => {
                unread = Some(error.to_string());
                break;
            }
        };
        if change.seq <= known {
            continue;
        }
        let written = from_unix_ms(change.time, 0).map(|at| format_timestamp(&at));
        match index.admit(&change) {
            Ok(writes) => operations.push(json!({
                "written": written,
                "writes": writes.iter().map(shown).collect::<Vec<_>>(),
            })),
            Err(refusal) => {
                unread = Some(refusal.to_string());
                break;
            }
        }
        index.seal(rebuild(change).1);
    }
    // Whoever has the record now is to be asked what becomes of it.
    let owner = reader.document(tenant, row.document)?.map(|it| it.owner);
    let owner = owner.map(|owner| named(reader, tenant, owner)).transpose()?;
    Ok(json!({
        "number": row.number,
        "person": named(reader, tenant, row.person)?,
        "owner_now": owner,
        "device": row.device,
        "kind": row.kind,
        "document": row.document,
        "why": row.rejection.rule,
        "operations": operations,
        "unread": unread,
    }))
}

/// The name of a person, or of the unit whose pool the id stands for.
///
/// # Errors
/// A store that does not answer.
pub fn named(reader: &dyn Reader, tenant: TenantId, id: PersonId) -> Result<String, StoreError> {
    if let Some(person) = reader.person(tenant, id)? {
        return Ok(person.name);
    }
    let units = reader.units(tenant)?;
    let pool = units.into_iter().find(|unit| unit.id.pool() == id);
    Ok(pool.map_or_else(|| id.to_string(), |unit| format!("pool of {}", unit.name)))
}

fn shown(write: &Write) -> Value {
    let path = write.path.as_str();
    match &write.action {
        Action::Put(value) | Action::Insert(value) => json!({ "path": path, "value": value.to_string() }),
        Action::Make(kind) | Action::InsertMake(kind) => json!({ "path": path, "new": kind.to_string() }),
        Action::InsertText(text) => json!({ "path": path, "text": text }),
        Action::Delete => json!({ "path": path, "deleted": true }),
        Action::DeleteText(count) => json!({ "path": path, "deleted_characters": count }),
    }
}
