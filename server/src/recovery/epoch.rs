use fieldbook_core::model::DocumentId;
use fieldbook_core::trust::{self, LogPoint};
use serde_json::json;
use uuid::Uuid;

use crate::store::{LogHead, RestoreRow, Result, Writer};

/// What a restore began with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The epoch from now on.
    pub epoch: u32,
    /// The epoch of the backup.
    pub before: u32,
    /// Where the log of the (first) organisation ends in the backup.
    pub head: LogHead,
}

/// Begins a new epoch in a store that comes from a backup, before it serves anybody, and writes that into the ruling log
/// of every organisation, signed: receipts beyond the backup are explained by it.
///
/// The epoch is the time in seconds, or the next number when that is higher: two restores of the same backup have
/// different ones, so neither mistakes the other's log for its own.
///
/// # Errors
/// When the store does not read or write.
pub fn begin_epoch(writer: &mut dyn Writer, now_ms: u64, hold_ms: u64) -> Result<Restored> {
    let server = writer.server()?;
    let before = server.epoch;
    let seconds = u32::try_from(now_ms / 1000).unwrap_or(u32::MAX);
    let epoch = seconds.max(before.saturating_add(1));
    writer.put_restore(&RestoreRow {
        epoch,
        at_ms: now_ms,
        hold_until_ms: now_ms.saturating_add(hold_ms),
    })?;
    let mut first = None;
    for tenant in writer.tenants()? {
        let head = writer.head(tenant.id)?;
        first.get_or_insert(head);
        let record = trust::Restored {
            epoch,
            before,
            at_ms: now_ms,
            log: point(head),
            rulings: point(writer.ruling_head(tenant.id)?),
            signature: [0; 64],
        };
        let record = json!({ "restored": record.signed(server.id, tenant.id, &server.secret) });
        // It is about no document.
        let none = DocumentId(Uuid::nil());
        writer.append_ruling(tenant.id, none, now_ms, &record.to_string())?;
    }
    Ok(Restored {
        epoch,
        before,
        head: first.unwrap_or_default(),
    })
}

fn point(head: LogHead) -> LogPoint {
    LogPoint {
        number: head.sequence,
        hash: head.hash,
    }
}
