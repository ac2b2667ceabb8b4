//! The workload runner at its smallest: every figure is there under its name. What the values are is another matter.

use std::collections::BTreeMap;
use std::process::Command;

use fieldbook_tests::process::Outcome;
use serde_json::Value;

/// Runs one workload and returns its figures by name.
fn figures(workload: &str, sizes: &[&str]) -> Outcome<BTreeMap<String, f64>> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_workload"));
    let output = command
        .arg(workload)
        .args(sizes)
        .args(["--runs", "1", "--json"])
        .output()?;
    if !output.status.success() {
        return Err(format!("{workload}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    let mut figures = BTreeMap::new();
    for line in String::from_utf8(output.stdout)?.lines() {
        let figure: Value = serde_json::from_str(line)?;
        assert_eq!(figure["workload"], workload);
        assert!(figure["unit"].is_string(), "{line}");
        let metric = figure["metric"].as_str().ok_or("a figure without a name")?;
        let value = figure["value"].as_f64().ok_or("a figure without a value")?;
        figures.insert(metric.to_owned(), value);
    }
    Ok(figures)
}

fn names(figures: &BTreeMap<String, f64>) -> Vec<&str> {
    figures.keys().map(String::as_str).collect()
}

#[test]
fn a_commit_is_measured() {
    assert_eq!(
        names(&figures("w1", &[]).unwrap()),
        [
            "bare_cpu_us",
            "commit_p50_ratio",
            "commit_p99_ratio",
            "cpu_us_per_op"
        ]
    );
}

#[test]
fn a_day_goes_up_in_one_round_trip() {
    let day = figures("w2", &[]).unwrap();
    let all = [
        "bytes_down",
        "bytes_up",
        "phone_cpu_ms",
        "round_trips",
        "server_cpu_ms",
        "wall_ms",
    ];
    assert_eq!(names(&day), all);
    assert_eq!(day["round_trips"], 1.0);
    assert!(day["bytes_up"] < 11_000.0, "{day:?}");
}

#[test]
fn what_many_reps_were_told_is_durable() {
    let reps = figures("w3", &["--reps", "3"]).unwrap();
    let all = [
        "disk_mb",
        "durable_s",
        "not_durable",
        "reps",
        "server_cpu_s",
        "server_peak_mb",
    ];
    assert_eq!(names(&reps), all);
    assert_eq!((reps["reps"], reps["not_durable"]), (3.0, 0.0));
}

#[test]
fn a_fresh_phone_receives_the_days() {
    let all = [
        "bytes_down",
        "client_cpu_s",
        "client_peak_mb",
        "disk_mb",
        "first_screen_ms",
        "round_trips",
        "wall_s",
    ];
    assert_eq!(names(&figures("w4", &["--reps", "2"]).unwrap()), all);
}

#[test]
fn an_idle_phone_says_little() {
    let idle = figures("w5", &["--docs", "40"]).unwrap();
    assert_eq!(
        names(&idle),
        [
            "bytes_total",
            "documents",
            "open_ms",
            "round_trips",
            "server_cpu_ms"
        ]
    );
    assert!(
        idle["bytes_total"] < 1_500.0 && idle["round_trips"] == 1.0,
        "{idle:?}"
    );
}

#[test]
fn a_territory_is_searched() {
    let all = [
        "cold_start_ms",
        "documents",
        "nearby_p99_ms",
        "peak_mb",
        "search_p99_ms",
    ];
    assert_eq!(names(&figures("w6", &["--docs", "60"]).unwrap()), all);
}
