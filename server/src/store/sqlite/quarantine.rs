use fieldbook_core::model::{DeviceId, DocumentId, PersonId, TenantId};
use fieldbook_core::wire::Origin;
use rusqlite::types::Type;
use rusqlite::{Row, params};
use serde::de::DeserializeOwned;

use super::rows::{id, kind, kind_number};
use super::session::{Session, signed, unsigned};
use crate::store::{QuarantineReader, QuarantineRow, QuarantineWriter, Result, StoreError};

fn json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, error.into()))
}

impl QuarantineReader for Session {
    fn quarantined(&self, tenant: TenantId) -> Result<Vec<QuarantineRow>> {
        let sql = "SELECT number, person, device, document, kind, public_key, epoch, rebase, base, count, operations,
                          sequence, received_ms, rejection
                     FROM quarantine WHERE tenant = ?1 ORDER BY number";
        self.all(sql, [self.tenant(tenant)?], |row| {
            Ok(QuarantineRow {
                number: unsigned(row.get(0)?),
                person: PersonId(id(row, 1)?),
                device: DeviceId(id(row, 2)?),
                document: DocumentId(id(row, 3)?),
                kind: kind(row, 4)?,
                origin: Origin {
                    public_key: row.get(5)?,
                    epoch: row.get(6)?,
                },
                rebase: row.get(7)?,
                base: unsigned(row.get(8)?),
                count: row.get(9)?,
                operations: row.get(10)?,
                sequence: unsigned(row.get(11)?),
                received_ms: unsigned(row.get(12)?),
                rejection: json(row, 13)?,
            })
        })
    }
}

impl QuarantineWriter for Session {
    fn quarantine(&mut self, tenant: TenantId, kept: &QuarantineRow) -> Result<u64> {
        let tenant = self.tenant(tenant)?;
        let last: Option<Option<i64>> = self.one(
            "SELECT max(number) FROM quarantine WHERE tenant = ?1",
            [tenant],
            |row| row.get(0),
        )?;
        let number = last.flatten().map_or(0, unsigned) + 1;
        let rejection = serde_json::to_string(&kept.rejection)
            .map_err(|error| StoreError::damaged_document(kept.document, error.to_string()))?;
        let row = params![
            tenant,
            signed(number),
            kept.person.as_bytes(),
            kept.device.as_bytes(),
            kept.document.as_bytes(),
            kind_number(kept.kind),
            kept.origin.public_key,
            kept.origin.epoch,
            kept.rebase,
            signed(kept.base),
            kept.count,
            kept.operations,
            signed(kept.sequence),
            signed(kept.received_ms),
            rejection
        ];
        let sql = "INSERT INTO quarantine (tenant, number, person, device, document, kind, public_key, epoch, rebase, base, count,
                                     operations, sequence, received_ms, rejection)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
        self.change(sql, row)?;
        Ok(number)
    }
}
