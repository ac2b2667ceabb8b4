use fieldbook_core::model::{DeviceId, DocumentId, TenantId};
use rusqlite::params;

use super::rows::id;
use super::session::{Session, signed, unsigned};
use crate::store::{RestoreReader, RestoreRow, RestoreWriter, Result};

impl RestoreReader for Session {
    fn restored(&self) -> Result<Option<RestoreRow>> {
        let sql = "SELECT epoch, at_ms, hold_until_ms FROM restore ORDER BY epoch DESC LIMIT 1";
        self.one(sql, [], |row| {
            Ok(RestoreRow {
                epoch: row.get(0)?,
                at_ms: unsigned(row.get(1)?),
                hold_until_ms: unsigned(row.get(2)?),
            })
        })
    }

    fn behind(&self, restore: &RestoreRow, since_ms: u64) -> Result<u64> {
        let sql = "SELECT count(*) FROM device
                    WHERE (seen_ms > 0 AND seen_ms >= ?2 OR created_ms BETWEEN ?2 AND ?3)
                      AND revoked_ms IS NULL AND closed_ms IS NULL
                      AND NOT EXISTS (SELECT 1 FROM person WHERE person.tenant = device.tenant
                                         AND person.id = device.person AND person.left_ms IS NOT NULL)
                      AND NOT EXISTS (SELECT 1 FROM caught_up AS known WHERE known.tenant = device.tenant
                                         AND known.device = device.id AND known.epoch = ?1)";
        let params = params![restore.epoch, signed(since_ms), signed(restore.at_ms)];
        let count = self.one(sql, params, |row| row.get(0))?;
        Ok(count.map_or(0, unsigned))
    }

    fn has_caught_up(&self, tenant: TenantId, device: DeviceId, epoch: u32) -> Result<bool> {
        let sql = "SELECT 1 FROM caught_up WHERE tenant = ?1 AND device = ?2 AND epoch = ?3";
        let params = params![self.tenant(tenant)?, device.as_bytes(), epoch];
        Ok(self.one(sql, params, |row| row.get::<_, i64>(0))?.is_some())
    }

    fn held(&self, limit: usize) -> Result<Vec<(TenantId, DocumentId)>> {
        let sql = "SELECT tenant.id, document FROM held JOIN tenant ON tenant.number = held.tenant
                    ORDER BY held.tenant, document LIMIT ?1";
        self.all(sql, [signed(limit as u64)], |row| {
            Ok((TenantId(id(row, 0)?), DocumentId(id(row, 1)?)))
        })
    }
}

impl RestoreWriter for Session {
    fn put_restore(&mut self, restore: &RestoreRow) -> Result<()> {
        let sql = "INSERT INTO restore (epoch, at_ms, hold_until_ms) VALUES (?1, ?2, ?3)";
        let row = params![
            restore.epoch,
            signed(restore.at_ms),
            signed(restore.hold_until_ms)
        ];
        self.change(sql, row)?;
        let sql = "UPDATE server SET epoch = ?1 WHERE one = 1";
        self.change_one(sql, [restore.epoch], "server", "")
    }

    fn set_hold(&mut self, hold_until_ms: u64) -> Result<()> {
        let sql = "UPDATE restore SET hold_until_ms = ?1 WHERE epoch = (SELECT max(epoch) FROM restore)";
        self.change(sql, [signed(hold_until_ms)]).map(|_| ())
    }

    fn caught_up(&mut self, tenant: TenantId, device: DeviceId, epoch: u32) -> Result<()> {
        let sql = "INSERT INTO caught_up (tenant, device, epoch) VALUES (?1, ?2, ?3)
                   ON CONFLICT (tenant, device) DO UPDATE SET epoch = excluded.epoch";
        let params = params![self.tenant(tenant)?, device.as_bytes(), epoch];
        self.change(sql, params).map(|_| ())
    }

    fn hold(&mut self, tenant: TenantId, document: DocumentId) -> Result<()> {
        let sql = "INSERT OR IGNORE INTO held (tenant, document) VALUES (?1, ?2)";
        self.change(sql, params![self.tenant(tenant)?, document.as_bytes()])
            .map(|_| ())
    }

    fn release(&mut self, tenant: TenantId, document: DocumentId) -> Result<()> {
        let sql = "DELETE FROM held WHERE tenant = ?1 AND document = ?2";
        self.change(sql, params![self.tenant(tenant)?, document.as_bytes()])
            .map(|_| ())
    }
}
