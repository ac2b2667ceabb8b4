use fieldbook_core::model::{DocumentId, TenantId};

use crate::store::{SetAsideRow, StoreError, Writer};

/// Keeps what a damaged document does to itself: `None` when what was tried failed because it does not read. It is set aside
/// for the operator then, and whoever asked goes on with the others. Whatever else fails, fails as before.
///
/// What is tried reads the document before it writes anything of it: what `writer` holds by then is whole, and is kept.
pub(crate) fn contain<T>(
    writer: &mut dyn Writer,
    tenant: TenantId,
    document: DocumentId,
    now_ms: u64,
    tried: Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    let problem = match tried {
        Ok(done) => return Ok(Some(done)),
        Err(error @ StoreError::DamagedDocument { .. }) => error.to_string(),
        Err(error) => return Err(error),
    };
    let is_known = writer
        .set_aside(tenant)?
        .iter()
        .any(|row| row.document == document);
    if is_known {
        return Ok(None);
    }
    tracing::error!(
        event = "set_aside",
        %document,
        problem,
        "a stored document does not read; `fieldbook documents list --set-aside` names it"
    );
    let row = SetAsideRow {
        document,
        as_of: writer.document(tenant, document)?.map_or(0, |row| row.last),
        at_ms: now_ms,
        reason: problem,
        is_released: false,
    };
    writer.put_aside(tenant, &row)?;
    Ok(None)
}
