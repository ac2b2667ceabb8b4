use fieldbook_core::document::view::ApprovalView;
use fieldbook_core::model::form::Chain;
use fieldbook_core::model::{DocumentId, TenantId};

use crate::exchange::read_index;
use crate::store::{Reader, StoreError};

/// Approvals that are read at once.
const BATCH: usize = 64;

/// A request on which nothing is ruled because this server does not know the version of the chain that its round keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingForChain {
    /// The request.
    pub document: DocumentId,
    /// What it is for, in the applicant's words.
    pub title: String,
    /// The chain, for example `expense@1342177280`.
    pub chain: String,
}

/// The requests that wait for a chain, in the order of their ids. There are some after a restore from a backup that is older than
/// the chain; they go on by themselves once the chain's file is imported again.
///
/// # Errors
/// When the store does not read.
pub fn waiting_for_chains(reader: &dyn Reader, tenant: TenantId) -> Result<Vec<WaitingForChain>, StoreError> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let open = reader.open_approvals(tenant, after, BATCH)?;
        for document in &open {
            // What does not read waits for the operator anyway.
            let index = match read_index(reader, tenant, *document) {
                Err(StoreError::DamagedDocument { .. }) => continue,
                index => index?,
            };
            let Ok(view) = ApprovalView::read(&index) else {
                continue;
            };
            let chain = view.course.chain;
            let is_known = match Chain::parse_id(&chain) {
                Some((name, version)) => reader.chain(tenant, name, Some(version))?.is_some(),
                None => false,
            };
            if !is_known {
                let (document, title) = (*document, view.title);
                found.push(WaitingForChain {
                    document,
                    title,
                    chain,
                });
            }
        }
        if open.len() < BATCH {
            return Ok(found);
        }
        after = open.last().copied();
    }
}
