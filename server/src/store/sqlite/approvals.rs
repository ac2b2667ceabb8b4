use std::collections::{BTreeMap, BTreeSet};

use fieldbook_core::model::form::{Chain, Form};
use fieldbook_core::model::{Delegation, DocumentId, Member, PersonId, Roster, TenantId};
use rusqlite::{Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::rows::id;
use super::session::{Session, signed, unsigned};
use crate::store::{
    ApprovalReader, ApprovalWriter, LogReader, OrganisationReader, Result, StoreError, Upkeep,
};

impl ApprovalReader for Session {
    fn roster(&self, tenant: TenantId) -> Result<Roster> {
        let number = self.tenant(tenant)?;
        let mut duties: BTreeMap<PersonId, BTreeSet<String>> = BTreeMap::new();
        let rows: Vec<(PersonId, String)> = self.all(
            "SELECT person, duty FROM duty WHERE tenant = ?1",
            [number],
            |row| Ok((PersonId(id(row, 0)?), row.get(1)?)),
        )?;
        for (person, duty) in rows {
            duties.entry(person).or_default().insert(duty);
        }
        let sql = "SELECT id, human, left_ms IS NULL FROM person WHERE tenant = ?1";
        let accounts: Vec<(PersonId, Option<[u8; 16]>, bool)> = self.all(sql, [number], |row| {
            Ok((PersonId(id(row, 0)?), row.get(1)?, row.get(2)?))
        })?;
        let accounts: BTreeMap<PersonId, (Option<[u8; 16]>, bool)> = accounts
            .into_iter()
            .map(|(person, human, active)| (person, (human, active)))
            .collect();
        let members = self.people(tenant)?.into_iter().map(|row| {
            let (human, active) = accounts.get(&row.id).copied().unwrap_or((None, true));
            Member {
                id: row.id,
                human: human
                    .and_then(|bytes| PersonId::from_slice(&bytes))
                    .unwrap_or(row.id),
                unit: row.unit,
                role: row.role,
                duties: duties.remove(&row.id).unwrap_or_default(),
                active,
            }
        });
        let members: Vec<Member> = members.collect();
        let units = self.units(tenant)?.into_iter().map(|unit| (unit.id, unit.parent));
        let units: Vec<_> = units.collect();
        Ok(Roster::new(members, units, self.delegations(tenant, 0)?))
    }

    fn delegations(&self, tenant: TenantId, now_ms: u64) -> Result<Vec<Delegation>> {
        let sql = "SELECT delegator, delegate, since_ms, until_ms FROM delegation
                    WHERE tenant = ?1 AND until_ms > ?2 ORDER BY since_ms, delegator, delegate";
        self.all(sql, params![self.tenant(tenant)?, signed(now_ms)], |row| {
            Ok(Delegation {
                from: PersonId(id(row, 0)?),
                to: PersonId(id(row, 1)?),
                since_ms: unsigned(row.get(2)?),
                until_ms: unsigned(row.get(3)?),
            })
        })
    }

    fn forms(&self, tenant: TenantId) -> Result<Vec<Form>> {
        let sql = "SELECT json FROM form WHERE tenant = ?1 AND in_force ORDER BY name";
        self.all(sql, [self.tenant(tenant)?], |row| row.get(0))?
            .iter()
            .map(|json: &String| read(json, "form"))
            .collect()
    }

    fn chains(&self, tenant: TenantId) -> Result<Vec<Chain>> {
        let sql = "SELECT json FROM chain WHERE tenant = ?1 AND in_force ORDER BY name";
        self.all(sql, [self.tenant(tenant)?], |row| row.get(0))?
            .iter()
            .map(|json: &String| read(json, "chain"))
            .collect()
    }

    fn form(&self, tenant: TenantId, name: &str, version: Option<u32>) -> Result<Option<Form>> {
        let sql = "SELECT json FROM form WHERE tenant = ?1 AND name = ?2 AND (version = ?3 OR ?3 IS NULL AND in_force)";
        self.version_of(sql, tenant, name, version, "form")
    }

    fn chain(&self, tenant: TenantId, name: &str, version: Option<u32>) -> Result<Option<Chain>> {
        let sql = "SELECT json FROM chain WHERE tenant = ?1 AND name = ?2 AND (version = ?3 OR ?3 IS NULL AND in_force)";
        self.version_of(sql, tenant, name, version, "chain")
    }

    fn receipts(
        &self,
        tenant: TenantId,
        document: DocumentId,
        keys: &[String],
    ) -> Result<BTreeMap<String, DocumentId>> {
        let sql = "SELECT other.document FROM receipt AS other
                     LEFT JOIN receipt AS own ON own.tenant = ?1 AND own.key = ?2 AND own.document = ?3
                    WHERE other.tenant = ?1 AND other.key = ?2 AND other.document <> ?3
                      AND (own.place IS NULL OR (other.place, other.document) < (own.place, own.document))
                    ORDER BY other.place, other.document LIMIT 1";
        let number = self.tenant(tenant)?;
        let mut found = BTreeMap::new();
        for key in keys {
            let asked = params![number, key, document.as_bytes()];
            if let Some(other) = self.one(sql, asked, |row| id(row, 0).map(DocumentId))? {
                found.insert(key.clone(), other);
            }
        }
        Ok(found)
    }

    fn documents_shared(&self, tenant: TenantId, person: PersonId) -> Result<Vec<DocumentId>> {
        let sql = "SELECT document FROM document_share WHERE tenant = ?1 AND person = ?2 ORDER BY document";
        self.all(sql, params![self.tenant(tenant)?, person.as_bytes()], |row| {
            id(row, 0).map(DocumentId)
        })
    }

    fn open_approvals(
        &self,
        tenant: TenantId,
        after: Option<DocumentId>,
        limit: usize,
    ) -> Result<Vec<DocumentId>> {
        let sql = "SELECT document FROM open_approval WHERE tenant = ?1 AND (?2 IS NULL OR document > ?2)
                    ORDER BY document LIMIT ?3";
        let after = after.as_ref().map(DocumentId::as_bytes);
        self.all(
            sql,
            params![self.tenant(tenant)?, after, signed(limit as u64)],
            |row| id(row, 0).map(DocumentId),
        )
    }

    fn upkeep(&self, tenant: TenantId) -> Result<Upkeep> {
        let sql = "SELECT ruled_version, rule_again_ms, ruled_to FROM tenant WHERE number = ?1";
        let found = self.one(sql, [self.tenant(tenant)?], upkeep_row)?;
        Ok(found.unwrap_or_default())
    }
}

impl ApprovalWriter for Session {
    fn put_form(&mut self, tenant: TenantId, form: &Form) -> Result<()> {
        let number = self.tenant(tenant)?;
        self.change(
            "UPDATE form SET in_force = 0 WHERE tenant = ?1 AND name = ?2",
            params![number, form.name],
        )?;
        let sql = "INSERT INTO form (tenant, name, version, json, in_force) VALUES (?1, ?2, ?3, ?4, 1)
                    ON CONFLICT (tenant, name, version) DO UPDATE SET in_force = 1 WHERE json = excluded.json";
        let row = params![number, form.name, form.version, json(form, "form")?];
        if self.change(sql, row)? == 0 {
            let (what, name) = ("form", form.id());
            return Err(StoreError::Taken { what, name });
        }
        self.reference_changed(number)
    }

    fn put_chain(&mut self, tenant: TenantId, chain: &Chain) -> Result<()> {
        let number = self.tenant(tenant)?;
        self.change(
            "UPDATE chain SET in_force = 0 WHERE tenant = ?1 AND name = ?2",
            params![number, chain.name],
        )?;
        let sql = "INSERT INTO chain (tenant, name, version, json, in_force) VALUES (?1, ?2, ?3, ?4, 1)
                    ON CONFLICT (tenant, name, version) DO UPDATE SET in_force = 1 WHERE json = excluded.json";
        let row = params![number, chain.name, chain.version, json(chain, "chain")?];
        if self.change(sql, row)? == 0 {
            let (what, name) = ("chain", chain.id());
            return Err(StoreError::Taken { what, name });
        }
        self.reference_changed(number)
    }

    fn keep_forms(&mut self, tenant: TenantId, names: &BTreeSet<String>) -> Result<()> {
        let number = self.tenant(tenant)?;
        for form in self
            .forms(tenant)?
            .into_iter()
            .filter(|form| !names.contains(&form.name))
        {
            self.change(
                "UPDATE form SET in_force = 0 WHERE tenant = ?1 AND name = ?2",
                params![number, form.name],
            )?;
        }
        self.reference_changed(number)
    }

    fn add_duty(&mut self, tenant: TenantId, person: PersonId, duty: &str) -> Result<()> {
        let number = self.tenant(tenant)?;
        let sql = "INSERT OR IGNORE INTO duty (tenant, person, duty) VALUES (?1, ?2, ?3)";
        self.change(sql, params![number, person.as_bytes(), duty])?;
        self.reference_changed(number)
    }

    fn remove_duty(&mut self, tenant: TenantId, person: PersonId, duty: &str) -> Result<()> {
        let number = self.tenant(tenant)?;
        let sql = "DELETE FROM duty WHERE tenant = ?1 AND person = ?2 AND duty = ?3";
        self.change(sql, params![number, person.as_bytes(), duty])?;
        self.reference_changed(number)
    }

    fn set_same(&mut self, tenant: TenantId, person: PersonId, human: PersonId) -> Result<()> {
        let number = self.tenant(tenant)?;
        let roster = self.roster(tenant)?;
        let (moved, first) = (roster.human(person), roster.human(human));
        if moved != first {
            // Everybody points at the first account of the human, so all accounts of the other one move, its first one too.
            let sql = "UPDATE person SET human = ?3 WHERE tenant = ?1 AND (id = ?2 OR human = ?2)";
            self.change(sql, params![number, moved.as_bytes(), first.as_bytes()])?;
        }
        self.reference_changed(number)
    }

    fn add_delegation(&mut self, tenant: TenantId, delegation: &Delegation) -> Result<()> {
        let number = self.tenant(tenant)?;
        let sql = "INSERT INTO delegation (tenant, delegator, delegate, since_ms, until_ms) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.change(
            sql,
            params![
                number,
                delegation.from.as_bytes(),
                delegation.to.as_bytes(),
                signed(delegation.since_ms),
                signed(delegation.until_ms)
            ],
        )?;
        self.reference_changed(number)
    }

    fn end_delegations(&mut self, tenant: TenantId, from: PersonId, now_ms: u64) -> Result<usize> {
        let number = self.tenant(tenant)?;
        let sql =
            "UPDATE delegation SET until_ms = ?3 WHERE tenant = ?1 AND delegator = ?2 AND until_ms > ?3";
        let ended = self.change(sql, params![number, from.as_bytes(), signed(now_ms)])?;
        self.reference_changed(number)?;
        Ok(ended)
    }

    fn put_receipts(
        &mut self,
        tenant: TenantId,
        document: DocumentId,
        keys: &[String],
        place: Option<u64>,
    ) -> Result<()> {
        let number = self.tenant(tenant)?;
        let sql =
            "INSERT OR IGNORE INTO receipt (tenant, key, document, place) VALUES (?1, ?2, ?3, coalesce(?4,
                     1 + (SELECT coalesce(max(place), 0) FROM receipt WHERE tenant = ?1 AND key = ?2)))";
        for key in keys {
            let row = params![number, key, document.as_bytes(), place.map(signed)];
            self.change(sql, row)?;
        }
        Ok(())
    }

    fn keep_receipts(&mut self, tenant: TenantId, document: DocumentId, keys: &[String]) -> Result<()> {
        let number = self.tenant(tenant)?;
        let sql = "SELECT key FROM receipt WHERE tenant = ?1 AND document = ?2";
        let held: Vec<String> = self.all(sql, params![number, document.as_bytes()], |row| row.get(0))?;
        for key in held.iter().filter(|key| !keys.contains(key)) {
            let sql = "DELETE FROM receipt WHERE tenant = ?1 AND key = ?2 AND document = ?3";
            self.change(sql, params![number, key, document.as_bytes()])?;
        }
        Ok(())
    }

    fn share(&mut self, tenant: TenantId, document: DocumentId, people: &BTreeSet<PersonId>) -> Result<()> {
        let before = self.shared_with(tenant, document)?;
        if before == *people {
            return Ok(());
        }
        let (number, sequence) = (self.tenant(tenant)?, signed(self.head(tenant)?.sequence));
        for person in people.difference(&before) {
            let sql = "INSERT INTO document_share (tenant, person, document, since, last) VALUES (?1, ?2, ?3, ?4, ?4)";
            self.change(
                sql,
                params![number, person.as_bytes(), document.as_bytes(), sequence],
            )?;
        }
        for person in before.difference(people) {
            let row = params![number, person.as_bytes(), document.as_bytes()];
            self.change(
                "DELETE FROM document_share WHERE tenant = ?1 AND person = ?2 AND document = ?3",
                row,
            )?;
            self.change(
                "INSERT OR IGNORE INTO document_move (tenant, old_owner, sequence, document) VALUES (?1, ?2, ?3, ?4)",
                params![number, person.as_bytes(), sequence, document.as_bytes()],
            )?;
        }
        Ok(())
    }

    fn set_open(&mut self, tenant: TenantId, document: DocumentId, open: bool) -> Result<()> {
        let sql = if open {
            "INSERT OR IGNORE INTO open_approval (tenant, document) VALUES (?1, ?2)"
        } else {
            "DELETE FROM open_approval WHERE tenant = ?1 AND document = ?2"
        };
        let row = params![self.tenant(tenant)?, document.as_bytes()];
        self.change(sql, row).map(|_| ())
    }

    fn set_upkeep(&mut self, tenant: TenantId, upkeep: &Upkeep) -> Result<()> {
        let sql = "UPDATE tenant SET ruled_version = ?2, rule_again_ms = ?3, ruled_to = ?4 WHERE number = ?1";
        let row = params![
            self.tenant(tenant)?,
            signed(upkeep.version),
            signed(upkeep.again_ms),
            upkeep.reached.as_ref().map(DocumentId::as_bytes)
        ];
        self.change_one(sql, row, "organisation", &tenant.to_string())
    }
}

