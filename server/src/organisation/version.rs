use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::store::StoreError;

/// The version of an imported form or chain follows from its content. So a server that was restored from an older backup never gives a
/// version that documents name to something else, and gives the same again to what is imported again.
pub(super) fn version_of<T: Serialize>(table: &'static str, row: &T) -> Result<u32, StoreError> {
    let mut content = serde_json::to_value(row).map_err(|error| StoreError::Row {
        table,
        column: "json",
        problem: error.to_string(),
    })?;
    if let Value::Object(fields) = &mut content {
        fields.remove("version");
    }
    let text = plain(content).map(|content| content.to_string());
    let digest = Sha256::digest(text.unwrap_or_default());
    let start = digest
        .iter()
        .take(4)
        .fold(0, |number, byte| number << 8 | u32::from(*byte));
    // Ten digits, and never the small numbers that an organisation is founded with.
    Ok(1 << 30 | start >> 2)
}

/// The content with its keys in order and without what is absent, so that a field which a later version of the server adds changes no version.
fn plain(content: Value) -> Option<Value> {
    match content {
        Value::Null | Value::Bool(false) => None,
        Value::Array(items) if items.is_empty() => None,
        Value::Array(items) => Some(
            items
                .into_iter()
                .map(|item| plain(item).unwrap_or(Value::Null))
                .collect(),
        ),
        Value::Object(fields) => {
            let fields: BTreeMap<String, Value> = fields
                .into_iter()
                .filter_map(|(key, value)| Some((key, plain(value)?)))
                .collect();
            (!fields.is_empty()).then(|| fields.into_iter().collect())
        }
        value => Some(value),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn version(row: &Value) -> u32 {
        version_of("chain", row).unwrap()
    }

    #[test]
    fn the_same_content_is_the_same_version_on_every_server() {
        let row = json!({ "name": "expense", "version": 1, "steps": [{ "mode": "any", "approvers": ["superior"] }] });
        assert_eq!(version(&row), 1_998_239_214, "for ever: documents name it");
        let mut later = row.clone();
        later["version"] = json!(7);
        later["copies"] = json!([]);
        later["steps"][0]["when"] = json!({ "above": null, "over_limit": false });
        assert_eq!(
            version(&later),
            version(&row),
            "what is absent or empty says nothing"
        );
        for (path, value) in [("name", json!("order")), ("copies", json!(["head"]))] {
            let mut other = row.clone();
            other[path] = value;
            assert_ne!(version(&other), version(&row), "{path}");
        }
        let mut swapped = json!({ "steps": ["a", "b"] });
        let before = version(&swapped);
        swapped["steps"] = json!(["b", "a"]);
        assert_ne!(version(&swapped), before, "an order is content");
        assert!(
            before >= 1 << 30,
            "{before}: never one that an organisation is founded with"
        );
    }
}
