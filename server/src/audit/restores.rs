use chrono::DateTime;
use fieldbook_core::trust::{LogPoint, Receipt, Restored};
use serde::Deserialize;

use super::{Log, Office};
use crate::store::{Result, RulingRow};

/// A row of the ruling log that tells of a restore.
#[derive(Deserialize)]
struct Record {
    restored: Restored,
}

impl Office<'_> {
    /// Takes a restore in that a row of the ruling log tells of; one that this server did not sign explains nothing.
    pub(super) fn restore(&mut self, row: &RulingRow) {
        if !row.document.0.is_nil() || !row.json.contains("\"restored\"") {
            return;
        }
        let signed = serde_json::from_str::<Record>(&row.json)
            .ok()
            .map(|record| record.restored)
            .filter(|it| it.is_signed(self.server.id, self.tenant.id, &self.server.public_key));
        match signed {
            Some(restored) => self.restores.push(restored),
            None => self.find(
                Log::Rulings,
                row.number,
                "it tells of a restore, and this server's key did not sign that",
            ),
        }
    }

    /// Is what each restore began with still there?
    pub(super) fn restores(&mut self) -> Result<()> {
        for restored in self.restores.clone() {
            let here = self.reader.log_hash(self.tenant.id, restored.log.number)?;
            self.began_with("operations", &restored, &restored.log, here);
            let here = self.ruling_hash(restored.rulings.number)?;
            self.began_with("rulings", &restored, &restored.rulings, here);
        }
        Ok(())
    }

    fn began_with(&mut self, log: &str, restored: &Restored, then: &LogPoint, here: Option<[u8; 32]>) {
        if here != Some(then.hash) {
            let what = format!(
                "epoch {} began with a log of {log} that ended at row {}, and that row is not the one of then",
                restored.epoch, then.number
            );
            self.find(Log::Rulings, restored.rulings.number + 1, what);
        }
    }

    /// The first restore after a receipt was given: only what the backup had of it is still there.
    pub(super) fn restored_since(&self, receipt: &Receipt) -> Option<Restored> {
        // By the epoch that began: a second restore of one backup knows nothing of the epoch between.
        let mut since = self.restores.iter().filter(|it| it.epoch > receipt.epoch);
        since.next().copied()
    }

    /// Says what a restore explains.
    pub(super) fn explain(&mut self, line: u64, restored: &Restored, what: &str) {
        let at = i64::try_from(restored.at_ms).ok();
        let at = at.and_then(DateTime::from_timestamp_millis).unwrap_or_default();
        self.audit.notes.push(format!(
            "{:?}, receipts, line {line}: {what}; the restore of {} (epoch {}) explains that",
            self.tenant.name,
            at.format("%Y-%m-%d %H:%M UTC"),
            restored.epoch
        ));
    }
}
