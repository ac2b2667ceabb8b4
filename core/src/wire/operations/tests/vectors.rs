//! The files in `tests/vectors`: what is written there is what the code writes, and reads.

use std::path::PathBuf;

use serde_json::Value;

fn path(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "..", "tests", "vectors", name]
        .iter()
        .collect()
}

/// Compares a file of vectors with what the code makes; `UPDATE_VECTORS=1` writes it instead.
pub(super) fn check(name: &str, made: &Value) {
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        std::fs::create_dir_all(path("")).unwrap();
        std::fs::write(path(name), serde_json::to_string_pretty(made).unwrap() + "\n").unwrap();
        return;
    }
    assert!(
        read(name) == *made.as_array().unwrap(),
        "tests/vectors/{name} is not what the code writes. Clients depend on it: unless the protocol's version \
         changes with it, the code is wrong. UPDATE_VECTORS=1 writes it anew."
    );
}

/// Reads a file of vectors.
pub(super) fn read(name: &str) -> Vec<Value> {
    serde_json::from_str(&std::fs::read_to_string(path(name)).unwrap()).unwrap()
}
