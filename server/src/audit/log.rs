use std::collections::BTreeMap;

use fieldbook_core::model::DeviceId;
use fieldbook_core::wire::Origin;

use super::rulings::gap;
use super::uploads::Evidence;
use super::{Log, Office, PAGE};
use crate::store::chain::log_link;
use crate::store::{AuditedSegment, Result};

/// What the log says all in all, to be compared with what is stored beside it.
#[derive(Default)]
struct Walk {
    last: u64,
    before: [u8; 32],
    evidence: Evidence,
    /// How many operations each installation has in it.
    stored: BTreeMap<([u8; 32], u32), u64>,
}

impl Office<'_> {
    /// The log of operations: numbered without a gap, each row as its hash says, its end where the organisation's row
    /// says; and each of a phone's covered by a signature.
    pub(super) fn operations(&mut self) -> Result<()> {
        let tenant = self.tenant.id;
        let keys = self.reader.devices(tenant)?;
        let keys: BTreeMap<DeviceId, [u8; 32]> = keys
            .into_iter()
            .map(|device| (device.id, device.public_key))
            .collect();
        let mut walk = Walk::default();
        loop {
            let rows = self.reader.audited_log(tenant, walk.last, PAGE)?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                self.row(row, &keys, &mut walk);
            }
        }
        let head = self.reader.head(tenant)?;
        if (head.sequence, head.hash) != (walk.last, walk.before) {
            let what = format!(
                "the log ends here, and the organisation's row says that it ends at {} ({}…)",
                head.sequence,
                hex::encode(&head.hash[..8])
            );
            self.find(Log::Operations, walk.last, what);
        }
        for ((public_key, epoch), counted) in &walk.stored {
            let origin = Origin {
                public_key: *public_key,
                epoch: *epoch,
            };
            let stored = self.reader.stored(&origin)?;
            if stored != *counted {
                let key = hex::encode(&public_key[..8]);
                let what = format!(
                    "installation {key}…, epoch {epoch}: {counted} operations are in the log, {stored} were counted"
                );
                self.find(Log::Operations, walk.last, what);
            }
        }
        self.uploads(walk.evidence)
    }

    fn row(&mut self, row: &AuditedSegment, keys: &BTreeMap<DeviceId, [u8; 32]>, walk: &mut Walk) {
        let (sequence, document) = (row.sequence, row.document);
        if sequence != walk.last + 1 {
            let missing = gap(walk.last + 1, sequence - 1);
            self.find(Log::Operations, sequence, format!("{missing} missing before it"));
        }
        match row.kind {
            None => self.find(
                Log::Operations,
                sequence,
                format!("document {document} has no row, or one of no known kind"),
            ),
            Some(kind) => {
                let hash = log_link(&walk.before, sequence, (document, kind), &row.as_appended());
                if hash != row.hash {
                    let what = format!(
                        "of document {document}: the row, the document's kind or the row before is not what its hash was made of"
                    );
                    self.find(Log::Operations, sequence, what);
                }
            }
        }
        let is_phones = row.origin.public_key != self.server.public_key || row.device.is_some();
        if row.proof.is_none() && is_phones {
            // After a restore phones hand back what they hold of others: the seal proves that, see the documents.
            if self.server.epoch > 0 {
                self.audit.handed_back += 1;
            } else {
                let what = format!(
                    "of document {document}: a phone's operations, and no upload proves that it signed them"
                );
                self.find(Log::Operations, sequence, what);
            }
        }
        if let (Some(_), Some(device)) = (row.proof, row.device)
            && !keys.contains_key(&device)
        {
            self.find(
                Log::Operations,
                sequence,
                format!("device {device} is not registered"),
            );
        }
        walk.evidence.add(row);
        let counted = walk
            .stored
            .entry((row.origin.public_key, row.origin.epoch))
            .or_default();
        *counted += u64::from(row.count);
        (walk.last, walk.before) = (sequence, row.hash);
        self.audit.segments += 1;
        self.audit.operations += u64::from(row.count);
    }
}
