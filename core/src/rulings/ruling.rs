use std::error::Error;

use crate::document::Command;
use crate::document::view::ViewError;

/// What the server decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruling {
    /// What the server's actor writes into the document.
    pub command: Command,
}

impl Ruling {
    /// A ruling that is this command.
    pub fn new(command: Command) -> Self {
        Self { command }
    }
}

/// Why nothing could be ruled, though there may have been something to rule.
#[derive(Debug, thiserror::Error)]
pub enum Unruled {
    /// The document does not read as its kind.
    #[error(transparent)]
    View(#[from] ViewError),
    /// The version of the chain that a round keeps is not known here, or lacks a step of the round's plan.
    #[error(
        "chain {0} is not known here, so what needs it waits; import the file that it came from: fieldbook forms import FILE"
    )]
    Chain(String),
    /// What lies beyond the document could not be read.
    #[error("what the ruling needs could not be read: {0}")]
    Office(Box<dyn Error + Send + Sync>),
}
