//! Ways to die, for tests of what a document could do to the worker. Not in release builds.

use std::hint::black_box;

use fieldbook_core::model::DocumentId;

/// `HOW:DOCUMENT`, for example `abort:0195f3a0-…`; several with commas between them.
const SABOTAGE: &str = "FIELDBOOK_WORKER_SABOTAGE";

/// Does to this process what the environment asks for when it meets this document.
pub(super) fn strike(document: DocumentId) {
    let wanted = std::env::var(SABOTAGE).unwrap_or_default();
    let name = document.to_string();
    let how = wanted
        .split(',')
        .find_map(|entry| entry.strip_suffix(&name)?.strip_suffix(':'));
    match how {
        Some("abort") => std::process::abort(),
        Some("hang") => loop {
            std::thread::park();
        },
        Some("memory") => {
            let mut held: Vec<Vec<u8>> = Vec::new();
            loop {
                held.push(vec![black_box(1); 16 << 20]);
            }
        }
        Some("stack") => drop(black_box(deeper(1))),
        _ => {}
    }
}

fn deeper(depth: u64) -> u64 {
    let here = black_box([depth; 64]);
    if depth == u64::MAX {
        return here[0];
    }
    deeper(depth + 1) + here[depth as usize % 64]
}
