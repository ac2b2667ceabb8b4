use std::collections::BTreeSet;

use fieldbook_core::model::{DeviceId, DocumentId, Kind, PersonId, TenantId};
use rusqlite::{ToSql, params};
use uuid::Uuid;

use super::rows::{document_row, id, kind, kind_number, segment_row};
use super::session::{Session, signed, unsigned};
use crate::store::{
    DocumentRow, LogHead, LogReader, LogRow, Result, RulingRow, SegmentRow, StoreError, Viewer,
};

/// Where the rows of the log are that these people may see. Their bytes are fetched one by one, so that the
/// sorting never carries them. Of a document that came, what is older than its coming is left out: it goes with that.
pub(super) const LOG_AFTER: &str = "
    WITH asked (owner) AS (SELECT unhex(value) FROM json_each(?2))
    SELECT segment.number, document.id, document.kind,
           document.moved > ?3 AND segment.sequence <= document.moved
      FROM asked CROSS JOIN document ON document.tenant = ?1 AND document.owner = asked.owner AND document.last > ?3
           CROSS JOIN segment ON segment.tenant = ?1 AND segment.document = document.id
                             AND segment.sequence > ?3 AND segment.sequence <= ?4
     WHERE document.moved <= ?3
        OR segment.sequence >= (SELECT max(sequence) FROM segment AS came
                                 WHERE came.tenant = ?1 AND came.document = document.id AND came.sequence <= document.moved)
     ORDER BY segment.sequence";

/// The same, with what is shared with the person ?5: of owners beyond the asked ones, for those come anyway.
pub(super) const LOG_SEEN: &str = "
    WITH asked (owner) AS (SELECT unhex(value) FROM json_each(?2)),
         seen (id, kind, since) AS (
             SELECT document.id, document.kind, document.moved
               FROM asked CROSS JOIN document
                    ON document.tenant = ?1 AND document.owner = asked.owner AND document.last > ?3
             UNION ALL
             SELECT document.id, document.kind, share.since
               FROM document_share AS share CROSS JOIN document
                    ON document.tenant = ?1 AND document.id = share.document
              WHERE share.tenant = ?1 AND share.person = ?5 AND share.last > ?3
                AND document.owner NOT IN (SELECT owner FROM asked))
    SELECT segment.number, seen.id, seen.kind, seen.since > ?3 AND segment.sequence <= seen.since
      FROM seen CROSS JOIN segment ON segment.tenant = ?1 AND segment.document = seen.id
                             AND segment.sequence > ?3 AND segment.sequence <= ?4
     WHERE seen.since <= ?3
        OR segment.sequence >= (SELECT max(sequence) FROM segment AS came
                                 WHERE came.tenant = ?1 AND came.document = seen.id AND came.sequence <= seen.since)
     ORDER BY segment.sequence";

const SEGMENT: &str = "
    SELECT sequence, device, public_key, epoch, rebase, base, count, operations, received_ms, seal
      FROM segment JOIN origin ON origin.number = segment.origin";

/// The segments of a document after a sequence.
pub(super) fn segments() -> String {
    format!("{SEGMENT} WHERE tenant = ?1 AND document = ?2 AND sequence > ?3 ORDER BY sequence")
}

/// The segment at a place that [`LOG_AFTER`] or [`LOG_SEEN`] found.
pub(super) fn segment() -> String {
    format!("{SEGMENT} WHERE segment.number = ?1")
}

pub(super) const MOVED_AWAY: &str = "
    WITH asked (owner) AS (SELECT unhex(value) FROM json_each(?2))
    SELECT DISTINCT moved.document
      FROM asked CROSS JOIN document_move AS moved ON moved.old_owner = asked.owner
      JOIN document ON document.tenant = ?1 AND document.id = moved.document
     WHERE moved.tenant = ?1 AND moved.sequence > ?3 AND document.owner NOT IN (SELECT owner FROM asked)
     ORDER BY moved.document";

pub(super) const BELONGED: &str = "
    WITH asked (owner) AS (SELECT unhex(value) FROM json_each(?2))
    SELECT 1 FROM asked CROSS JOIN document_move AS moved ON moved.tenant = ?1 AND moved.old_owner = asked.owner
     WHERE moved.document = ?3 LIMIT 1";

pub(super) const DOCUMENTS_OF: &str = "
    WITH asked (owner) AS (SELECT unhex(value) FROM json_each(?2))
    SELECT id FROM asked CROSS JOIN document USING (owner) WHERE tenant = ?1 ORDER BY id";

