use crate::http::ServeError;
use crate::organisation::{FormsError, ImportError, OrganisationError};
use crate::store::StoreError;

/// Why a command did not do its work; each text names what and where.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The data folder or its database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Units and people.
    #[error(transparent)]
    Organisation(#[from] OrganisationError),
    /// The import.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// Forms and chains.
    #[error(transparent)]
    Forms(#[from] FormsError),
    /// A moment that does not read.
    #[error("--{option} {text:?} is no moment; write a day such as 2026-11-24 or 2026-11-24T09:00:00+08:00")]
    Moment {
        /// Which option.
        option: &'static str,
        /// What was written.
        text: String,
    },
    /// A rule of the house that there is not.
    #[error("there is no rule {key:?}; there is: {known}")]
    PolicyKey {
        /// What was named.
        key: String,
        /// The rules there are.
        known: String,
    },
    /// A value that a rule of the house cannot have.
    #[error("{key}: {value:?} cannot be; write {expected}")]
    PolicyValue {
        /// The rule.
        key: String,
        /// What was written.
        value: String,
        /// What it can be.
        expected: &'static str,
    },
    /// Serving.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// An audit found something; all of it.
    #[error("the audit found what is not as it was written\n{0}")]
    Audit(String),
    /// A file that was named.
    #[error("{path}: {problem}")]
    File {
        /// The file.
        path: String,
        /// What the system says.
        problem: String,
    },
    /// The file of a backup.
    #[error("--to {file}: {problem}")]
    Backup {
        /// The file.
        file: String,
        /// What is wrong, and what to do.
        problem: String,
    },
    /// The folder of a restore.
    #[error("--data {folder}: {problem}")]
    Restore {
        /// The folder.
        folder: String,
        /// What is wrong, and what to do.
        problem: String,
    },
    /// The address that phones are to use.
    #[error(
        "--server {0:?} is no address; use one such as https://sync.example.org or http://192.0.2.7:7878"
    )]
    Address(String),
    /// Standard output did not take what was said.
    #[error("the answer could not be written ({0}); what was asked for is done")]
    Output(String),
    /// The machine gave no randomness.
    #[error("the machine gave no randomness: {0}")]
    Random(String),
}

impl From<getrandom::Error> for CliError {
    fn from(error: getrandom::Error) -> Self {
        Self::Random(error.to_string())
    }
}
