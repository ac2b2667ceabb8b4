use std::fmt;

use chrono::{DateTime, FixedOffset};

use super::Office;
use crate::gate::DocumentIndex;
use crate::model::DocumentId;

/// Everything one ruling looks at.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The document.
    pub document: DocumentId,
    /// The document as it stands, with the request in it.
    pub index: &'a DocumentIndex,
    /// The server's clock.
    pub now: DateTime<FixedOffset>,
    /// The number that the ruling gets in the ruling log.
    pub number: u64,
    /// What the server knows beyond the document.
    pub office: &'a dyn Office,
}

impl fmt::Debug for Scene<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scene")
            .field("document", &self.document)
            .field("now", &self.now)
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}