impl Session {
    /// Everybody with whom a document is shared.
    fn shared_with(&self, tenant: TenantId, document: DocumentId) -> Result<BTreeSet<PersonId>> {
        let sql = "SELECT person FROM document_share WHERE tenant = ?1 AND document = ?2";
        let people = self.all(sql, params![self.tenant(tenant)?, document.as_bytes()], |row| {
            id(row, 0).map(PersonId)
        })?;
        Ok(people.into_iter().collect())
    }

    fn version_of<T: DeserializeOwned>(
        &self,
        sql: &str,
        tenant: TenantId,
        name: &str,
        version: Option<u32>,
        table: &'static str,
    ) -> Result<Option<T>> {
        let found: Option<String> = self.one(sql, params![self.tenant(tenant)?, name, version], |row| {
            row.get(0)
        })?;
        found.map(|json| read(&json, table)).transpose()
    }
}

fn upkeep_row(row: &Row<'_>) -> rusqlite::Result<Upkeep> {
    let reached: Option<[u8; 16]> = row.get(2)?;
    Ok(Upkeep {
        version: unsigned(row.get(0)?),
        again_ms: unsigned(row.get(1)?),
        reached: reached.and_then(|bytes| DocumentId::from_slice(&bytes)),
    })
}

fn read<T: DeserializeOwned>(json: &str, table: &'static str) -> Result<T> {
    serde_json::from_str(json).map_err(|error| StoreError::Row {
        table,
        column: "json",
        problem: error.to_string(),
    })
}

fn json<T: Serialize>(row: &T, table: &'static str) -> Result<String> {
    serde_json::to_string(row).map_err(|error| StoreError::Row {
        table,
        column: "json",
        problem: error.to_string(),
    })
}
