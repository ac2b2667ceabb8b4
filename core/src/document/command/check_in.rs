use automerge::ObjType;
use automerge::legacy::ObjectId;
use serde::{Deserialize, Serialize};

use super::writing::{begin, container, put_position, put_some};
use super::{Apply, CommandError};
use crate::document::draft::Draft;
use crate::geo::{FenceUsed, Reading, Verdict};
use crate::model::{DocumentId, Kind, PersonId};
use crate::time::{TimeEvidence, format_timestamp};

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

impl Moment {
    /// All moments.
    pub const ALL: [Moment; 3] = [Moment::In, Moment::Out, Moment::Cancel];

    /// The name in documents and SQL.
    pub fn name(self) -> &'static str {
        match self {
            Moment::In => "in",
            Moment::Out => "out",
            Moment::Cancel => "cancel",
        }
    }

    /// The moment of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|moment| moment.name() == name)
    }
}

impl Apply for CheckIn {
    const KIND: Kind = Kind::CheckIn;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn creates(&self) -> bool {
        true
    }
    fn refers_to(&self) -> Vec<DocumentId> {
        vec![self.visit, self.customer]
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        begin(draft, Kind::CheckIn);
        draft.put(&ObjectId::Root, "rep", self.rep.to_string());
        draft.put(&ObjectId::Root, "visit", self.visit.to_string());
        draft.put(&ObjectId::Root, "customer", self.customer.to_string());
        draft.put(&ObjectId::Root, "moment", self.moment.name());
        if let Some(reading) = &self.reading {
            write_reading(draft, reading);
        }
        write_time(draft, &self.time);
        if let Some(fence) = &self.fence {
            write_fence(draft, fence);
        }
        put_some(draft, &ObjectId::Root, "distance", self.distance_m);
        draft.put(&ObjectId::Root, "verdict", self.verdict.name());
        put_some(draft, &ObjectId::Root, "reason", self.reason.as_deref());
        Ok(())
    }
}

fn write_reading(draft: &mut Draft<'_>, reading: &Reading) {
    let map = container(draft, "reading", ObjType::Map);
    put_position(draft, &map, reading.position);
    draft.put(&map, "accuracy", reading.accuracy_m);
    draft.put(&map, "source", reading.source.name());
    draft.put(&map, "age_ms", reading.fix_age_ms);
    put_some(draft, &map, "mock", reading.mock.then_some(true));
    put_some(draft, &map, "speed", reading.speed_mps);
}

fn write_time(draft: &mut Draft<'_>, time: &TimeEvidence) {
    let map = container(draft, "time", ObjType::Map);
    draft.put(&map, "at", format_timestamp(&time.at));
    draft.put(&map, "mono_ms", time.mono_ms);
    draft.put(&map, "boot", time.boot.to_string());
    put_some(draft, &map, "server_ms", time.server_ms);
}

fn write_fence(draft: &mut Draft<'_>, fence: &FenceUsed) {
    let map = container(draft, "fence", ObjType::Map);
    draft.put(&map, "version", u64::from(fence.version));
    draft.put(&map, "radius", fence.radius_m);
    put_position(draft, &map, fence.centre);
}
