use std::collections::BTreeSet;

use fieldbook_core::model::form::{Approver, Chain};
use fieldbook_core::model::{DocumentId, PersonId, Principal, Role, Roster, ServerId, TenantId, UnitId};
use fieldbook_core::wire::{Person, Policy, Reference, Unit};
use rusqlite::{Row, params};
use uuid::Uuid;

use super::rows::id;
use super::session::{Session, unsigned};
use crate::store::{
    ApprovalReader, OrganisationReader, PersonRow, Result, ServerRow, StoreError, TenantRow, UnitRow,
};

/// Units from the top down; siblings by name.
const UNITS: &str = "
    WITH RECURSIVE below (id, parent, name, depth) AS (
        SELECT id, parent, name, 0 FROM unit WHERE tenant = ?1 AND parent IS NULL
        UNION ALL
        SELECT unit.id, unit.parent, unit.name, below.depth + 1
          FROM below JOIN unit ON unit.tenant = ?1 AND unit.parent = below.id)
    SELECT id, parent, name FROM below ORDER BY depth, name";

/// Everybody of a unit and of the units below it.
const SUBTREE: &str = "
    WITH RECURSIVE below (id) AS (
        SELECT ?2 UNION SELECT unit.id FROM below JOIN unit ON unit.tenant = ?1 AND unit.parent = below.id)
    SELECT person.id FROM below JOIN person ON person.tenant = ?1 AND person.unit = below.id
    UNION ALL SELECT id FROM below";

/// A unit and all above it.
const ABOVE: &str = "
    WITH RECURSIVE above (id) AS (
        SELECT ?2 UNION SELECT unit.parent FROM above JOIN unit ON unit.tenant = ?1 AND unit.id = above.id
         WHERE unit.parent IS NOT NULL)
    SELECT id FROM above";

impl OrganisationReader for Session {
    fn server(&self) -> Result<ServerRow> {
        let sql = "SELECT id, epoch, secret, public_key FROM server WHERE one = 1";
        let found = self.one(sql, [], |row| {
            Ok(ServerRow {
                id: ServerId(id(row, 0)?),
                epoch: row.get(1)?,
                secret: row.get(2)?,
                public_key: row.get(3)?,
            })
        })?;
        found.ok_or_else(|| StoreError::Unknown {
            what: "server",
            id: String::new(),
        })
    }

    fn tenants(&self) -> Result<Vec<TenantRow>> {
        self.all("SELECT id, name FROM tenant ORDER BY name", [], |row| {
            Ok(TenantRow {
                id: TenantId(id(row, 0)?),
                name: row.get(1)?,
            })
        })
    }

    fn units(&self, tenant: TenantId) -> Result<Vec<UnitRow>> {
        self.all(UNITS, [self.tenant(tenant)?], unit_row)
    }

    fn people(&self, tenant: TenantId) -> Result<Vec<PersonRow>> {
        let sql = "SELECT id, unit, name, role FROM person WHERE tenant = ?1 ORDER BY name";
        self.all(sql, [self.tenant(tenant)?], person_row)
    }

    fn person(&self, tenant: TenantId, person: PersonId) -> Result<Option<PersonRow>> {
        let sql = "SELECT id, unit, name, role FROM person WHERE tenant = ?1 AND id = ?2";
        self.one(sql, params![self.tenant(tenant)?, person.as_bytes()], person_row)
    }

    fn person_named(&self, tenant: TenantId, name: &str) -> Result<Option<PersonRow>> {
        let sql = "SELECT id, unit, name, role FROM person WHERE tenant = ?1 AND name = ?2";
        self.one(sql, params![self.tenant(tenant)?, name], person_row)
    }

    fn unit_named(&self, tenant: TenantId, name: &str) -> Result<Option<UnitRow>> {
        let sql = "SELECT id, parent, name FROM unit WHERE tenant = ?1 AND name = ?2";
        self.one(sql, params![self.tenant(tenant)?, name], unit_row)
    }

    fn principal(&self, tenant: TenantId, person: PersonId) -> Result<Option<Principal>> {
        let Some(row) = self.person(tenant, person)? else {
            return Ok(None);
        };
        let subtree = match row.role {
            Role::Rep => BTreeSet::from([person, row.unit.pool()]),
            Role::Supervisor => {
                let asked = params![self.tenant(tenant)?, row.unit.as_bytes()];
                let below = self.all(SUBTREE, asked, |row| id(row, 0).map(PersonId))?;
                below.into_iter().collect()
            }
        };
        Ok(Some(Principal {
            tenant,
            person,
            unit: row.unit,
            role: row.role,
            subtree,
            is_server: false,
        }))
    }

    fn policy(&self, tenant: TenantId) -> Result<Policy> {
        let sql = "SELECT policy FROM tenant WHERE number = ?1";
        let text: String = self
            .one(sql, [self.tenant(tenant)?], |row| row.get(0))?
            .unwrap_or_else(|| "{}".to_owned());
        serde_json::from_str(&text).map_err(|error| StoreError::Row {
            table: "tenant",
            column: "policy",
            problem: error.to_string(),
        })
    }

