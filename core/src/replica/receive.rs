use rusqlite::Connection;

use super::documents::{self, Documents};
use super::error::ReplicaError;
use super::live::Changed;
use super::store::segments::{Format, NewSegment};
use super::store::{documents as document_rows, projections, segments};
use crate::document::rebuild;
use crate::document::view::owner;
use crate::gate::{DocumentIndex, Write};
use crate::model::{DocumentId, InstallationKey, derive_actor};
use crate::wire::operations::{Limits, Reader};
use crate::wire::{News, Origin, Segment};

/// Takes one document's news into the store: what is known already is skipped, the rest is checked by the
/// same gate as on the server, stored as it came and projected.
pub(super) fn take(
    tx: &Connection,
    documents: &mut Documents,
    origins: &[Origin],
    news: &News,
    now_ms: u64,
    changed: &mut Changed,
) -> Result<(), ReplicaError> {
    let document = news.document;
    // A document that nobody has open is indexed for this transaction only: a first sync brings thousands.
    let mut fresh;
    let index = if documents.holds(document) {
        documents.index(tx, document)?
    } else {
        fresh = documents::read(tx, document)?;
        &mut fresh
    };
    let mut writes = Vec::new();
    for segment in &news.segments {
        let origin = usize::try_from(segment.origin)
            .ok()
            .and_then(|at| origins.get(at))
            .ok_or_else(|| ReplicaError::Answer(format!("no origin {} in the answer", segment.origin)))?;
        take_segment(tx, document, index, origin, segment, &mut writes)?;
    }
    if !writes.is_empty() {
        if let Some(owner) = owner(news.kind, index) {
            document_rows::received(tx, document, news.kind, owner, now_ms)?;
        }
        projections::project(tx, news.kind, document, index, &writes)?;
        changed.documents.insert((news.kind, document));
    }
    Ok(())
}

fn take_segment(
    tx: &Connection,
    document: DocumentId,
    index: &mut DocumentIndex,
    origin: &Origin,
    segment: &Segment,
    writes: &mut Vec<Write>,
) -> Result<(), ReplicaError> {
    let unreadable = |detail: String| ReplicaError::Damaged { document, detail };
    let installation = InstallationKey {
        public_key: origin.public_key,
        epoch: origin.epoch,
    };
    let actor = derive_actor(&installation, document, segment.rebase);
    let known = index.sequence(&actor);
    if segment.base + u64::from(segment.count) <= known {
        return Ok(());
    }
    let mut reader = Reader::new(
        &segment.operations,
        actor,
        segment.base,
        segment.count,
        &Limits::default(),
    )
    .map_err(|error| unreadable(error.to_string()))?;
    while let Some(expanded) = reader
        .next(index)
        .map_err(|error| unreadable(error.to_string()))?
    {
        if expanded.seq <= known {
            continue;
        }
        writes.extend(
            index
                .admit(&expanded)
                .map_err(|refusal| unreadable(refusal.to_string()))?,
        );
        index.seal(rebuild(expanded).1);
    }
    reader.finish().map_err(|error| unreadable(error.to_string()))?;
    segments::insert(
        tx,
        &NewSegment {
            document,
            format: Format::Operations,
            origin_key: origin.public_key,
            origin_epoch: origin.epoch,
            rebase: segment.rebase,
            base: segment.base,
            count: segment.count,
            body: &segment.operations,
        },
        segment.seal,
    )?;
    Ok(())
}
