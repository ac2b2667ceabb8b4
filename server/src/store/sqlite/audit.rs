use fieldbook_core::model::{DeviceId, DocumentId, TenantId};
use fieldbook_core::wire::{Origin, Seal};
use rusqlite::types::Type;
use rusqlite::{Row, params};
use uuid::Uuid;

use super::rows::{document_row, id, kind_numbered};
use super::session::{Session, signed, unsigned};
use crate::store::{AuditReader, AuditedSegment, DocumentRow, Proof, Result};

const LOG: &str = "
    SELECT segment.sequence, segment.document, document.kind, segment.device, public_key, epoch, rebase, base, count,
           operations, received_ms, upload, place, segment.hash, seal
      FROM segment JOIN origin ON origin.number = segment.origin
           LEFT JOIN document ON document.tenant = segment.tenant AND document.id = segment.document
     WHERE segment.tenant = ?1";

impl AuditReader for Session {
    fn audited_log(&self, tenant: TenantId, after: u64, limit: usize) -> Result<Vec<AuditedSegment>> {
        let range = params![self.tenant(tenant)?, signed(after), signed(limit as u64)];
        let sql = format!("{LOG} AND segment.sequence > ?2 ORDER BY segment.sequence LIMIT ?3");
        self.all(&sql, range, segment)
    }

    fn audited_segments(&self, tenant: TenantId, document: DocumentId) -> Result<Vec<AuditedSegment>> {
        let sql = format!("{LOG} AND segment.document = ?2 ORDER BY segment.sequence");
        self.all(&sql, params![self.tenant(tenant)?, document.as_bytes()], segment)
    }

    fn audited_documents(&self, tenant: TenantId) -> Result<Vec<(DocumentId, DocumentRow)>> {
        let sql = "SELECT id, kind, owner, first, last, moved FROM document WHERE tenant = ?1 ORDER BY id";
        self.all(sql, [self.tenant(tenant)?], |row| {
            Ok((DocumentId(id(row, 0)?), document_row(row)?))
        })
    }

    fn last_move(&self, tenant: TenantId, document: DocumentId) -> Result<u64> {
        let sql = "SELECT coalesce(max(sequence), 0) FROM document_move WHERE tenant = ?1 AND document = ?2";
        let last = self.one(sql, params![self.tenant(tenant)?, document.as_bytes()], |row| {
            row.get(0)
        })?;
        Ok(unsigned(last.unwrap_or(0)))
    }
}

fn segment(row: &Row<'_>) -> rusqlite::Result<AuditedSegment> {
    let (kind, device): (Option<i64>, Option<[u8; 16]>) = (row.get(2)?, row.get(3)?);
    let (upload, place): (Option<i64>, Option<u32>) = (row.get(11)?, row.get(12)?);
    let unpaired = |column: usize| {
        let problem = "table segment: upload and place are there together or not at all";
        rusqlite::Error::FromSqlConversionFailure(column, Type::Integer, problem.into())
    };
    let proof = match (upload, place) {
        (Some(upload), Some(place)) => Some(Proof {
            upload: unsigned(upload),
            place,
        }),
        (None, None) => None,
        _ => return Err(unpaired(11)),
    };
    Ok(AuditedSegment {
        sequence: unsigned(row.get(0)?),
        document: DocumentId(id(row, 1)?),
        kind: kind.and_then(kind_numbered),
        device: device.map(|bytes| DeviceId(Uuid::from_bytes(bytes))),
        origin: Origin {
            public_key: row.get(4)?,
            epoch: row.get(5)?,
        },
        rebase: row.get(6)?,
        base: unsigned(row.get(7)?),
        count: row.get(8)?,
        operations: row.get(9)?,
        received_ms: unsigned(row.get(10)?),
        proof,
        hash: row.get(13)?,
        seal: Seal(row.get(14)?),
    })
}
