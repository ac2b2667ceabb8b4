use serde_json::{Number, Value, json};

use super::Workload;

/// One measured figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Of which workload.
    pub workload: Workload,
    /// Its name; other programs read it.
    pub metric: &'static str,
    /// The value in `unit`.
    pub value: f64,
    /// The unit; empty for a count or a ratio.
    pub unit: &'static str,
}

/// The first targets: workload, metric, and the most that it may be.
const TARGETS: &[(Workload, &str, f64)] = &[
    (Workload::W1, "commit_p50_ratio", 1.5),
    (Workload::W1, "cpu_us_per_op", 150.0),
    (Workload::W2, "bytes_up", 11_000.0),
    (Workload::W2, "round_trips", 1.0),
    (Workload::W2, "server_cpu_ms", 8.0),
    (Workload::W3, "not_durable", 0.0),
    (Workload::W4, "bytes_down", 1_000_000.0),
    (Workload::W4, "wall_s", 1.0),
    (Workload::W4, "first_screen_ms", 200.0),
    (Workload::W5, "bytes_total", 1_500.0),
    (Workload::W5, "round_trips", 1.0),
    (Workload::W5, "open_ms", 20.0),
    (Workload::W6, "cold_start_ms", 100.0),
    (Workload::W6, "peak_mb", 40.0),
    (Workload::W6, "search_p99_ms", 20.0),
    (Workload::W7, "cost_ratio_10000", 1.2),
];
/// The targets of W3 hold for this many reps or fewer.
const W3_REPS: f64 = 500.0;
const W3_TARGETS: &[(&str, f64)] = &[("durable_s", 5.0), ("server_peak_mb", 120.0)];

impl Figure {
    /// The most that the figure may be at first, where there is a target.
    fn target(&self, reps: f64) -> Option<f64> {
        let fixed = TARGETS
            .iter()
            .find(|(of, metric, _)| *of == self.workload && *metric == self.metric);
        let of_w3 = W3_TARGETS.iter().find(|(metric, _)| *metric == self.metric);
        match (fixed, of_w3) {
            (Some((_, _, most)), _) => Some(*most),
            (None, Some((_, most))) if self.workload == Workload::W3 && reps <= W3_REPS => Some(*most),
            _ => None,
        }
    }

    /// The value as people and programs read it: whole numbers as they are, others with four figures.
    fn number(&self) -> Number {
        let digits = 4 - 1 - self.value.abs().log10().floor().clamp(-6.0, 3.0) as i32;
        let scale = 10_f64.powi(digits);
        let rounded = if self.value.fract() == 0.0 {
            self.value
        } else {
            (self.value * scale).round() / scale
        };
        #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
        let whole = (rounded.fract() == 0.0 && rounded.abs() < 1e15).then_some(rounded as i64);
        match whole {
            Some(whole) => Number::from(whole),
            None => Number::from_f64(rounded).unwrap_or_else(|| Number::from(0)),
        }
    }

    /// One JSON object.
    pub fn to_json(&self) -> Value {
        json!({
            "workload": self.workload.name(),
            "metric": self.metric,
            "value": self.number(),
            "unit": self.unit,
        })
    }
}

/// The figures as a table for people, with the first target beside each and whether it is met.
pub fn table(figures: &[Figure]) -> String {
    let reps = figures
        .iter()
        .find(|figure| figure.metric == "reps")
        .map_or(f64::MAX, |figure| figure.value);
    let mut lines = vec![row("workload", "metric", "value", "", "first target")];
    for figure in figures {
        let value = figure.number().to_string();
        let verdict = match figure.target(reps) {
            None => String::new(),
            Some(most) if figure.value <= most => format!("≤ {most}  met"),
            Some(most) => format!("≤ {most}  MISSED"),
        };
        lines.push(row(
            figure.workload.name(),
            figure.metric,
            &value,
            figure.unit,
            &verdict,
        ));
    }
    lines.join("\n")
}

fn row(workload: &str, metric: &str, value: &str, unit: &str, target: &str) -> String {
    format!("{workload:<9} {metric:<17} {value:>10} {unit:<3} {target}")
        .trim_end()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(metric: &'static str, value: f64, unit: &'static str) -> Figure {
        Figure {
            workload: Workload::W2,
            metric,
            value,
            unit,
        }
    }

    #[test]
    fn json_is_as_the_contract_says() {
        let line = figure("bytes_up", 8123.0, "B").to_json().to_string();
        assert_eq!(
            line,
            r#"{"metric":"bytes_up","unit":"B","value":8123,"workload":"w2"}"#
        );
        let values: Vec<String> = [4.987_65, 0.001_234_56, 12_345.678, 0.0, 1.0]
            .map(|v| figure("x", v, "").number().to_string())
            .into();
        assert_eq!(values, ["4.988", "0.001235", "12346", "0", "1"]);
    }

    #[test]
    fn the_table_says_what_is_missed() {
        let text = table(&[
            figure("bytes_up", 8123.0, "B"),
            figure("server_cpu_ms", 9.5, "ms"),
        ]);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[1].ends_with("8123 B   ≤ 11000  met"), "{text}");
        assert!(lines[2].ends_with("≤ 8  MISSED"), "{text}");
    }
}
