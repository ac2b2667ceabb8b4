use automerge::ScalarValue;
use fieldbook_core::document;
use fieldbook_core::gate::MapView;
use fieldbook_core::model::DocumentId;
use serde_json::{Map, Value};

use super::history::Shelf;
use super::{Failure, Property};
use crate::simulate::world::Phone;

/// The values of a map as the index reads them, as JSON.
pub(super) fn of(map: MapView<'_>) -> Value {
    let mut values = Map::new();
    for key in map.keys() {
        values.insert(key.to_owned(), at(map, key));
    }
    Value::Object(values)
}

fn at(map: MapView<'_>, key: &str) -> Value {
    if let Some(scalar) = map.get(key) {
        return json(scalar);
    }
    if let Some(inner) = map.map(key) {
        return of(inner);
    }
    if let Some(list) = map.list(key) {
        return list.iter().map(|(_, element)| of(element)).collect();
    }
    map.text(key).map_or(Value::Null, Value::from)
}

fn json(scalar: &ScalarValue) -> Value {
    match scalar {
        ScalarValue::Str(text) => Value::from(text.as_str()),
        ScalarValue::Int(number) | ScalarValue::Timestamp(number) => Value::from(*number),
        ScalarValue::Uint(number) => Value::from(*number),
        ScalarValue::F64(number) => Value::from(*number),
        ScalarValue::Boolean(truth) => Value::from(*truth),
        _ => Value::Null,
    }
}

/// Automerge, fed with the phone's history and with the server's, reads what the index reads.
pub(super) fn automerge_agrees(phone: &Phone, document: DocumentId, shelf: &Shelf) -> Result<(), Failure> {
    let Some(history) = shelf.documents.get(&document) else {
        return Ok(());
    };
    let expected = of(history.index.root());
    let unreadable = |error: &dyn std::fmt::Display| {
        Failure::new(
            Property::AutomergeAgrees,
            format!("{} {document} cannot be materialised: {error}", history.kind),
        )
    };
    let ours = phone
        .replica()?
        .materialise(document)
        .map_err(|error| unreadable(&error))?;
    let theirs = document::materialise(history.changes.clone()).map_err(|error| unreadable(&error))?;
    let sides = [
        ("the phone's history", ours),
        ("the server's history", Some(theirs)),
    ];
    for (side, materialised) in sides {
        let found = materialised.map_or(Value::Null, |materialised| document::to_json(&materialised));
        if found != expected {
            let detail = format!(
                "{} {document}: the index reads {expected}, Automerge reads {found} out of {side}",
                history.kind
            );
            return Err(Failure::new(Property::AutomergeAgrees, detail));
        }
    }
    Ok(())
}
