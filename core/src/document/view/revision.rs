use automerge::ScalarValue;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::gate::{DocumentIndex, MapView};

/// The parts of an approval that come after the draft, or say only how it is written.
const NOT_DRAFT: [&str; 8] = [
    "kind",
    "schema",
    "submissions",
    "decisions",
    "handovers",
    "withdrawals",
    "rulings",
    "outcome",
];

/// The content hash of an approval's draft part: hex of the first 16 bytes of SHA-256 over its canonical JSON,
/// which has sorted keys and no spaces.
///
/// Fields of newer peers count too, so an older server and a newer phone hash the same draft the same way.
pub fn revision(index: &DocumentIndex) -> String {
    let root = index.root();
    let mut draft = Map::new();
    for key in root.keys() {
        if !NOT_DRAFT.contains(&key) {
            draft.insert(key.to_owned(), value(&root, key));
        }
    }
    let text = Value::Object(draft).to_string();
    hex::encode(&Sha256::digest(text.as_bytes())[..16])
}

fn value(map: &MapView<'_>, key: &str) -> Value {
    if let Some(scalar) = map.get(key) {
        return json(scalar);
    }
    if let Some(inner) = map.map(key) {
        return object(&inner);
    }
    if let Some(list) = map.list(key) {
        return list.iter().map(|(_, element)| object(&element)).collect();
    }
    map.text(key).map_or(Value::Null, Value::from)
}

fn object(map: &MapView<'_>) -> Value {
    Value::Object(
        map.keys()
            .into_iter()
            .map(|key| (key.to_owned(), value(map, key)))
            .collect(),
    )
}

fn json(scalar: &ScalarValue) -> Value {
    match scalar {
        ScalarValue::Str(text) => Value::from(text.as_str()),
        ScalarValue::Int(number) | ScalarValue::Timestamp(number) => Value::from(*number),
        ScalarValue::Uint(number) => Value::from(*number),
        ScalarValue::F64(number) => Value::from(*number),
        ScalarValue::Boolean(truth) => Value::from(*truth),
        ScalarValue::Bytes(bytes) => Value::from(hex::encode(bytes)),
        _ => Value::Null,
    }
}
