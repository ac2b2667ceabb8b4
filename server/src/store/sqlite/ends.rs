use std::cell::RefCell;
use std::collections::BTreeMap;

use fieldbook_core::model::TenantId;
use fieldbook_core::wire::Origin;
use rusqlite::params;

use super::session::{Session, signed};
use crate::store::{LogHead, Result};

/// Where logs end inside the open transaction, by the numbers of organisations and installations. An upload appends
/// some sixty segments: their rows are written each, the end of the log once.
#[derive(Default)]
pub(super) struct Ends {
    heads: RefCell<BTreeMap<i64, LogHead>>,
    /// What is to be added to the count of an installation's stored operations.
    stored: RefCell<BTreeMap<i64, u64>>,
    origins: RefCell<BTreeMap<([u8; 32], u32), i64>>,
}

impl Ends {
    /// The end of an organisation's log, when it moved in this transaction.
    pub(super) fn head(&self, tenant: i64) -> Option<LogHead> {
        self.heads.borrow().get(&tenant).copied()
    }

    /// The log of an organisation ends here now, `count` operations of an installation later.
    pub(super) fn appended(&self, tenant: i64, head: LogHead, origin: i64, count: u32) {
        self.heads.borrow_mut().insert(tenant, head);
        *self.stored.borrow_mut().entry(origin).or_default() += u64::from(count);
    }

    /// The number of an installation, when it was asked for in this transaction.
    pub(super) fn origin(&self, origin: &Origin) -> Option<i64> {
        let key = (origin.public_key, origin.epoch);
        self.origins.borrow().get(&key).copied()
    }

    /// Keeps the number of an installation until the transaction ends.
    pub(super) fn note_origin(&self, origin: &Origin, number: i64) {
        let key = (origin.public_key, origin.epoch);
        self.origins.borrow_mut().insert(key, number);
    }

    /// Forgets what a rolled back transaction did.
    pub(super) fn forget(&self) {
        self.heads.borrow_mut().clear();
        self.stored.borrow_mut().clear();
        self.origins.borrow_mut().clear();
    }
}

impl Session {
    /// Writes the ends of logs that moved. Others may write once the transaction is over, so nothing is kept beyond it.
    pub(super) fn write_ends(&self) -> Result<()> {
        for (tenant, head) in self.ends.heads.take() {
            let sql = "UPDATE tenant SET sequence = ?2, hash = ?3 WHERE number = ?1";
            self.change_one(
                sql,
                params![tenant, signed(head.sequence), head.hash],
                "organisation",
                "",
            )?;
        }
        for (origin, count) in self.ends.stored.take() {
            let sql = "UPDATE origin SET stored = stored + ?2 WHERE number = ?1";
            self.change_one(sql, params![origin, signed(count)], "installation", "")?;
        }
        self.ends.forget();
        Ok(())
    }

    /// The end of an organisation's log, as this transaction sees it.
    pub(super) fn moved_head(&self, tenant: TenantId) -> Result<Option<LogHead>> {
        Ok(self.ends.head(self.tenant(tenant)?))
    }
}
