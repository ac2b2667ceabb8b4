use fieldbook_core::document::command::{Reply, Want};
use fieldbook_core::document::view::CustomerView;
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{DocumentId, TenantId};

use crate::store::{Result, Writer};

/// Notes the claims on a customer that were granted, each at the moment of its ruling: what phones hand back after a restore
/// counts for the quota of its day. One that is noted already is not noted again.
pub(crate) fn remember(
    writer: &mut dyn Writer,
    tenant: TenantId,
    document: DocumentId,
    index: &DocumentIndex,
) -> Result<()> {
    let Ok(customer) = CustomerView::read(index) else {
        return Ok(());
    };
    let claims = customer
        .requests
        .iter()
        .filter(|request| request.want == Want::Claim);
    for request in claims {
        if let Some(granted) = request.reply.as_ref().filter(|it| it.reply == Reply::Granted) {
            let at_ms = u64::try_from(granted.at.timestamp_millis()).unwrap_or(0);
            writer.add_claim(tenant, request.by, at_ms, document)?;
        }
    }
    Ok(())
}