/// The index is named: left to itself, SQLite walks through all documents of the organisation.
pub(super) const COUNT_OWNED: &str = "SELECT count(*) FROM document INDEXED BY document_by_owner WHERE tenant = ?1 AND owner = ?2 AND kind = ?3";

pub(super) const AUDIENCE: &str = "
    WITH asked (document) AS (SELECT unhex(value) FROM json_each(?2))
    SELECT owner FROM asked CROSS JOIN document ON tenant = ?1 AND id = asked.document
    UNION
    SELECT person FROM asked CROSS JOIN document_share AS share ON tenant = ?1 AND share.document = asked.document";

impl LogReader for Session {
    fn head(&self, tenant: TenantId) -> Result<LogHead> {
        if let Some(moved) = self.moved_head(tenant)? {
            return Ok(moved);
        }
        let sql = "SELECT sequence, hash FROM tenant WHERE number = ?1";
        let head = self.one(sql, [self.tenant(tenant)?], |row| {
            Ok(LogHead {
                sequence: unsigned(row.get(0)?),
                hash: row.get(1)?,
            })
        })?;
        head.ok_or_else(|| StoreError::Unknown {
            what: "organisation",
            id: tenant.to_string(),
        })
    }

    fn log_hash(&self, tenant: TenantId, sequence: u64) -> Result<Option<[u8; 32]>> {
        if sequence == 0 {
            return Ok(Some([0; 32]));
        }
        let sql = "SELECT hash FROM segment WHERE tenant = ?1 AND sequence = ?2";
        self.one(sql, params![self.tenant(tenant)?, signed(sequence)], |row| {
            row.get(0)
        })
    }

    fn document(&self, tenant: TenantId, document: DocumentId) -> Result<Option<DocumentRow>> {
        let sql = "SELECT id, kind, owner, first, last, moved FROM document WHERE tenant = ?1 AND id = ?2";
        self.one(
            sql,
            params![self.tenant(tenant)?, document.as_bytes()],
            document_row,
        )
    }

    fn segments(&self, tenant: TenantId, document: DocumentId, after: u64) -> Result<Vec<SegmentRow>> {
        self.all(
            &segments(),
            params![self.tenant(tenant)?, document.as_bytes(), signed(after)],
            segment_row,
        )
    }

    fn log_after(
        &self,
        tenant: TenantId,
        people: &[PersonId],
        after: u64,
        until: u64,
        limit_bytes: usize,
    ) -> Result<Vec<LogRow>> {
        let range = params![
            self.tenant(tenant)?,
            as_json(people.iter().map(|person| person.0)),
            signed(after),
            signed(until)
        ];
        self.rows_at(LOG_AFTER, range, limit_bytes, None)
    }

    fn log_seen(
        &self,
        tenant: TenantId,
        viewer: &Viewer<'_>,
        after: u64,
        until: u64,
        limit_bytes: usize,
    ) -> Result<Vec<LogRow>> {
        let range = params![
            self.tenant(tenant)?,
            as_json(viewer.people.iter().map(|person| person.0)),
            signed(after),
            signed(until),
            viewer.person.as_bytes()
        ];
        self.rows_at(LOG_SEEN, range, limit_bytes, viewer.but)
    }

    fn moved_away(&self, tenant: TenantId, people: &[PersonId], after: u64) -> Result<Vec<DocumentId>> {
        let asked = params![
            self.tenant(tenant)?,
            as_json(people.iter().map(|person| person.0)),
            signed(after)
        ];
        self.all(MOVED_AWAY, asked, |row| id(row, 0).map(DocumentId))
    }

    fn count_owned(&self, tenant: TenantId, kind: Kind, owner: PersonId) -> Result<u64> {
        let asked = params![self.tenant(tenant)?, owner.as_bytes(), kind_number(kind)];
        let count = self.one(COUNT_OWNED, asked, |row| row.get(0))?;
        Ok(unsigned(count.unwrap_or(0)))
    }

    fn claims_since(&self, tenant: TenantId, person: PersonId, since_ms: u64) -> Result<u64> {
        let sql = "SELECT count(*) FROM claim WHERE tenant = ?1 AND person = ?2 AND at_ms >= ?3";
        let asked = params![self.tenant(tenant)?, person.as_bytes(), signed(since_ms)];
        let count = self.one(sql, asked, |row| row.get(0))?;
        Ok(unsigned(count.unwrap_or(0)))
    }

