use fieldbook_core::model::{DeviceId, DocumentId, Kind, PersonId, TenantId};
use fieldbook_core::wire::Origin;
use rusqlite::{OptionalExtension, params};

use super::rows::kind_number;
use super::session::{Session, signed};
use crate::store::chain::{log_link, ruling_link};
use crate::store::{LogHead, LogReader, LogWriter, NewSegment, Result, StoreError};

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
        let hash = log_link(&head.hash, sequence, (document, kind), segment);
        let number = self.tenant(tenant)?;
        let origin = self.origin(&segment.origin)?;
        self.change(
            "INSERT INTO segment (tenant, sequence, document, device, origin, rebase, base, count, received_ms, hash,
                 seal, operations, upload, place)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
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
                segment.seal.0,
                segment.operations,
                segment.proof.map(|proof| signed(proof.upload)),
                segment.proof.map(|proof| proof.place),
            ],
        )?;
        let head = LogHead { sequence, hash };
        self.ends.appended(number, head, origin, segment.count);
        Ok(sequence)
    }

    fn set_owner(&mut self, tenant: TenantId, document: DocumentId, owner: PersonId) -> Result<()> {
        let unknown = || StoreError::Unknown {
            what: "document",
            id: document.to_string(),
        };
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

    fn add_claim(
        &mut self,
        tenant: TenantId,
        person: PersonId,
        at_ms: u64,
        document: DocumentId,
    ) -> Result<()> {
        let sql = "INSERT OR IGNORE INTO claim (tenant, person, at_ms, document) VALUES (?1, ?2, ?3, ?4)";
        let row = params![
            self.tenant(tenant)?,
            person.as_bytes(),
            signed(at_ms),
            document.as_bytes()
        ];
        self.change(sql, row).map(|_| ())
    }

    fn remember_scope(&mut self, tenant: TenantId, mark: [u8; 8], people: &[PersonId]) -> Result<()> {
        let mut sorted = people.to_vec();
        sorted.sort_unstable();
        let bytes: Vec<u8> = sorted.iter().flat_map(|person| *person.as_bytes()).collect();
        let sql = "INSERT OR IGNORE INTO scope (tenant, mark, people) VALUES (?1, ?2, ?3)";
        self.change(sql, params![self.tenant(tenant)?, mark, bytes])
            .map(|_| ())
    }

    fn append_ruling(
        &mut self,
        tenant: TenantId,
        document: DocumentId,
        at_ms: u64,
        json: &str,
    ) -> Result<u64> {
        let head = self.ruling_head(tenant)?;
        let tenant = self.tenant(tenant)?;
        let number = head.sequence + 1;
        let hash = ruling_link(&head.hash, number, document, at_ms, json);
        let sql = "INSERT INTO ruling (tenant, number, document, at_ms, json, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let row = params![
            tenant,
            signed(number),
            document.as_bytes(),
            signed(at_ms),
            json,
            hash
        ];
        self.change(sql, row)?;
        let sql = "UPDATE tenant SET ruling = ?2, ruling_hash = ?3 WHERE number = ?1";
        self.change_one(sql, params![tenant, signed(number), hash], "organisation", "")?;
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
        let sql =
            "INSERT INTO document (tenant, id, kind, owner, first, last) VALUES (?1, ?2, ?3, ?4, ?5, ?5)
                   ON CONFLICT (tenant, id) DO UPDATE SET last = excluded.last WHERE kind = excluded.kind";
        let number = self.tenant(tenant)?;
        let row = params![
            number,
            document.as_bytes(),
            kind_number(kind),
            owner.as_bytes(),
            signed(sequence)
        ];
        if self.change(sql, row)? == 1 {
            return self.move_shares(number, document, kind, sequence);
        }
        let found = self
            .document(tenant, document)?
            .map_or_else(String::new, |row| row.kind.to_string());
        Err(StoreError::Kind {
            document: document.to_string(),
            found,
            expected: kind.to_string(),
        })
    }

    /// Only approvals are shared with people beyond the units.
    fn move_shares(&self, tenant: i64, document: DocumentId, kind: Kind, sequence: u64) -> Result<()> {
        if kind != Kind::Approval {
            return Ok(());
        }
        let sql = "UPDATE document_share SET last = ?3 WHERE tenant = ?1 AND document = ?2";
        let row = params![tenant, document.as_bytes(), signed(sequence)];
        self.change(sql, row).map(|_| ())
    }

    /// The number of an installation, which it gets now if it has none.
    pub(super) fn origin(&self, origin: &Origin) -> Result<i64> {
        if let Some(number) = self.ends.origin(origin) {
            return Ok(number);
        }
        let number = self.numbered(origin)?;
        self.ends.note_origin(origin, number);
        Ok(number)
    }

    fn numbered(&self, origin: &Origin) -> Result<i64> {
        let find = || {
            let sql = "SELECT number FROM origin WHERE public_key = ?1 AND epoch = ?2";
            let mut statement = self.connection.prepare_cached(sql)?;
            statement
                .query_row(params![origin.public_key, origin.epoch], |row| row.get(0))
                .optional()
        };
        if let Some(number) = find().map_err(|error| self.failed(&error))? {
            return Ok(number);
        }
        let sql = "INSERT INTO origin (public_key, epoch) VALUES (?1, ?2)";
        self.change(sql, params![origin.public_key, origin.epoch])?;
        Ok(self.connection.last_insert_rowid())
    }
}
