use fieldbook_core::model::TenantId;
use fieldbook_core::wire::{Origin, Rejection};
use rusqlite::params;

use super::session::{Session, signed, unsigned};
use crate::store::{ActorRow, RefusalReader, RefusalWriter, Result, StoreError};

impl RefusalReader for Session {
    fn refusal(&self, tenant: TenantId, actor: &ActorRow) -> Result<Option<(u64, Rejection)>> {
        let sql = "SELECT sequence, rejection FROM refusal
                    WHERE tenant = ?1 AND document = ?2 AND public_key = ?3 AND epoch = ?4 AND rebase = ?5";
        let params = params![
            self.tenant(tenant)?,
            actor.document.as_bytes(),
            actor.origin.public_key,
            actor.origin.epoch,
            actor.rebase
        ];
        let row: Option<(i64, String)> = self.one(sql, params, |row| Ok((row.get(0)?, row.get(1)?)))?;
        let Some((sequence, json)) = row else {
            return Ok(None);
        };
        let rejection = serde_json::from_str(&json)
            .map_err(|error| StoreError::damaged_document(actor.document, error.to_string()))?;
        Ok(Some((unsigned(sequence), rejection)))
    }

    fn refusals(&self, tenant: TenantId, origin: &Origin) -> Result<u64> {
        let sql = "SELECT count(*) FROM refusal WHERE tenant = ?1 AND public_key = ?2 AND epoch = ?3";
        let params = params![self.tenant(tenant)?, origin.public_key, origin.epoch];
        let count = self.one(sql, params, |row| row.get(0))?;
        Ok(count.map_or(0, unsigned))
    }
}

impl RefusalWriter for Session {
    fn refuse(
        &mut self,
        tenant: TenantId,
        actor: &ActorRow,
        sequence: u64,
        rejection: &Rejection,
    ) -> Result<()> {
        let sql = "INSERT INTO refusal (tenant, document, public_key, epoch, rebase, sequence, rejection)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING";
        let json = serde_json::to_string(rejection)
            .map_err(|error| StoreError::damaged_document(actor.document, error.to_string()))?;
        let params = params![
            self.tenant(tenant)?,
            actor.document.as_bytes(),
            actor.origin.public_key,
            actor.origin.epoch,
            actor.rebase,
            signed(sequence),
            json
        ];
        self.change(sql, params)?;
        Ok(())
    }
}
