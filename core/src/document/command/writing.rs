//! The few moves every command makes on an Automerge document.

use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value};
use chrono::NaiveDate;

use super::CommandError;
use crate::geo::Position;
use crate::model::Kind;
use crate::wire::SCHEMA_VERSION;

/// Starts a new document: what it is, and the version of the table it was written by.
pub(super) fn begin(doc: &mut AutoCommit, kind: Kind) -> Result<(), CommandError> {
    doc.put(ROOT, "kind", kind.name())?;
    doc.put(ROOT, "schema", u64::from(SCHEMA_VERSION))?;
    Ok(())
}

/// Sets a key when there is a value; an absent field stays absent.
pub(super) fn put_some<V: Into<ScalarValue>>(
    doc: &mut AutoCommit,
    object: &ObjId,
    key: &str,
    value: Option<V>,
) -> Result<(), CommandError> {
    if let Some(value) = value {
        doc.put(object, key, value)?;
    }
    Ok(())
}

/// Makes an empty object at a key of the root.
pub(super) fn container(doc: &mut AutoCommit, key: &str, kind: ObjType) -> Result<ObjId, CommandError> {
    Ok(doc.put_object(ROOT, key, kind)?)
}

/// The object at a key of the root, made when the document was.
pub(super) fn object(doc: &AutoCommit, key: &'static str) -> Result<ObjId, CommandError> {
    match doc.get(ROOT, key)? {
        Some((Value::Object(_), id)) => Ok(id),
        _ => Err(CommandError::NoSuchElement {
            field: key,
            id: key.to_owned(),
        }),
    }
}

/// The map at a key of a map, made when it is not there.
pub(super) fn map_in(doc: &mut AutoCommit, object: &ObjId, key: &str) -> Result<ObjId, CommandError> {
    match doc.get(object, key)? {
        Some((Value::Object(ObjType::Map), id)) => Ok(id),
        _ => Ok(doc.put_object(object, key, ObjType::Map)?),
    }
}

/// Appends an empty map to a list of the root.
pub(super) fn append(doc: &mut AutoCommit, key: &'static str) -> Result<ObjId, CommandError> {
    let list = object(doc, key)?;
    let end = doc.length(&list);
    Ok(doc.insert_object(&list, end, ObjType::Map)?)
}

/// Finds the element `id` (`counter@actor-hex`) of a list of the root: the list, the index, the element.
pub(super) fn element(
    doc: &AutoCommit,
    key: &'static str,
    id: &str,
) -> Result<(ObjId, usize, ObjId), CommandError> {
    let list = object(doc, key)?;
    let found = doc
        .list_range(&list, ..)
        .find(|item| item.id().to_string() == id)
        .map(|item| (item.index, item.id()));
    match found {
        Some((index, element)) => Ok((list, index, element)),
        None => Err(CommandError::NoSuchElement {
            field: key,
            id: id.to_owned(),
        }),
    }
}

/// Writes a position as two degrees into a map.
pub(super) fn put_position(doc: &mut AutoCommit, object: &ObjId, at: Position) -> Result<(), CommandError> {
    doc.put(object, "lat", at.lat())?;
    doc.put(object, "lon", at.lon())?;
    Ok(())
}

/// A day as documents write it.
pub(super) fn day(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}
