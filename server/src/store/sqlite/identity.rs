use fieldbook_core::model::{DeviceId, PersonId, TenantId};
use rusqlite::{Row, params};
use uuid::Uuid;

use super::rows::id;
use super::session::{Session, signed, unsigned};
use crate::store::{
    AccessRow, CodeRow, DeviceRow, FamilyRow, IdentityReader, IdentityWriter, RefreshRow, Result,
};

/// Access tokens that expired are kept this long, so that a late use is told apart from an unknown token.
const KEPT_AFTER_EXPIRY_MS: u64 = 24 * 3600 * 1000;

const DEVICE: &str = "
    SELECT device.id, tenant.id, person, public_key, epoch, device.name, created_ms, seen_ms, waiting, revoked_ms,
           device.number, copied_from, closed_ms, drained_ms
      FROM device JOIN tenant ON tenant.number = device.tenant";

impl IdentityReader for Session {
    fn device(&self, tenant: TenantId, device: DeviceId) -> Result<Option<DeviceRow>> {
        let sql = format!("{DEVICE} WHERE device.tenant = ?1 AND device.id = ?2");
        self.one(&sql, params![self.tenant(tenant)?, device.as_bytes()], device_row)
    }

    fn device_with_key(&self, public_key: &[u8; 32]) -> Result<Option<DeviceRow>> {
        self.one(
            &format!("{DEVICE} WHERE public_key = ?1"),
            [public_key],
            device_row,
        )
    }

    fn devices(&self, tenant: TenantId) -> Result<Vec<DeviceRow>> {
        let sql = format!("{DEVICE} WHERE device.tenant = ?1 ORDER BY created_ms, device.id");
        self.all(&sql, [self.tenant(tenant)?], device_row)
    }

    fn copies(&self, tenant: TenantId, since_ms: u64) -> Result<Vec<DeviceRow>> {
        let sql =
            format!("{DEVICE} WHERE device.tenant = ?1 AND copied_from IS NOT NULL AND created_ms > ?2");
        self.all(&sql, params![self.tenant(tenant)?, signed(since_ms)], device_row)
    }

    fn code(&self, hash: &[u8; 32]) -> Result<Option<CodeRow>> {
        let sql = "SELECT tenant.id, person, expires_ms, used_ms, used_by
                     FROM enrolment_code JOIN tenant ON tenant.number = enrolment_code.tenant WHERE enrolment_code.hash = ?1";
        self.one(sql, [hash], |row| {
            Ok(CodeRow {
                tenant: TenantId(id(row, 0)?),
                person: PersonId(id(row, 1)?),
                expires_ms: unsigned(row.get(2)?),
                used_ms: time(row, 3)?,
                used_by: row.get(4)?,
            })
        })
    }

    fn access(&self, tenant: TenantId, hash: &[u8; 32]) -> Result<Option<AccessRow>> {
        let sql = "SELECT family, device, proven_ms, revoked_ms, issued_ms, expires_ms
                     FROM access_token AS token JOIN token_family ON token_family.number = token.family
                    WHERE token.tenant = ?1 AND hash = ?2";
        self.one(sql, params![self.tenant(tenant)?, hash], |row| {
            let family = family_row(row)?;
            Ok(AccessRow {
                family,
                issued_ms: unsigned(row.get(4)?),
                expires_ms: unsigned(row.get(5)?),
            })
        })
    }

    fn refresh(&self, tenant: TenantId, hash: &[u8; 32]) -> Result<Option<RefreshRow>> {
        let sql = "SELECT family, device, proven_ms, revoked_ms, issued_ms, expires_ms, rotated_ms
                     FROM refresh_token AS token JOIN token_family ON token_family.number = token.family
                    WHERE token.tenant = ?1 AND hash = ?2";
        self.one(sql, params![self.tenant(tenant)?, hash], |row| {
            Ok(RefreshRow {
                family: family_row(row)?,
                issued_ms: unsigned(row.get(4)?),
                expires_ms: unsigned(row.get(5)?),
                rotated_ms: time(row, 6)?,
            })
        })
    }
}