    fn reference_version(&self, tenant: TenantId) -> Result<u64> {
        let sql = "SELECT reference_version FROM tenant WHERE number = ?1";
        let version = self.one(sql, [self.tenant(tenant)?], |row| row.get(0))?;
        Ok(unsigned(version.unwrap_or(0)))
    }

    fn reference(&self, tenant: TenantId, person: PersonId) -> Result<Reference> {
        let unknown = || StoreError::Unknown {
            what: "person",
            id: person.to_string(),
        };
        let principal = self.principal(tenant, person)?.ok_or_else(unknown)?;
        let asked = params![self.tenant(tenant)?, principal.unit.as_bytes()];
        let above: BTreeSet<UnitId> = self
            .all(ABOVE, asked, |row| id(row, 0).map(UnitId))?
            .into_iter()
            .collect();
        let is_superior = |other: &PersonRow| other.role == Role::Supervisor && above.contains(&other.unit);
        let everybody = self.people(tenant)?;
        // Approvers beyond the units are known by name to everybody, and whoever is one knows everybody by name.
        let chains = self.chains(tenant)?;
        let roster = self.roster(tenant)?;
        let approvers = approvers(&chains, &roster, &everybody);
        let is_approver = approvers.contains(&person);
        let known = everybody.iter().filter(|other| {
            is_approver || approvers.contains(&other.id) || principal.sees(other.id) || is_superior(other)
        });
        let people: Vec<Person> = known
            .map(|other| Person {
                id: other.id,
                unit: other.unit,
                name: other.name.clone(),
                role: other.role,
                visible: principal.sees(other.id),
                left: !roster.is_active(other.id),
            })
            .collect();
        Ok(Reference {
            version: self.reference_version(tenant)?,
            tenant: Some(tenant),
            units: visible_units(self.units(tenant)?, &principal, &above),
            people,
            policy: self.policy(tenant)?,
            forms: self.forms(tenant)?,
            chains,
        })
    }

    fn external_customer(&self, tenant: TenantId, external_id: &str) -> Result<Option<DocumentId>> {
        let sql = "SELECT document FROM external_customer WHERE tenant = ?1 AND external_id = ?2";
        self.one(sql, params![self.tenant(tenant)?, external_id], |row| {
            id(row, 0).map(DocumentId)
        })
    }
}

/// Whoever can be asked beyond the units: by a duty, by name in a chain, or in another's stead.
fn approvers(chains: &[Chain], roster: &Roster, everybody: &[PersonRow]) -> BTreeSet<PersonId> {
    let mut approvers: BTreeSet<PersonId> = everybody
        .iter()
        .map(|row| row.id)
        .filter(|id| {
            roster.member(*id).is_some_and(|member| !member.duties.is_empty()) || roster.stands_in(*id)
        })
        .collect();
    let steps = chains
        .iter()
        .flat_map(|chain| &chain.steps)
        .flat_map(|step| &step.approvers);
    approvers.extend(steps.filter_map(|approver| match approver {
        Approver::Person(person) => Some(*person),
        _ => None,
    }));
    approvers
}

/// The own unit, those above it and, for a supervisor, those below.
fn visible_units(units: Vec<UnitRow>, principal: &Principal, above: &BTreeSet<UnitId>) -> Vec<Unit> {
    let mut below = BTreeSet::from([principal.unit]);
    let mut visible = Vec::new();
    for unit in units {
        if principal.role == Role::Supervisor && unit.parent.is_some_and(|parent| below.contains(&parent)) {
            below.insert(unit.id);
        }
        if below.contains(&unit.id) || above.contains(&unit.id) {
            visible.push(Unit {
                id: unit.id,
                parent: unit.parent,
                name: unit.name,
            });
        }
    }
    visible
}

/// The number of a role, the same as on the wire.
pub(super) fn role_number(role: Role) -> i64 {
    match role {
        Role::Rep => 1,
        Role::Supervisor => 2,
    }
}

/// The role in a column: the schema allows 1 and 2 only.
pub(super) fn role(row: &Row<'_>, column: usize) -> rusqlite::Result<Role> {
    let number: i64 = row.get(column)?;
    Ok(if number == role_number(Role::Supervisor) {
        Role::Supervisor
    } else {
        Role::Rep
    })
}

fn unit_row(row: &Row<'_>) -> rusqlite::Result<UnitRow> {
    let parent: Option<[u8; 16]> = row.get(1)?;
    Ok(UnitRow {
        id: UnitId(id(row, 0)?),
        parent: parent.map(|bytes| UnitId(Uuid::from_bytes(bytes))),
        name: row.get(2)?,
    })
}

fn person_row(row: &Row<'_>) -> rusqlite::Result<PersonRow> {
    Ok(PersonRow {
        id: PersonId(id(row, 0)?),
        unit: UnitId(id(row, 1)?),
        name: row.get(2)?,
        role: role(row, 3)?,
    })
}
