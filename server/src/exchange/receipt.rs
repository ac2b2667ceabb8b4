use chrono::{DateTime, Utc};
use fieldbook_core::trust::{LogPoint, Receipt};
use fieldbook_core::wire::Origin;

use super::Caller;
use crate::store::{LogHead, Reader, ServerRow, StoreError};

/// What the server vouches for towards the caller now.
pub(super) fn receipt(
    reader: &dyn Reader,
    server: &ServerRow,
    caller: &Caller,
    now: DateTime<Utc>,
) -> Result<Receipt, StoreError> {
    let (tenant, installation) = (caller.principal.tenant, caller.installation);
    let origin = Origin {
        public_key: installation.public_key,
        epoch: installation.epoch,
    };
    let point = |head: LogHead| LogPoint {
        number: head.sequence,
        hash: head.hash,
    };
    let receipt = Receipt {
        at_ms: u64::try_from(now.timestamp_millis()).unwrap_or(0),
        epoch: server.epoch,
        stored: reader.stored(&origin)?,
        refused: reader.refusals(tenant, &origin)?,
        log: point(reader.head(tenant)?),
        rulings: point(reader.ruling_head(tenant)?),
        signature: [0; 64],
    };
    Ok(receipt.signed(server.id, tenant, &installation, &server.secret))
}
