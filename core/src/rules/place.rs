//! Looking up a path of the table in the document as it is after the operation.

use crate::gate::{DocumentIndex, MapView};

/// Is the map around `path` there, and nothing at its last key? In a list, the map is the element `element`.
pub(super) fn holds_nothing(after: &DocumentIndex, path: &str, element: Option<&str>) -> bool {
    let (around, key) = path.rsplit_once('/').unwrap_or(("", path));
    map_at(after, around, element).is_some_and(|map| is_vacant(&map, key))
}

/// The map at `path`, real keys and at most one list on the way.
pub(super) fn map_at<'a>(after: &'a DocumentIndex, path: &str, element: Option<&str>) -> Option<MapView<'a>> {
    let mut map = after.root();
    let mut keys = path.split('/').filter(|key| !key.is_empty()).peekable();
    while let Some(key) = keys.next() {
        if keys.next_if_eq(&"[]").is_some() {
            let list = map.list(key)?;
            map = list.element(element?)?;
        } else {
            map = map.map(key)?;
        }
    }
    Some(map)
}

/// Is there neither a scalar nor an object at the key?
pub(super) fn is_vacant(map: &MapView<'_>, key: &str) -> bool {
    !map.holds(key)
}
