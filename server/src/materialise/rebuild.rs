use automerge::AutoCommit;
use fieldbook_core::document::{materialise, shown, to_json};
use fieldbook_core::gate::DocumentIndex;

use super::job::{Job, Made};
use crate::exchange::read_segments;

/// Makes the document and checks that it shows what the gate's index shows, before and after it is saved.
pub(super) fn rebuild(job: Job) -> Made {
    match try_rebuild(job) {
        Ok(json) => Made::Sound(json),
        Err(reason) => Made::Unsound(reason),
    }
}

fn try_rebuild(job: Job) -> Result<String, String> {
    let document = job.document;
    let mut changes = Vec::new();
    let index = read_segments(document, &job.rows(), |change| changes.push(change))
        .map_err(|error| error.to_string())?;
    let mut doc = materialise(changes).map_err(|error| format!("Automerge does not take it: {error}"))?;
    compare(&index, &mut doc, "as it was made")?;
    let saved = doc.save();
    let mut loaded =
        AutoCommit::load(&saved).map_err(|error| format!("it does not load once saved: {error}"))?;
    compare(&index, &mut loaded, "once saved and loaded")?;
    Ok(to_json(&doc).to_string())
}

fn compare(index: &DocumentIndex, doc: &mut AutoCommit, when: &str) -> Result<(), String> {
    if let Some(place) = index.shown().difference(&shown(doc)) {
        return Err(format!("{when}, it differs from what the gate saw at {place:?}"));
    }
    let mut heads = doc.get_heads();
    heads.sort();
    if heads == index.heads() {
        Ok(())
    } else {
        Err(format!("{when}, it has other heads than the gate saw"))
    }
}
