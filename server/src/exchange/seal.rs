use automerge::ChangeHash;
use fieldbook_core::model::{DocumentId, TenantId};
use fieldbook_core::wire::Seal;
use sha2::{Digest, Sha256};

use crate::store::ServerRow;

/// The seal of an operation: the first 8 bytes of SHA-256 over the server's secret, the organisation, the document and
/// the hash of the change. The secret is in every backup, so a restored server knows its own seals again.
pub(crate) fn seal(server: &ServerRow, tenant: TenantId, document: DocumentId, change: &ChangeHash) -> Seal {
    let mut hash = Sha256::new_with_prefix(b"fieldbook seal v1");
    hash.update(server.secret);
    hash.update(tenant.as_bytes());
    hash.update(document.as_bytes());
    hash.update(change.0);
    let mut seal = [0; 8];
    seal.copy_from_slice(&hash.finalize()[..8]);
    Seal(seal)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use fieldbook_core::model::ServerId;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_seal_belongs_to_one_server_organisation_document_and_operation() {
        let made = |secret: u8, tenant: u128, document: u128, change: u8| {
            let server = ServerRow {
                id: ServerId(Uuid::nil()),
                epoch: 0,
                secret: [secret; 32],
                public_key: [0; 32],
            };
            let (tenant, document) = (
                TenantId(Uuid::from_u128(tenant)),
                DocumentId(Uuid::from_u128(document)),
            );
            seal(&server, tenant, document, &ChangeHash([change; 32])).0
        };
        let seals = [
            made(1, 1, 1, 1),
            made(2, 1, 1, 1),
            made(1, 2, 1, 1),
            made(1, 1, 2, 1),
            made(1, 1, 1, 2),
        ];
        assert_eq!(BTreeSet::from(seals).len(), seals.len());
        assert_eq!(seals[0], made(1, 1, 1, 1), "and a later epoch knows it");
    }
}
