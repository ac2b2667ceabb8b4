use fieldbook_core::model::{DeviceId, DocumentId, TenantId};
use fieldbook_core::wire::Origin;
use rusqlite::params;

use super::rows::id;
use super::session::{Session, signed, unsigned};
use crate::store::{ActorRow, EquivocationReader, EquivocationRow, EquivocationWriter, Result};

impl EquivocationReader for Session {
    fn equivocations(&self, tenant: TenantId, limit: usize) -> Result<Vec<EquivocationRow>> {
        let sql = "SELECT document, public_key, epoch, rebase, sequence, stored, claimed, device, received_ms, operations
                     FROM equivocation WHERE tenant = ?1 ORDER BY received_ms, document, sequence, claimed LIMIT ?2";
        self.all(sql, params![self.tenant(tenant)?, signed(limit as u64)], |row| {
            Ok(EquivocationRow {
                actor: ActorRow {
                    document: DocumentId(id(row, 0)?),
                    origin: Origin {
                        public_key: row.get(1)?,
                        epoch: row.get(2)?,
                    },
                    rebase: row.get(3)?,
                },
                sequence: unsigned(row.get(4)?),
                stored: row.get(5)?,
                claimed: row.get(6)?,
                device: DeviceId(id(row, 7)?),
                received_ms: unsigned(row.get(8)?),
                operations: row.get(9)?,
            })
        })
    }

    fn equivocations_of(&self, tenant: TenantId, origin: &Origin) -> Result<u64> {
        let sql = "SELECT count(*) FROM equivocation WHERE tenant = ?1 AND public_key = ?2 AND epoch = ?3";
        let params = params![self.tenant(tenant)?, origin.public_key, origin.epoch];
        let count = self.one(sql, params, |row| row.get(0))?;
        Ok(count.map_or(0, unsigned))
    }
}

impl EquivocationWriter for Session {
    fn record_equivocation(&mut self, tenant: TenantId, row: &EquivocationRow) -> Result<bool> {
        let sql = "INSERT INTO equivocation (tenant, public_key, epoch, document, rebase, sequence, stored, claimed,
                                             device, received_ms, operations)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT DO NOTHING";
        let written = self.change(
            sql,
            params![
                self.tenant(tenant)?,
                row.actor.origin.public_key,
                row.actor.origin.epoch,
                row.actor.document.as_bytes(),
                row.actor.rebase,
                signed(row.sequence),
                row.stored,
                row.claimed,
                row.device.as_bytes(),
                signed(row.received_ms),
                row.operations
            ],
        )?;
        Ok(written == 1)
    }
}
