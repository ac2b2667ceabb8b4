use automerge::AutoCommit;
use serde::{Deserialize, Serialize};

use super::{Apply, CommandError};
use crate::geo::{FenceUsed, Reading, Verdict};
use crate::model::{DocumentId, Kind, PersonId};
use crate::time::TimeEvidence;

/// A reading at the door with all its evidence; written once and never changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckIn {
    /// The new check-in document.
    pub document: DocumentId,
    /// The visit it belongs to.
    pub visit: DocumentId,
    /// The customer visited.
    pub customer: DocumentId,
    /// Who was there.
    pub rep: PersonId,
    /// `in`, `out` or `cancel`.
    pub moment: Moment,
    /// The raw reading, absent when there was no fix.
    pub reading: Option<Reading>,
    /// When, with the evidence for it.
    pub time: TimeEvidence,
    /// The fence it was judged with, absent when the customer has no position.
    pub fence: Option<FenceUsed>,
    /// Geodesic distance to the customer in metres, absent without a reading or a fence.
    pub distance_m: Option<f64>,
    /// The phone's own verdict.
    pub verdict: Verdict,
    /// The person's reason when the verdict is not `inside`.
    pub reason: Option<String>,
}

/// At which moment of the visit a reading was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// At the start.
    In,
    /// At the end.
    Out,
    /// At a cancel.
    Cancel,
}
