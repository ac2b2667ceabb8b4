use fieldbook_core::model::TenantId;
use fieldbook_core::wire::Origin;
use rusqlite::{Row, params};

use super::session::{Session, signed, unsigned};
use crate::store::{KeptSection, ProofReader, ProofWriter, Result, StoreError, UploadRow};

impl ProofReader for Session {
    fn next_upload(&self, tenant: TenantId) -> Result<u64> {
        let sql = "SELECT coalesce(max(number), 0) FROM upload WHERE tenant = ?1";
        let last = self.one(sql, [self.tenant(tenant)?], |row| row.get(0))?;
        Ok(unsigned(last.unwrap_or(0)) + 1)
    }

    fn uploads(&self, tenant: TenantId, after: u64, limit: usize) -> Result<Vec<UploadRow>> {
        let sql = "SELECT upload.number, public_key, epoch, head, signature, sections
                     FROM upload JOIN origin ON origin.number = upload.origin
                    WHERE tenant = ?1 AND upload.number > ?2 ORDER BY upload.number LIMIT ?3";
        let range = params![self.tenant(tenant)?, signed(after), signed(limit as u64)];
        self.all(sql, range, upload_row)?
            .into_iter()
            .map(|(row, sections)| {
                let sections = minicbor::decode(&sections).map_err(|error| StoreError::Row {
                    table: "upload",
                    column: "sections",
                    problem: format!("number {}: {error}", row.number),
                })?;
                Ok(UploadRow { sections, ..row })
            })
            .collect()
    }

    fn stored(&self, origin: &Origin) -> Result<u64> {
        self.write_ends()?;
        let sql = "SELECT stored FROM origin WHERE public_key = ?1 AND epoch = ?2";
        let count = self.one(sql, params![origin.public_key, origin.epoch], |row| row.get(0))?;
        Ok(unsigned(count.unwrap_or(0)))
    }
}

impl ProofWriter for Session {
    fn add_upload(&mut self, tenant: TenantId, upload: &UploadRow) -> Result<()> {
        let sections = minicbor::to_vec(&upload.sections)
            .map_err(|error: minicbor::encode::Error<_>| StoreError::Database(error.to_string()))?;
        let sql = "INSERT INTO upload (tenant, number, origin, head, sections, signature)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let row = params![
            self.tenant(tenant)?,
            signed(upload.number),
            self.origin(&upload.origin)?,
            upload.head,
            sections,
            upload.signature,
        ];
        self.insert(sql, row, "upload", &upload.number.to_string())
    }
}

/// A request's proof, and its sections as they are stored.
fn upload_row(row: &Row<'_>) -> rusqlite::Result<(UploadRow, Vec<u8>)> {
    let upload = UploadRow {
        number: unsigned(row.get(0)?),
        origin: Origin {
            public_key: row.get(1)?,
            epoch: row.get(2)?,
        },
        head: row.get(3)?,
        sections: Vec::<KeptSection>::new(),
        signature: row.get(4)?,
    };
    Ok((upload, row.get(5)?))
}
