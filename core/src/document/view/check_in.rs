use super::ViewError;
use super::fields::Fields;
use crate::document::command::{CheckIn, Moment};
use crate::gate::DocumentIndex;
use crate::geo::{FenceUsed, Reading, Source, Verdict};
use crate::model::DocumentId;
use crate::time::TimeEvidence;

/// A check-in is written once, so it reads as it was written.
pub type CheckInView = CheckIn;

impl CheckIn {
    /// Reads a check-in; the index does not know its own id, so the caller names it.
    ///
    /// # Errors
    /// A field of the table that must be there is missing or holds something else.
    pub fn read(document: DocumentId, index: &DocumentIndex) -> Result<Self, ViewError> {
        let root = Fields::root(index.root());
        Ok(Self {
            document,
            visit: root.parse("visit")?,
            customer: root.parse("customer")?,
            rep: root.parse("rep")?,
            moment: root.named("moment", Moment::from_name)?,
            reading: root
                .optional_map("reading", "reading/")
                .map(reading)
                .transpose()?,
            time: time(root.map("time", "time/")?)?,
            fence: root.optional_map("fence", "fence/").map(fence).transpose()?,
            distance_m: root.map.f64("distance"),
            verdict: root.named("verdict", Verdict::from_name)?,
            reason: root.optional("reason"),
        })
    }
}

fn reading(fields: Fields<'_>) -> Result<Reading, ViewError> {
    Ok(Reading {
        position: fields.position()?,
        accuracy_m: fields.f64("accuracy")?,
        source: fields.named("source", Source::from_name)?,
        fix_age_ms: fields.uint("age_ms")?,
        mock: fields.map.bool("mock").unwrap_or(false),
        speed_mps: fields.map.f64("speed"),
    })
}

fn time(fields: Fields<'_>) -> Result<TimeEvidence, ViewError> {
    Ok(TimeEvidence {
        at: fields.timestamp("at")?,
        mono_ms: fields.uint("mono_ms")?,
        boot: fields.parse("boot")?,
        server_ms: fields.map.uint("server_ms"),
    })
}

fn fence(fields: Fields<'_>) -> Result<FenceUsed, ViewError> {
    let version = fields.uint("version")?;
    Ok(FenceUsed {
        version: u32::try_from(version).map_err(|error| fields.wrong("version", error))?,
        radius_m: fields.f64("radius")?,
        centre: fields.position()?,
    })
}
