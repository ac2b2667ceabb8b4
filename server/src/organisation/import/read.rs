use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use csv::{ReaderBuilder, StringRecord};

use super::line::Cells;
use super::{BadRow, CustomerLine, ImportError};

/// The columns that must be there.
const WANTED: [&str; 4] = ["external_id", "name", "lat", "lon"];
/// All columns that mean something; others are left alone.
const KNOWN: [&str; 11] = [
    "external_id",
    "name",
    "address",
    "city",
    "state",
    "postal_code",
    "store_type",
    "lat",
    "lon",
    "grade",
    "owner",
];

/// A file of customers in which every row is sound.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerFile {
    /// The customers in the file's order.
    pub lines: Vec<CustomerLine>,
    /// Columns that were not used.
    pub unused: Vec<String>,
}

impl CustomerFile {
    /// Reads a CSV file (UTF-8, with a header) and checks all of it.
    ///
    /// # Errors
    /// A missing column, one that stands there twice, or every row that is wrong with its line, column, value and fix.
    pub fn read(mut source: impl Read) -> Result<Self, ImportError> {
        let mut bytes = Vec::new();
        let read = source.read_to_end(&mut bytes);
        read.map_err(|error| ImportError::File(format!("the file could not be read: {error}")))?;
        // The line numbers of the reader are one behind after a carriage return.
        bytes.retain(|byte| *byte != b'\r');
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(bytes.as_slice());
        let header = reader
            .headers()
            .map_err(|error| ImportError::File(in_words(&error)))?
            .clone();
        let names: Vec<&str> = header
            .iter()
            .map(|name| name.trim_start_matches('\u{feff}').trim())
            .collect();
        let places: BTreeMap<&str, usize> = names
            .iter()
            .enumerate()
            .map(|(place, name)| (*name, place))
            .collect();
        if let Some(column) = WANTED.into_iter().find(|column| !places.contains_key(column)) {
            return Err(ImportError::Header {
                column,
                wanted: "external_id, name, lat and lon",
            });
        }
        let twice =
            |name: &&&str| KNOWN.contains(name) && names.iter().filter(|other| other == name).count() > 1;
        if let Some(column) = names.iter().find(twice) {
            return Err(ImportError::Twice((*column).to_owned()));
        }
        let mut lines = Vec::new();
        let mut bad = Vec::new();
        let mut seen = BTreeSet::new();
        for (at, record) in reader.records().enumerate() {
            match record {
                Ok(record) => {
                    let line = row(&record, names.len(), &places, &mut bad);
                    lines.extend(line.filter(|line| is_new(line, &mut seen, &mut bad)));
                }
                Err(error) => bad.push(unreadable(&error, at as u64 + 2)),
            }
        }
        if !bad.is_empty() {
            return Err(ImportError::Rows(bad));
        }
        let unused = names
            .iter()
            .filter(|name| !KNOWN.contains(name))
            .map(|name| (*name).to_owned())
            .collect();
        Ok(Self { lines, unused })
    }
}

fn row(
    record: &StringRecord,
    columns: usize,
    places: &BTreeMap<&str, usize>,
    bad: &mut Vec<BadRow>,
) -> Option<CustomerLine> {
    let line = record.position().map_or(0, csv::Position::line);
    if record.len() != columns {
        let fix = format!(
            "the row has {} cells, the header has {columns}; put cells that contain commas in quotation marks",
            record.len()
        );
        bad.push(BadRow {
            line,
            column: "",
            value: String::new(),
            fix,
        });
        return None;
    }
    let cell = |column: &'static str| {
        places
            .get(column)
            .and_then(|place| record.get(*place))
            .map_or("", str::trim)
    };
    Cells { line, cell: &cell }.read(bad)
}

fn is_new(line: &CustomerLine, seen: &mut BTreeSet<String>, bad: &mut Vec<BadRow>) -> bool {
    if seen.insert(line.external_id.clone()) {
        return true;
    }
    bad.push(BadRow {
        line: line.line,
        column: "external_id",
        value: line.external_id.clone(),
        fix: "an earlier row has the same number; keep one of them".to_owned(),
    });
    false
}

fn unreadable(error: &csv::Error, line: u64) -> BadRow {
    let line = error.position().map_or(line, csv::Position::line);
    BadRow {
        line,
        column: "",
        value: String::new(),
        fix: in_words(error),
    }
}

fn in_words(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "this is not UTF-8; save the file as \"CSV UTF-8\"".to_owned(),
        csv::ErrorKind::Io(error) => format!("the file could not be read: {error}"),
        _ => error.to_string(),
    }
}
