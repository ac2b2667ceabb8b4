use std::collections::BTreeSet;

use fieldbook_core::model::{DocumentId, PersonId, Principal, Role, TenantId, UnitId};
use rusqlite::params;

use super::organisation::role;
use super::rows::id;
use super::session::{Session, signed, unsigned};
use crate::store::{LogReader, OrganisationReader, Result, RightsReader, RightsWriter};

/// Where a person was at a moment: until the first move after it.
const UNIT_THEN: &str = "
    coalesce((SELECT past.unit FROM person_past AS past
               WHERE past.tenant = person.tenant AND past.person = person.id AND past.until_ms > ?3
               ORDER BY past.until_ms LIMIT 1), person.unit)";

/// What a person was at a moment, in the same way.
const ROLE_THEN: &str = "
    coalesce((SELECT past.role FROM person_past AS past
               WHERE past.tenant = person.tenant AND past.person = person.id AND past.until_ms > ?3
               ORDER BY past.until_ms LIMIT 1), person.role)";

impl RightsReader for Session {
    fn principal_at(&self, tenant: TenantId, person: PersonId, at_ms: u64) -> Result<Option<Principal>> {
        let Some(now) = self.principal(tenant, person)? else {
            return Ok(None);
        };
        let (number, at) = (self.tenant(tenant)?, signed(at_ms));
        let sql = format!("SELECT {UNIT_THEN}, {ROLE_THEN} FROM person WHERE tenant = ?1 AND id = ?2");
        let then = self.one(&sql, params![number, person.as_bytes(), at], |row| {
            Ok((UnitId(id(row, 0)?), role(row, 1)?))
        })?;
        let (unit, was) = then.unwrap_or((now.unit, now.role));
        // People only: who saw a customer in the pool had no right to it, and a late claim is answered by who has it now.
        let subtree = match was {
            Role::Rep => BTreeSet::from([person]),
            Role::Supervisor => {
                let sql = format!(
                    "WITH RECURSIVE below (id) AS (
                         SELECT ?2 UNION
                         SELECT unit.id FROM below JOIN unit ON unit.tenant = ?1 AND unit.parent = below.id)
                     SELECT person.id FROM person WHERE person.tenant = ?1 AND {UNIT_THEN} IN (SELECT id FROM below)"
                );
                let below = self.all(&sql, params![number, unit.as_bytes(), at], |row| {
                    id(row, 0).map(PersonId)
                })?;
                below.into_iter().collect()
            }
        };
        Ok(Some(Principal {
            unit,
            role: was,
            subtree,
            ..now
        }))
    }

    fn owner_at(&self, tenant: TenantId, document: DocumentId, at_ms: u64) -> Result<Option<PersonId>> {
        let Some(row) = self.document(tenant, document)? else {
            return Ok(None);
        };
        let sql = "SELECT old_owner FROM document_move AS move
                     JOIN segment ON segment.tenant = move.tenant AND segment.sequence = move.sequence
                    WHERE move.tenant = ?1 AND move.document = ?2 AND segment.received_ms > ?3
                    ORDER BY move.sequence LIMIT 1";
        let then = params![self.tenant(tenant)?, document.as_bytes(), signed(at_ms)];
        let then = self.one(sql, then, |row| id(row, 0).map(PersonId))?;
        Ok(Some(then.unwrap_or(row.owner)))
    }

    fn left_ms(&self, tenant: TenantId, person: PersonId) -> Result<Option<u64>> {
        let sql = "SELECT left_ms FROM person WHERE tenant = ?1 AND id = ?2";
        let row = params![self.tenant(tenant)?, person.as_bytes()];
        let found: Option<Option<i64>> = self.one(sql, row, |row| row.get(0))?;
        Ok(found.flatten().map(unsigned))
    }
}

impl RightsWriter for Session {
    fn set_left(&mut self, tenant: TenantId, person: PersonId, at_ms: u64) -> Result<()> {
        let number = self.tenant(tenant)?;
        let sql = "UPDATE person SET left_ms = coalesce(left_ms, ?3) WHERE tenant = ?1 AND id = ?2";
        let row = params![number, person.as_bytes(), signed(at_ms)];
        self.change_one(sql, row, "person", &person.to_string())?;
        self.reference_changed(number)
    }
}
