use fieldbook_core::model::{DeviceId, DocumentId, Kind, PersonId, TenantId};
use fieldbook_core::wire::Origin;
use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Row, params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::session::{Session, signed, unsigned};
use crate::store::{
    DocumentRow, LogHead, LogReader, LogRow, LogWriter, NewSegment, Result, RulingRow, SegmentRow, StoreError,
};

/// Where the rows of the log are that these people may see. Their bytes are fetched one by one, so that the
/// sorting never carries them.
pub(super) const LOG_AFTER: &str = "
    WITH asked (owner) AS (SELECT unhex(value) FROM json_each(?2))
    SELECT segment.number, document.id, document.kind, document.moved = segment.sequence
      FROM asked CROSS JOIN document ON document.tenant = ?1 AND document.owner = asked.owner AND document.last > ?3
           CROSS JOIN segment ON segment.tenant = ?1 AND segment.document = document.id
                             AND segment.sequence > ?3 AND segment.sequence <= ?4
     ORDER BY segment.sequence";

const SEGMENT: &str = "
    SELECT sequence, device, public_key, epoch, rebase, base, count, operations
      FROM segment JOIN origin ON origin.number = segment.origin";

const MOVED_AWAY: &str = "
    WITH asked (owner) AS (SELECT unhex(value) FROM json_each(?2))
    SELECT DISTINCT moved.document
      FROM asked CROSS JOIN document_move AS moved ON moved.old_owner = asked.owner
      JOIN document ON document.tenant = ?1 AND document.id = moved.document
     WHERE moved.tenant = ?1 AND moved.sequence > ?3 AND document.owner NOT IN (SELECT owner FROM asked)
     ORDER BY moved.document";

const DOCUMENTS_OF: &str = "
    WITH asked (owner) AS (SELECT unhex(value) FROM json_each(?2))
    SELECT id FROM asked CROSS JOIN document USING (owner) WHERE tenant = ?1 ORDER BY id";

impl LogReader for Session {
    fn head(&self, tenant: TenantId) -> Result<LogHead> {
        let sql = "SELECT sequence, hash FROM tenant WHERE number = ?1";
        let head = self.one(sql, [self.tenant(tenant)?], |row| {
            Ok(LogHead { sequence: unsigned(row.get(0)?), hash: row.get(1)? })
        })?;
        head.ok_or_else(|| StoreError::Unknown { what: "organisation", id: tenant.to_string() })
    }

    fn log_hash(&self, tenant: TenantId, sequence: u64) -> Result<Option<[u8; 32]>> {
        if sequence == 0 {
            return Ok(Some([0; 32]));
        }
        let sql = "SELECT hash FROM segment WHERE tenant = ?1 AND sequence = ?2";
        self.one(sql, params![self.tenant(tenant)?, signed(sequence)], |row| row.get(0))
    }

    fn document(&self, tenant: TenantId, document: DocumentId) -> Result<Option<DocumentRow>> {
        let sql = "SELECT id, kind, owner, first, last, moved FROM document WHERE tenant = ?1 AND id = ?2";
        self.one(sql, params![self.tenant(tenant)?, document.as_bytes()], document_row)
    }

    fn segments(&self, tenant: TenantId, document: DocumentId, after: u64) -> Result<Vec<SegmentRow>> {
        let sql = format!("{SEGMENT} WHERE tenant = ?1 AND document = ?2 AND sequence > ?3 ORDER BY sequence");
        self.all(&sql, params![self.tenant(tenant)?, document.as_bytes(), signed(after)], segment_row)
    }

    fn log_after(
        &self,
        tenant: TenantId,
        people: &[PersonId],
        after: u64,
        until: u64,
        limit_bytes: usize,
    ) -> Result<Vec<LogRow>> {
        let range = params![self.tenant(tenant)?, as_json(people), signed(after), signed(until)];
        let fetch = || {
            let by_number = format!("{SEGMENT} WHERE segment.number = ?1");
            let mut segment = self.connection.prepare_cached(&by_number)?;
            let mut places = self.connection.prepare_cached(LOG_AFTER)?;
            let mut places = places.query(range)?;
            let (mut found, mut bytes) = (Vec::new(), 0);
            while let Some(place) = places.next()? {
                let segment = segment.query_row([place.get::<_, i64>(0)?], segment_row)?;
                bytes += segment.operations.len();
                let (document, kind) = (DocumentId(id(place, 1)?), kind(place, 2)?);
                found.push(LogRow { document, kind, moved: place.get(3)?, segment });
                if bytes >= limit_bytes {
                    break;
                }
            }
            Ok(found)
        };
        fetch().map_err(|error| self.failed(error))
    }