    fn belonged(&self, tenant: TenantId, document: DocumentId, people: &[PersonId]) -> Result<bool> {
        let asked = params![
            self.tenant(tenant)?,
            as_json(people.iter().map(|person| person.0)),
            document.as_bytes()
        ];
        let found: Option<i64> = self.one(BELONGED, asked, |row| row.get(0))?;
        Ok(found.is_some())
    }

    fn documents_of(&self, tenant: TenantId, people: &[PersonId]) -> Result<Vec<DocumentId>> {
        let asked = params![
            self.tenant(tenant)?,
            as_json(people.iter().map(|person| person.0))
        ];
        self.all(DOCUMENTS_OF, asked, |row| id(row, 0).map(DocumentId))
    }

    fn audience(&self, tenant: TenantId, documents: &[DocumentId]) -> Result<BTreeSet<PersonId>> {
        let asked = params![
            self.tenant(tenant)?,
            as_json(documents.iter().map(|document| document.0))
        ];
        let people = self.all(AUDIENCE, asked, |row| id(row, 0).map(PersonId))?;
        Ok(people.into_iter().collect())
    }

    fn scope(&self, tenant: TenantId, mark: [u8; 8]) -> Result<Option<Vec<PersonId>>> {
        let sql = "SELECT people FROM scope WHERE tenant = ?1 AND mark = ?2";
        let found: Option<Vec<u8>> = self.one(sql, params![self.tenant(tenant)?, mark], |row| row.get(0))?;
        Ok(found.map(|people| people.chunks_exact(16).filter_map(PersonId::from_slice).collect()))
    }

    fn ruling_head(&self, tenant: TenantId) -> Result<LogHead> {
        let sql = "SELECT ruling, ruling_hash FROM tenant WHERE number = ?1";
        let head = self.one(sql, [self.tenant(tenant)?], |row| {
            Ok(LogHead {
                sequence: unsigned(row.get(0)?),
                hash: row.get(1)?,
            })
        })?;
        Ok(head.unwrap_or_default())
    }

    fn next_ruling(&self, tenant: TenantId) -> Result<u64> {
        Ok(self.ruling_head(tenant)?.sequence + 1)
    }

    fn rulings(&self, tenant: TenantId, after: u64, limit: usize) -> Result<Vec<RulingRow>> {
        let sql = "SELECT number, document, at_ms, json, hash FROM ruling
                    WHERE tenant = ?1 AND number > ?2 ORDER BY number LIMIT ?3";
        let range = params![self.tenant(tenant)?, signed(after), signed(limit as u64)];
        self.all(sql, range, |row| {
            Ok(RulingRow {
                number: unsigned(row.get(0)?),
                document: DocumentId(id(row, 1)?),
                at_ms: unsigned(row.get(2)?),
                json: row.get(3)?,
                hash: row.get(4)?,
            })
        })
    }
}

impl Session {
    /// The rows of the log at these places but those of one phone, in order, until `limit_bytes` of operations are collected.
    fn rows_at(
        &self,
        places: &str,
        range: &[&dyn ToSql],
        limit_bytes: usize,
        but: Option<DeviceId>,
    ) -> Result<Vec<LogRow>> {
        let fetch = || {
            let mut segment = self.connection.prepare_cached(&segment())?;
            let mut places = self.connection.prepare_cached(places)?;
            let mut places = places.query(range)?;
            let (mut found, mut bytes) = (Vec::new(), 0);
            while let Some(place) = places.next()? {
                let moved: bool = place.get(3)?;
                // Not asked for in the places: they are read from an index that does not have it.
                let segment = segment.query_row([place.get::<_, i64>(0)?], segment_row)?;
                if !moved && but.is_some() && segment.device == but {
                    continue;
                }
                bytes += segment.operations.len();
                let (document, kind) = (DocumentId(id(place, 1)?), kind(place, 2)?);
                found.push(LogRow {
                    document,
                    kind,
                    moved,
                    segment,
                });
                if bytes >= limit_bytes {
                    break;
                }
            }
            Ok(found)
        };
        fetch().map_err(|error| self.failed(&error))
    }
}

/// Ids as a JSON array of strings, for `json_each`: SQLite has no list parameters.
fn as_json(ids: impl Iterator<Item = Uuid>) -> String {
    let quoted: Vec<String> = ids.map(|id| format!("\"{}\"", id.simple())).collect();
    format!("[{}]", quoted.join(","))
}
