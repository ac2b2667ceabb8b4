//! Customers from a CSV file. Every row is checked before anything is written; a second import of the same
//! row is skipped.

mod error;
mod line;
mod plan;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use error::{BadRow, ImportError};
pub use line::CustomerLine;
pub use plan::{Assign, ImportOptions};
pub use read::CustomerFile;
pub use write::{Imported, import_customers};
