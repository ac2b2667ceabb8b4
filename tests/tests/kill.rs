//! A few kills of real processes; `tests/all kill` and the binary run more.

use std::process::Command;

use serde_json::Value;

#[test]
fn nothing_that_was_saved_or_acknowledged_is_lost() {
    let output = Command::new(env!("CARGO_BIN_EXE_kill"))
        .args(["--cycles", "8", "--seed", "7", "--json"])
        .output();
    let output = output.unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let summary: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(summary["cycles"], 8);
    assert!(summary["saved"].as_u64() > Some(100), "{said}");
    assert!(summary["acknowledged"].as_u64() > Some(50), "{said}");
}
