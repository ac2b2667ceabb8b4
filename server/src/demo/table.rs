use super::phone::Tally;
use super::words::{bytes, thousands};

/// One phone's line in the table at the end.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) who: &'static str,
    pub(super) documents: u64,
    pub(super) operations: u64,
    pub(super) up: u64,
    pub(super) down: u64,
    pub(super) tally: Tally,
    pub(super) agrees: bool,
}

const HEAD: [&str; 10] = [
    "",
    "records",
    "items",
    "sent",
    "received",
    "round trips",
    "accepted",
    "sent twice",
    "attention",
    "agrees",
];

/// The table: a line for each phone, then what the server holds and the sums.
pub(super) fn table(rows: &[Row], server_documents: u64) -> String {
    let mut lines: Vec<Vec<String>> = vec![HEAD.map(str::to_owned).to_vec()];
    lines.extend(rows.iter().map(cells));
    let mut sum = Row {
        who: "all",
        documents: server_documents,
        operations: 0,
        up: 0,
        down: 0,
        tally: Tally::default(),
        agrees: rows.iter().all(|row| row.agrees),
    };
    for row in rows {
        sum.operations += row.operations;
        sum.up += row.up;
        sum.down += row.down;
        sum.tally.add(row.tally);
    }
    lines.push(cells(&sum));
    laid_out(&lines)
}

fn cells(row: &Row) -> Vec<String> {
    let Tally {
        round_trips,
        accepted,
        duplicate,
        parked,
    } = row.tally;
    vec![
        row.who.to_owned(),
        thousands(row.documents),
        thousands(row.operations),
        bytes(row.up),
        bytes(row.down),
        thousands(round_trips),
        thousands(accepted),
        thousands(duplicate),
        thousands(parked),
        if row.agrees { "yes" } else { "NO" }.to_owned(),
    ]
}

/// Columns as wide as their widest cell, numbers to the right, a rule above the sums.
fn laid_out(lines: &[Vec<String>]) -> String {
    let width = |column: usize| {
        lines
            .iter()
            .map(|line| line[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..HEAD.len()).map(width).collect();
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        if at == 1 || at + 1 == lines.len() {
            let rule: usize = widths.iter().map(|width| width + 2).sum();
            text.push_str(&"─".repeat(rule - 2));
            text.push('\n');
        }
        for (column, (cell, width)) in line.iter().zip(&widths).enumerate() {
            let padded = if column == 0 {
                format!("{cell:<width$}")
            } else {
                format!("  {cell:>width$}")
            };
            text.push_str(&padded);
        }
        text.push('\n');
    }
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sums_are_those_of_the_lines() {
        let row = |who, operations, duplicate, agrees| Row {
            who,
            documents: 10,
            operations,
            up: 1_500,
            down: 20,
            tally: Tally {
                round_trips: 3,
                accepted: 5,
                duplicate,
                parked: 0,
            },
            agrees,
        };
        let text = table(&[row("Dana", 1_200, 0, true), row("Grace", 40, 7, false)], 321);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 6, "{text}");
        let cells: Vec<&str> = lines[5].split_whitespace().collect();
        assert_eq!(
            cells,
            [
                "all", "321", "1,240", "3.0", "KB", "40", "B", "6", "10", "7", "0", "NO"
            ]
        );
        let lengths: std::collections::BTreeSet<usize> =
            lines.iter().map(|line| line.chars().count()).collect();
        assert_eq!(lengths.len(), 1, "{text}");
    }
}
