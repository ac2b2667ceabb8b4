use fieldbook_core::model::{DocumentId, PersonId, Role, TenantId, UnitId};
use fieldbook_core::wire::Policy;
use rusqlite::params;

use super::organisation::role_number;
use super::session::{Session, signed};
use crate::store::{OrganisationWriter, PersonRow, Result, ServerRow, StoreError, TenantRow, UnitRow};

impl OrganisationWriter for Session {
    fn put_server(&mut self, server: &ServerRow) -> Result<()> {
        let sql = "INSERT INTO server (one, id, epoch, secret, public_key) VALUES (1, ?1, ?2, ?3, ?4)";
        let row = params![
            server.id.as_bytes(),
            server.epoch,
            server.secret,
            server.public_key
        ];
        self.insert(sql, row, "server", &server.id.to_string())
    }

    fn add_tenant(&mut self, tenant: &TenantRow) -> Result<()> {
        let policy = policy_json(&Policy::default())?;
        let sql = "INSERT INTO tenant (id, name, policy) VALUES (?1, ?2, ?3)";
        self.insert(
            sql,
            params![tenant.id.as_bytes(), tenant.name, policy],
            "organisation",
            &tenant.name,
        )
    }

    fn add_unit(&mut self, tenant: TenantId, unit: &UnitRow) -> Result<()> {
        let number = self.tenant(tenant)?;
        let parent = unit.parent.as_ref().map(UnitId::as_bytes);
        let sql = "INSERT INTO unit (tenant, id, parent, name) VALUES (?1, ?2, ?3, ?4)";
        self.insert(
            sql,
            params![number, unit.id.as_bytes(), parent, unit.name],
            "unit",
            &unit.name,
        )?;
        self.reference_changed(number)
    }

    fn add_person(&mut self, tenant: TenantId, person: &PersonRow) -> Result<()> {
        let number = self.tenant(tenant)?;
        let sql = "INSERT INTO person (tenant, id, unit, name, role) VALUES (?1, ?2, ?3, ?4, ?5)";
        let role = role_number(person.role);
        let row = params![
            number,
            person.id.as_bytes(),
            person.unit.as_bytes(),
            person.name,
            role
        ];
        self.insert(sql, row, "person", &person.name)?;
        self.reference_changed(number)
    }

    fn move_person(&mut self, tenant: TenantId, person: PersonId, unit: UnitId, now_ms: u64) -> Result<()> {
        let number = self.tenant(tenant)?;
        self.remember_person(number, person, now_ms)?;
        let sql = "UPDATE person SET unit = ?3 WHERE tenant = ?1 AND id = ?2";
        let row = params![number, person.as_bytes(), unit.as_bytes()];
        self.change_one(sql, row, "person", &person.to_string())?;
        self.reference_changed(number)
    }

    fn set_role(&mut self, tenant: TenantId, person: PersonId, role: Role, now_ms: u64) -> Result<()> {
        let number = self.tenant(tenant)?;
        self.remember_person(number, person, now_ms)?;
        let sql = "UPDATE person SET role = ?3 WHERE tenant = ?1 AND id = ?2";
        let row = params![number, person.as_bytes(), role_number(role)];
        self.change_one(sql, row, "person", &person.to_string())?;
        self.reference_changed(number)
    }

    fn set_policy(&mut self, tenant: TenantId, policy: &Policy) -> Result<()> {
        let number = self.tenant(tenant)?;
        let sql = "UPDATE tenant SET policy = ?2 WHERE number = ?1";
        self.change_one(
            sql,
            params![number, policy_json(policy)?],
            "organisation",
            &tenant.to_string(),
        )?;
        self.reference_changed(number)
    }

    fn remember_external(&mut self, tenant: TenantId, external_id: &str, document: DocumentId) -> Result<()> {
        let sql = "INSERT INTO external_customer (tenant, external_id, document) VALUES (?1, ?2, ?3)";
        let row = params![self.tenant(tenant)?, external_id, document.as_bytes()];
        self.insert(sql, row, "customer", external_id)
    }
}

impl Session {
    /// Where a person was and what they were until now.
    fn remember_person(&self, tenant: i64, person: PersonId, now_ms: u64) -> Result<()> {
        let sql = "INSERT OR IGNORE INTO person_past (tenant, person, until_ms, unit, role)
                   SELECT tenant, id, ?3, unit, role FROM person WHERE tenant = ?1 AND id = ?2";
        self.change(sql, params![tenant, person.as_bytes(), signed(now_ms)])
            .map(|_| ())
    }

    pub(super) fn reference_changed(&self, tenant: i64) -> Result<()> {
        let sql = "UPDATE tenant SET reference_version = reference_version + 1 WHERE number = ?1";
        self.change_one(sql, [tenant], "organisation", "")
    }
}

fn policy_json(policy: &Policy) -> Result<String> {
    serde_json::to_string(policy).map_err(|error| StoreError::Row {
        table: "tenant",
        column: "policy",
        problem: error.to_string(),
    })
}