    fn moved_away(&self, tenant: TenantId, people: &[PersonId], after: u64) -> Result<Vec<DocumentId>> {
        let asked = params![self.tenant(tenant)?, as_json(people), signed(after)];
        self.all(MOVED_AWAY, asked, |row| id(row, 0).map(DocumentId))
    }

    fn documents_of(&self, tenant: TenantId, people: &[PersonId]) -> Result<Vec<DocumentId>> {
        let asked = params![self.tenant(tenant)?, as_json(people)];
        self.all(DOCUMENTS_OF, asked, |row| id(row, 0).map(DocumentId))
    }

    fn scope(&self, tenant: TenantId, mark: [u8; 8]) -> Result<Option<Vec<PersonId>>> {
        let sql = "SELECT people FROM scope WHERE tenant = ?1 AND mark = ?2";
        let found: Option<Vec<u8>> = self.one(sql, params![self.tenant(tenant)?, mark], |row| row.get(0))?;
        Ok(found.map(|people| people.chunks_exact(16).filter_map(PersonId::from_slice).collect()))
    }

    fn next_ruling(&self, tenant: TenantId) -> Result<u64> {
        Ok(last_ruling(self, self.tenant(tenant)?)?.0 + 1)
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

impl LogWriter for Session {
    fn append(
        &mut self,
        tenant: TenantId,
        document: DocumentId,
        kind: Kind,
        owner: PersonId,
        segment: &NewSegment<'_>,
    ) -> Result<u64> {
        let head = self.head(tenant)?;
        let sequence = head.sequence + 1;
        self.enter(tenant, document, kind, owner, sequence)?;
        let hash = chain(&head.hash, sequence, document, segment);
        let number = self.tenant(tenant)?;
        let origin = self.origin(&segment.origin)?;
        self.change(
            "INSERT INTO segment (tenant, sequence, document, device, origin, rebase, base, count, received_ms, hash, operations)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            params![
                number,
                signed(sequence),
                document.as_bytes(),
                segment.device.as_ref().map(DeviceId::as_bytes),
                origin,
                segment.rebase,
                signed(segment.base),
                segment.count,
                signed(segment.received_ms),
                hash,
                segment.operations,
            ],
        )?;
        let sql = "UPDATE tenant SET sequence = ?2, hash = ?3 WHERE number = ?1";
        self.change_one(sql, params![number, signed(sequence), hash], "organisation", "")?;
        Ok(sequence)
    }

    fn set_owner(&mut self, tenant: TenantId, document: DocumentId, owner: PersonId) -> Result<()> {
        let unknown = || StoreError::Unknown { what: "document", id: document.to_string() };
        let row = self.document(tenant, document)?.ok_or_else(unknown)?;
        if row.owner == owner {
            return Ok(());
        }
        let (number, sequence) = (self.tenant(tenant)?, signed(self.head(tenant)?.sequence));
        self.change(
            "INSERT OR IGNORE INTO document_move (tenant, old_owner, sequence, document) VALUES (?1, ?2, ?3, ?4)",
            params![number, row.owner.as_bytes(), sequence, document.as_bytes()],
        )?;
        self.change_one(
            "UPDATE document SET owner = ?3, moved = ?4 WHERE tenant = ?1 AND id = ?2",
            params![number, document.as_bytes(), owner.as_bytes(), sequence],
            "document",
            &document.to_string(),
        )
    }

    fn remember_scope(&mut self, tenant: TenantId, mark: [u8; 8], people: &[PersonId]) -> Result<()> {
        let mut sorted = people.to_vec();
        sorted.sort_unstable();
        let bytes: Vec<u8> = sorted.iter().flat_map(|person| *person.as_bytes()).collect();
        let sql = "INSERT OR IGNORE INTO scope (tenant, mark, people) VALUES (?1, ?2, ?3)";
        self.change(sql, params![self.tenant(tenant)?, mark, bytes]).map(|_| ())
    }

    fn append_ruling(
        &mut self,
        tenant: TenantId,
        document: DocumentId,
        at_ms: u64,
        json: &str,
    ) -> Result<u64> {
        let tenant = self.tenant(tenant)?;
        let (last, before) = last_ruling(self, tenant)?;
        let number = last + 1;
        let mut hash = Sha256::new_with_prefix(before);
        hash.update(number.to_be_bytes());
        hash.update(document.as_bytes());
        hash.update(at_ms.to_be_bytes());
        hash.update(json);
        let hash: [u8; 32] = hash.finalize().into();
        let sql = "INSERT INTO ruling (tenant, number, document, at_ms, json, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let row = params![tenant, signed(number), document.as_bytes(), signed(at_ms), json, hash];
        self.change(sql, row)?;
        Ok(number)
    }
}

impl Session {
    /// Makes the document's row, or moves its end.
    fn enter(
        &self,
        tenant: TenantId,
        document: DocumentId,
        kind: Kind,
        owner: PersonId,
        sequence: u64,
    ) -> Result<()> {
        let sql = "INSERT INTO document (tenant, id, kind, owner, first, last) VALUES (?1, ?2, ?3, ?4, ?5, ?5)
                   ON CONFLICT (tenant, id) DO UPDATE SET last = excluded.last WHERE kind = excluded.kind";
        let number = self.tenant(tenant)?;
        let row = params![number, document.as_bytes(), kind_number(kind), owner.as_bytes(), signed(sequence)];
        if self.change(sql, row)? == 1 {
            return Ok(());
        }
        let found = self.document(tenant, document)?.map_or_else(String::new, |row| row.kind.to_string());
        Err(StoreError::Kind { document: document.to_string(), found, expected: kind.to_string() })
    }

