use automerge::Change;
use fieldbook_core::document::rebuild;
use fieldbook_core::document::view::Course;
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{DocumentId, InstallationKey, Kind, PersonId, Principal, TenantId, derive_actor};
use fieldbook_core::wire::operations::{Limits, Reader as SegmentReader};

use super::upload::{Grown, Upload};
use crate::store::{DocumentRow, Reader, SegmentRow, StoreError};

/// The index of a document as it is stored now: from this upload, from the cache, or read again.
pub(super) fn load(
    reader: &dyn Reader,
    upload: &Upload<'_>,
    document: DocumentId,
    row: Option<&DocumentRow>,
    grown: &mut Grown,
) -> Result<DocumentIndex, StoreError> {
    let tenant = upload.caller.principal.tenant;
    let Some(row) = row else {
        return Ok(DocumentIndex::new());
    };
    if let Some((_, index)) = grown.remove(&document).filter(|(last, _)| *last == row.last) {
        return Ok(index);
    }
    if let Some(index) = upload.cache.take(tenant, document, row.last) {
        return Ok(index);
    }
    let index = read_index(reader, tenant, document)?;
    upload.budget.read_again(index.effort());
    Ok(index)
}

/// Reads a document's index from its stored segments; empty for an unknown document.
///
/// # Errors
/// A store that does not answer, or segments that do not pass the gate again.
pub fn read_index(
    reader: &dyn Reader,
    tenant: TenantId,
    document: DocumentId,
) -> Result<DocumentIndex, StoreError> {
    read_segments(document, &segments(reader, tenant, document)?, |_| ())
}

/// The stored segments of a document; a row that is not one is damage to this document.
pub(super) fn segments(
    reader: &dyn Reader,
    tenant: TenantId,
    document: DocumentId,
) -> Result<Vec<SegmentRow>, StoreError> {
    reader.segments(tenant, document, 0).map_err(|error| match error {
        StoreError::Row { .. } => StoreError::damaged_document(document, error.to_string()),
        error => error,
    })
}

/// Reads stored segments in the order of the log; `each` gets every change. Answers the index.
///
/// # Errors
/// Segments that do not read or that the gate refuses: they were accepted once, so something changed them since.
pub(crate) fn read_segments(
    document: DocumentId,
    rows: &[SegmentRow],
    mut each: impl FnMut(Change),
) -> Result<DocumentIndex, StoreError> {
    let damaged = |detail: String| StoreError::damaged_document(document, detail);
    let mut index = DocumentIndex::new();
    for row in rows {
        let installation = InstallationKey {
            public_key: row.origin.public_key,
            epoch: row.origin.epoch,
        };
        let actor = derive_actor(&installation, document, row.rebase);
        let limits = Limits::default();
        let mut segment = SegmentReader::new(&row.operations, actor, row.base, row.count, &limits)
            .map_err(|error| damaged(error.to_string()))?;
        while let Some(change) = segment.next(&index).map_err(|error| damaged(error.to_string()))? {
            index
                .admit(&change)
                .map_err(|refusal| damaged(refusal.to_string()))?;
            let (change, hash) = rebuild(change);
            index.seal(hash);
            each(change);
        }
    }
    Ok(index)
}

/// May this person see the document: by the units, or because the server asked them about an approval?
pub(super) fn sees(principal: &Principal, owner: PersonId, kind: Kind, index: &DocumentIndex) -> bool {
    let is_asked = || Course::read(index).is_ok_and(|course| course.reach.contains(&principal.person));
    principal.sees(owner) || (kind == Kind::Approval && is_asked())
}
