use std::collections::BTreeSet;

use fieldbook_core::model::{DocumentId, TenantId};
use rusqlite::params;

use super::rows::id;
use super::session::{Session, signed, unsigned};
use crate::store::{Backlog, Result, SetAsideRow, SnapshotReader, SnapshotRow, SnapshotWriter};

impl SnapshotReader for Session {
    fn backlog(&self, tenant: TenantId, rows: usize) -> Result<Backlog> {
        let number = self.tenant(tenant)?;
        let sql = "SELECT until FROM materialised WHERE tenant = ?1";
        let until = self.one(sql, [number], |row| row.get(0))?.map_or(0, unsigned);
        let aside = self.set_aside(tenant)?;
        let kept: BTreeSet<DocumentId> = aside
            .iter()
            .filter(|row| !row.is_released)
            .map(|row| row.document)
            .collect();
        let released = aside.iter().filter(|row| row.is_released).map(|row| row.document);
        let sql = "SELECT sequence, document FROM segment WHERE tenant = ?1 AND sequence > ?2 ORDER BY sequence LIMIT ?3";
        let range = params![number, signed(until), signed(rows as u64)];
        let moved = self.all(sql, range, |row| {
            Ok((unsigned(row.get(0)?), DocumentId(id(row, 1)?)))
        })?;
        let until = moved.last().map_or(until, |(sequence, _)| *sequence);
        let mut seen = BTreeSet::new();
        let documents = released
            .chain(moved.into_iter().map(|(_, document)| document))
            .filter(|document| !kept.contains(document) && seen.insert(*document))
            .collect();
        Ok(Backlog { documents, until })
    }

    fn snapshot(&self, tenant: TenantId, document: DocumentId) -> Result<Option<SnapshotRow>> {
        let sql = "SELECT as_of, json FROM snapshot WHERE tenant = ?1 AND document = ?2";
        self.one(sql, params![self.tenant(tenant)?, document.as_bytes()], |row| {
            Ok(SnapshotRow {
                document,
                as_of: unsigned(row.get(0)?),
                json: row.get(1)?,
            })
        })
    }

    fn set_aside(&self, tenant: TenantId) -> Result<Vec<SetAsideRow>> {
        let sql = "SELECT document, as_of, at_ms, reason, released FROM set_aside
                    WHERE tenant = ?1 ORDER BY at_ms, document";
        self.all(sql, [self.tenant(tenant)?], |row| {
            Ok(SetAsideRow {
                document: DocumentId(id(row, 0)?),
                as_of: unsigned(row.get(1)?),
                at_ms: unsigned(row.get(2)?),
                reason: row.get(3)?,
                is_released: row.get(4)?,
            })
        })
    }
}

impl SnapshotWriter for Session {
    fn put_snapshot(&mut self, tenant: TenantId, row: &SnapshotRow) -> Result<()> {
        let (number, document) = (self.tenant(tenant)?, row.document.as_bytes());
        let sql = "INSERT INTO snapshot (tenant, document, as_of, json) VALUES (?1, ?2, ?3, ?4)
                   ON CONFLICT DO UPDATE SET as_of = excluded.as_of, json = excluded.json";
        self.change(sql, params![number, document, signed(row.as_of), row.json])?;
        let sql = "DELETE FROM set_aside WHERE tenant = ?1 AND document = ?2";
        self.change(sql, params![number, document])?;
        Ok(())
    }

    fn put_aside(&mut self, tenant: TenantId, row: &SetAsideRow) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO set_aside (tenant, document, as_of, at_ms, reason, released)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let params = params![
            self.tenant(tenant)?,
            row.document.as_bytes(),
            signed(row.as_of),
            signed(row.at_ms),
            row.reason,
            row.is_released
        ];
        self.change(sql, params)?;
        Ok(())
    }

    fn try_again(&mut self, tenant: TenantId, document: DocumentId) -> Result<bool> {
        let sql = "UPDATE set_aside SET released = 1 WHERE tenant = ?1 AND document = ?2";
        let released = self.change(sql, params![self.tenant(tenant)?, document.as_bytes()])?;
        Ok(released == 1)
    }

    fn materialised(&mut self, tenant: TenantId, until: u64) -> Result<()> {
        let sql = "INSERT INTO materialised (tenant, until) VALUES (?1, ?2)
                   ON CONFLICT DO UPDATE SET until = excluded.until";
        self.change(sql, params![self.tenant(tenant)?, signed(until)])?;
        Ok(())
    }
}
