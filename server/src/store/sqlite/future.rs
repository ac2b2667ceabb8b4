use fieldbook_core::model::{DeviceId, DocumentId, TenantId};
use rusqlite::params;

use super::rows::id;
use super::session::{Session, signed, unsigned};
use crate::store::{FutureReader, FutureRow, FutureWriter, Result};

impl FutureReader for Session {
    fn future_dated(&self, tenant: TenantId, limit: usize) -> Result<Vec<FutureRow>> {
        let sql = "SELECT document, device, written_ms, received_ms FROM future_dated
                    WHERE tenant = ?1 ORDER BY received_ms, document, device LIMIT ?2";
        self.all(sql, params![self.tenant(tenant)?, signed(limit as u64)], |row| {
            Ok(FutureRow {
                document: DocumentId(id(row, 0)?),
                device: DeviceId(id(row, 1)?),
                written_ms: unsigned(row.get(2)?),
                received_ms: unsigned(row.get(3)?),
            })
        })
    }
}

impl FutureWriter for Session {
    fn note_future(&mut self, tenant: TenantId, row: &FutureRow) -> Result<()> {
        let sql = "INSERT INTO future_dated (tenant, document, device, written_ms, received_ms)
                   VALUES (?1, ?2, ?3, ?4, ?5)
                   ON CONFLICT (tenant, document, device) DO UPDATE
                   SET written_ms = excluded.written_ms, received_ms = excluded.received_ms
                   WHERE excluded.written_ms > written_ms";
        let params = params![
            self.tenant(tenant)?,
            row.document.as_bytes(),
            row.device.as_bytes(),
            signed(row.written_ms),
            signed(row.received_ms)
        ];
        self.change(sql, params)?;
        Ok(())
    }
}