    fn origin(&self, origin: &Origin) -> Result<i64> {
        let find = || {
            let sql = "SELECT number FROM origin WHERE public_key = ?1 AND epoch = ?2";
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.query_row(params![origin.public_key, origin.epoch], |row| row.get(0)).optional()
        };
        if let Some(number) = find().map_err(|error| self.failed(error))? {
            return Ok(number);
        }
        let sql = "INSERT INTO origin (public_key, epoch) VALUES (?1, ?2)";
        self.change(sql, params![origin.public_key, origin.epoch])?;
        Ok(self.connection.last_insert_rowid())
    }
}

fn last_ruling(session: &Session, tenant: i64) -> Result<(u64, [u8; 32])> {
    let sql = "SELECT number, hash FROM ruling WHERE tenant = ?1 ORDER BY number DESC LIMIT 1";
    let last = session.one(sql, [tenant], |row| Ok((unsigned(row.get(0)?), row.get(1)?)))?;
    Ok(last.unwrap_or((0, [0; 32])))
}

/// The next link of the log's chain.
fn chain(before: &[u8; 32], sequence: u64, document: DocumentId, segment: &NewSegment<'_>) -> [u8; 32] {
    let mut hash = Sha256::new_with_prefix(before);
    hash.update(sequence.to_be_bytes());
    hash.update(document.as_bytes());
    hash.update(segment.origin.public_key);
    hash.update(segment.origin.epoch.to_be_bytes());
    hash.update(segment.rebase.to_be_bytes());
    hash.update(segment.base.to_be_bytes());
    hash.update(segment.count.to_be_bytes());
    hash.update(Sha256::digest(segment.operations));
    hash.finalize().into()
}

/// Ids as a JSON list of hex strings: SQLite has no list parameters.
fn as_json(people: &[PersonId]) -> String {
    let quoted: Vec<String> = people.iter().map(|person| format!("\"{}\"", person.0.simple())).collect();
    format!("[{}]", quoted.join(","))
}

/// The number of a kind, the same as on the wire.
fn kind_number(kind: Kind) -> i64 {
    match kind {
        Kind::Customer => 1,
        Kind::Visit => 2,
        Kind::CheckIn => 3,
        Kind::Activity => 4,
        Kind::Approval => 5,
    }
}

fn kind_numbered(number: i64) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| kind_number(*kind) == number)
}

pub(super) fn id(row: &Row<'_>, column: usize) -> rusqlite::Result<Uuid> {
    row.get(column).map(Uuid::from_bytes)
}

fn kind(row: &Row<'_>, column: usize) -> rusqlite::Result<Kind> {
    let number: i64 = row.get(column)?;
    kind_numbered(number).ok_or_else(|| {
        let problem = format!("table document, column kind: {number} is no kind that this program knows");
        rusqlite::Error::FromSqlConversionFailure(column, Type::Integer, problem.into())
    })
}

/// Reads `id, kind, owner, first, last, moved`.
fn document_row(row: &Row<'_>) -> rusqlite::Result<DocumentRow> {
    Ok(DocumentRow {
        kind: kind(row, 1)?,
        owner: PersonId(id(row, 2)?),
        first: unsigned(row.get(3)?),
        last: unsigned(row.get(4)?),
        moved: unsigned(row.get(5)?),
    })
}

fn segment_row(row: &Row<'_>) -> rusqlite::Result<SegmentRow> {
    let device: Option<[u8; 16]> = row.get(1)?;
    Ok(SegmentRow {
        sequence: unsigned(row.get(0)?),
        device: device.map(|bytes| DeviceId(Uuid::from_bytes(bytes))),
        origin: Origin { public_key: row.get(2)?, epoch: row.get(3)? },
        rebase: row.get(4)?,
        base: unsigned(row.get(5)?),
        count: row.get(6)?,
        operations: row.get(7)?,
    })
}