impl IdentityWriter for Session {
    fn put_device(&mut self, device: &DeviceRow) -> Result<()> {
        let sql = "INSERT INTO device (tenant, id, person, public_key, epoch, name, created_ms, copied_from, drained_ms)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                   ON CONFLICT (tenant, id) DO UPDATE SET epoch = excluded.epoch, name = excluded.name";
        let row = params![
            self.tenant(device.tenant)?,
            device.id.as_bytes(),
            device.person.as_bytes(),
            device.public_key,
            device.epoch,
            device.name,
            signed(device.created_ms),
            device.copied_from.as_ref().map(DeviceId::as_bytes),
            signed(device.drained_ms),
        ];
        self.insert(sql, row, "device", &device.name)
    }

    fn touch_device(
        &mut self,
        tenant: TenantId,
        device: DeviceId,
        now_ms: u64,
        waiting: u32,
        number: u64,
    ) -> Result<()> {
        let sql = "UPDATE device SET seen_ms = ?3, waiting = ?4, number = max(number, ?5),
                          drained_ms = CASE ?4 WHEN 0 THEN max(drained_ms, ?3) ELSE drained_ms END
                    WHERE tenant = ?1 AND id = ?2";
        let row = params![
            self.tenant(tenant)?,
            device.as_bytes(),
            signed(now_ms),
            waiting,
            signed(number)
        ];
        self.change_one(sql, row, "device", &device.to_string())
    }

    fn revoke_device(&mut self, tenant: TenantId, device: DeviceId, now_ms: u64) -> Result<()> {
        let row = params![self.tenant(tenant)?, device.as_bytes(), signed(now_ms)];
        let sql = "UPDATE device SET revoked_ms = coalesce(revoked_ms, ?3) WHERE tenant = ?1 AND id = ?2";
        self.change_one(sql, row, "device", &device.to_string())?;
        // Phones that listen are told to ask: this one hears it then.
        self.reference_changed(self.tenant(tenant)?)
    }

    fn close_device(&mut self, tenant: TenantId, device: DeviceId, now_ms: u64) -> Result<()> {
        let row = params![self.tenant(tenant)?, device.as_bytes(), signed(now_ms)];
        let sql = "UPDATE device SET closed_ms = coalesce(closed_ms, ?3) WHERE tenant = ?1 AND id = ?2";
        self.change_one(sql, row, "device", &device.to_string())?;
        self.change(REVOKE_FAMILIES, row).map(|_| ())
    }

    fn add_code(&mut self, hash: &[u8; 32], code: &CodeRow) -> Result<()> {
        let sql = "INSERT INTO enrolment_code (hash, tenant, person, expires_ms) VALUES (?1, ?2, ?3, ?4)";
        let tenant = self.tenant(code.tenant)?;
        let row = params![hash, tenant, code.person.as_bytes(), signed(code.expires_ms)];
        self.insert(sql, row, "enrolment code", "")
    }

    fn use_code(&mut self, hash: &[u8; 32], now_ms: u64, by: &[u8; 32]) -> Result<()> {
        let sql = "UPDATE enrolment_code SET used_ms = ?2, used_by = ?3 WHERE hash = ?1 AND used_ms IS NULL";
        self.change_one(sql, params![hash, signed(now_ms), by], "enrolment code", "")
    }

    fn open_family(&mut self, tenant: TenantId, device: DeviceId, now_ms: u64) -> Result<u64> {
        let row = params![self.tenant(tenant)?, device.as_bytes(), signed(now_ms)];
        self.change(REVOKE_FAMILIES, row)?;
        self.change(
            "INSERT INTO token_family (tenant, device, opened_ms) VALUES (?1, ?2, ?3)",
            row,
        )?;
        Ok(unsigned(self.connection.last_insert_rowid()))
    }

    fn revoke_family(&mut self, tenant: TenantId, family: u64, now_ms: u64) -> Result<()> {
        let sql =
            "UPDATE token_family SET revoked_ms = coalesce(revoked_ms, ?3) WHERE tenant = ?1 AND number = ?2";
        let row = params![self.tenant(tenant)?, signed(family), signed(now_ms)];
        self.change_one(sql, row, "sign-in", &family.to_string())
    }

