use std::fmt;

use super::super::OrganisationError;
use crate::store::StoreError;

/// Bad rows that are shown one by one.
const SHOWN: usize = 50;

/// One thing that is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// The line in the file, from 1; the header is line 1.
    pub line: u64,
    /// The column's name, empty when it is the whole row.
    pub column: &'static str,
    /// What stands there.
    pub value: String,
    /// What to do about it.
    pub fix: String,
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if !self.column.is_empty() {
            write!(f, ", column {}: {:?}", self.column, self.value)?;
        }
        write!(f, ": {}", self.fix)
    }
}

/// Why nothing was imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// The file could not be read at all.
    #[error("{0}")]
    File(String),
    /// A column that must be there is missing.
    #[error("the file has no column {column:?}; its header must name {wanted}")]
    Header {
        /// The missing column.
        column: &'static str,
        /// The columns that are needed.
        wanted: &'static str,
    },
    /// A column stands in the header twice: which of the two is meant is not for us to guess.
    #[error("the header names column {0:?} twice; remove or rename one of the two")]
    Twice(String),
    /// Rows that cannot be imported; nothing was written.
    #[error("nothing was imported, because of:{}", listed(.0))]
    Rows(Vec<BadRow>),
    /// The unit has nobody to look after customers.
    #[error("unit {0:?} has no reps; add one with `fieldbook user add NAME --role rep --unit {0:?}`")]
    NoReps(String),
    /// A customer could not be made into a document.
    #[error("customer {external_id:?} could not be written: {problem}")]
    Customer {
        /// Its number in the file.
        external_id: String,
        /// What went wrong.
        problem: String,
    },
    /// The organisation has no such unit or person.
    #[error(transparent)]
    Organisation(#[from] OrganisationError),
    /// The store did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn listed(rows: &[BadRow]) -> String {
    let mut text = String::new();
    for row in rows.iter().take(SHOWN) {
        text.push_str(&format!("\n  {row}"));
    }
    if rows.len() > SHOWN {
        text.push_str(&format!("\n  and {} more", rows.len() - SHOWN));
    }
    text
}
