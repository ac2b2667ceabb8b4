//! What holds for every function that Kotlin and Swift call, read from the source: nobody has to remember it.

#![expect(clippy::unwrap_used, reason = "helpers of tests are not seen as tests")]

use std::fs;
use std::path::{Path, PathBuf};

/// Cannot fail: they hand on what is there. A panic in any of them would end a Swift app.
const CANNOT_FAIL: [&str; 17] = [
    "version",
    "can_encrypt",
    "ready_reasons",
    "defect",
    "start_log",
    "new",
    "end",
    "watchers",
    "visits",
    "customers",
    "activities",
    "approvals",
    "parked",
    "people",
    "sync",
    "live",
    "cancel",
];

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// The signatures of what a file exports: from `pub fn` to the brace, in one line each.
fn exported(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let parts = source.split("#[uniffi::export").skip(1);
    for part in parts {
        // An exported block ends with a brace in the first column.
        let block = part.split("\n}").next().unwrap_or(part);
        let mut lines = block.lines();
        while let Some(line) = lines.next() {
            let line = line.trim();
            if !line.starts_with("pub fn ") && !line.starts_with("pub async fn ") {
                continue;
            }
            let mut signature = line.to_owned();
            while !signature.ends_with('{') {
                signature.push_str(lines.next().unwrap_or("{").trim());
            }
            found.push(signature);
        }
    }
    found
}

#[test]
fn every_function_returns_an_error_or_cannot_fail() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut seen = 0;
    for file in files(&source) {
        for signature in exported(&fs::read_to_string(&file).unwrap()) {
            seen += 1;
            let name = signature
                .split("fn ")
                .nth(1)
                .and_then(|rest| rest.split('(').next())
                .unwrap_or_default();
            let answers = signature.split("->").nth(1).unwrap_or_default().trim();
            assert!(
                answers.starts_with("Result<") || CANNOT_FAIL.contains(&name),
                "{}: {signature}",
                file.display()
            );
        }
    }
    assert!(
        seen > 80,
        "only {seen} functions were found: the test looks at the wrong places"
    );
}

#[test]
fn what_waits_for_the_network_can_be_cancelled() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut seen = 0;
    for file in files(&source) {
        for signature in exported(&fs::read_to_string(&file).unwrap()) {
            // `start` returns at once, and `rest` waits for a transaction, never for the network.
            let short = ["fn start(", "fn rest("];
            let waits = signature.starts_with("pub async fn ");
            if !waits || short.iter().any(|name| signature.contains(name)) {
                continue;
            }
            seen += 1;
            assert!(signature.contains("cancel: Option<Arc<Cancel>>"), "{signature}");
        }
    }
    assert!(seen >= 3, "only {seen} were found");
}