    fn add_access(
        &mut self,
        tenant: TenantId,
        hash: &[u8; 32],
        family: u64,
        now_ms: u64,
        expires_ms: u64,
    ) -> Result<()> {
        let oldest = signed(now_ms.saturating_sub(KEPT_AFTER_EXPIRY_MS));
        let sql = "DELETE FROM access_token WHERE family = ?1 AND expires_ms < ?2";
        self.change(sql, params![signed(family), oldest])?;
        let sql = "INSERT INTO access_token (tenant, hash, family, issued_ms, expires_ms) VALUES (?1, ?2, ?3, ?4, ?5)";
        let row = params![
            self.tenant(tenant)?,
            hash,
            signed(family),
            signed(now_ms),
            signed(expires_ms)
        ];
        self.insert(sql, row, "access token", "")
    }

    fn add_refresh(
        &mut self,
        tenant: TenantId,
        hash: &[u8; 32],
        family: u64,
        now_ms: u64,
        expires_ms: u64,
    ) -> Result<()> {
        let sql = "DELETE FROM refresh_token WHERE family = ?1 AND expires_ms < ?2";
        self.change(sql, params![signed(family), signed(now_ms)])?;
        let sql = "INSERT INTO refresh_token (tenant, hash, family, issued_ms, expires_ms) VALUES (?1, ?2, ?3, ?4, ?5)";
        let row = params![
            self.tenant(tenant)?,
            hash,
            signed(family),
            signed(now_ms),
            signed(expires_ms)
        ];
        self.insert(sql, row, "refresh token", "")
    }

    fn prove(&mut self, tenant: TenantId, family: u64, issued_ms: u64) -> Result<()> {
        let sql = "UPDATE token_family SET proven_ms = max(proven_ms, ?3) WHERE tenant = ?1 AND number = ?2";
        let row = params![self.tenant(tenant)?, signed(family), signed(issued_ms)];
        self.change_one(sql, row, "sign-in", &family.to_string())
    }

    fn rotate(&mut self, tenant: TenantId, family: u64, now_ms: u64) -> Result<()> {
        let sql = "UPDATE refresh_token SET rotated_ms = ?3 WHERE tenant = ?1 AND family = ?2 AND rotated_ms IS NULL";
        let row = params![self.tenant(tenant)?, signed(family), signed(now_ms)];
        self.change(sql, row).map(|_| ())
    }
}

const REVOKE_FAMILIES: &str =
    "UPDATE token_family SET revoked_ms = ?3 WHERE tenant = ?1 AND device = ?2 AND revoked_ms IS NULL";

/// Reads `family, device, proven_ms, revoked_ms` from the start of a row.
fn family_row(row: &Row<'_>) -> rusqlite::Result<FamilyRow> {
    Ok(FamilyRow {
        id: unsigned(row.get(0)?),
        device: DeviceId(id(row, 1)?),
        proven_ms: unsigned(row.get(2)?),
        revoked_ms: time(row, 3)?,
    })
}

fn device_row(row: &Row<'_>) -> rusqlite::Result<DeviceRow> {
    let (device, tenant, person): ([u8; 16], [u8; 16], [u8; 16]) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let copied_from: Option<[u8; 16]> = row.get(11)?;
    Ok(DeviceRow {
        id: DeviceId(Uuid::from_bytes(device)),
        tenant: TenantId(Uuid::from_bytes(tenant)),
        person: PersonId(Uuid::from_bytes(person)),
        public_key: row.get(3)?,
        epoch: row.get(4)?,
        name: row.get(5)?,
        created_ms: unsigned(row.get(6)?),
        seen_ms: unsigned(row.get(7)?),
        waiting: row.get(8)?,
        revoked_ms: time(row, 9)?,
        number: unsigned(row.get(10)?),
        copied_from: copied_from.map(|bytes| DeviceId(Uuid::from_bytes(bytes))),
        closed_ms: time(row, 12)?,
        drained_ms: unsigned(row.get(13)?),
    })
}

fn time(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<u64>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(unsigned))
}
