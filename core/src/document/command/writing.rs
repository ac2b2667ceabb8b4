//! The few moves every command makes on a draft.

use automerge::legacy::ObjectId;
use automerge::{ObjType, ScalarValue};
use chrono::NaiveDate;

use super::CommandError;
use crate::document::draft::Draft;
use crate::geo::Position;
use crate::model::Kind;
use crate::wire::SCHEMA_VERSION;

/// Starts a new document: what it is, and the version of the table it was written by.
pub(super) fn begin(draft: &mut Draft<'_>, kind: Kind) {
    draft.put(&ObjectId::Root, "kind", kind.name());
    draft.put(&ObjectId::Root, "schema", u64::from(SCHEMA_VERSION));
}

/// Sets a key when there is a value; an absent field stays absent.
pub(super) fn put_some<V: Into<ScalarValue>>(
    draft: &mut Draft<'_>,
    map: &ObjectId,
    key: &str,
    value: Option<V>,
) {
    if let Some(value) = value {
        draft.put(map, key, value);
    }
}

/// Makes an empty object at a key of the root.
pub(super) fn container(draft: &mut Draft<'_>, key: &str, kind: ObjType) -> ObjectId {
    draft.put_object(&ObjectId::Root, key, kind)
}

/// The object at a key of the root, made when the document was.
pub(super) fn object(draft: &Draft<'_>, key: &'static str) -> Result<ObjectId, CommandError> {
    match draft.object_at(&ObjectId::Root, key) {
        Some((object, _)) => Ok(object),
        None => Err(CommandError::NoSuchElement {
            field: key,
            id: key.to_owned(),
        }),
    }
}

/// The map at a key of a map, made when it is not there.
pub(super) fn map_in(draft: &mut Draft<'_>, map: &ObjectId, key: &str) -> ObjectId {
    match draft.object_at(map, key) {
        Some((object, ObjType::Map)) => object,
        _ => draft.put_object(map, key, ObjType::Map),
    }
}

/// Appends an empty map to a list of the root.
pub(super) fn append(draft: &mut Draft<'_>, key: &'static str) -> Result<ObjectId, CommandError> {
    let list = object(draft, key)?;
    Ok(draft.append_map(&list))
}

/// The map that the element `id` (`counter@actor-hex`) of a list of the root holds.
pub(super) fn element(draft: &Draft<'_>, key: &'static str, id: &str) -> Result<ObjectId, CommandError> {
    let list = object(draft, key)?;
    draft
        .element(&list, id)
        .ok_or_else(|| CommandError::NoSuchElement {
            field: key,
            id: id.to_owned(),
        })
}

/// Writes a position as two degrees into a map.
pub(super) fn put_position(draft: &mut Draft<'_>, map: &ObjectId, at: Position) {
    draft.put(map, "lat", at.lat());
    draft.put(map, "lon", at.lon());
}

/// A day as documents write it.
pub(super) fn day(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}
