use fieldbook_core::model::InstallationKey;
use fieldbook_core::replica::Head;
use fieldbook_core::trust::{LogPoint, Restored};
use fieldbook_core::wire::Origin;

use super::{Audit, Finding, Log, Office};
use crate::store::{LogHead, Result, ServerRow, TenantRow};

impl Office<'_> {
    /// The receipts that phones bring back: what the server once signed still holds.
    pub(super) fn heads(&mut self, heads: &[Head]) -> Result<()> {
        let (tenant, server) = (self.tenant.id, self.server);
        for (line, head) in (1..).zip(heads) {
            if head.server != server.id || head.tenant != tenant {
                continue;
            }
            self.audit.heads += 1;
            let Some(to) = installation(head) else {
                self.find(Log::Heads, line, "public_key is not 64 hexadecimal digits");
                continue;
            };
            if !head
                .receipt
                .is_signed(head.server, head.tenant, &to, &server.public_key)
            {
                self.find(Log::Heads, line, "this server's key did not sign it");
                continue;
            }
            self.holds(line, head, &to)?;
        }
        Ok(())
    }

    fn holds(&mut self, line: u64, head: &Head, to: &InstallationKey) -> Result<()> {
        let (tenant, receipt) = (self.tenant.id, &head.receipt);
        let restored = self.restored_since(receipt);
        let (log, rulings) = (self.reader.head(tenant)?, self.reader.ruling_head(tenant)?);
        let here = self.reader.log_hash(tenant, receipt.log.number)?;
        let kept = restored.map(|restored| (restored, restored.log));
        self.point(line, ("log of operations", kept), &receipt.log, (log, here));
        let here = self.ruling_hash(receipt.rulings.number)?;
        let kept = restored.map(|restored| (restored, restored.rulings));
        self.point(line, ("log of rulings", kept), &receipt.rulings, (rulings, here));
        let origin = Origin {
            public_key: to.public_key,
            epoch: to.epoch,
        };
        let stored = self.reader.stored(&origin)?;
        if stored < receipt.stored {
            let what = format!(
                "it vouches for {} operations of that phone, and {stored} are stored",
                receipt.stored
            );
            match &restored {
                Some(restored) => self.explain(line, restored, &what),
                None => self.find(Log::Heads, line, what),
            }
        }
        Ok(())
    }

    /// Is the row that was signed still the row of that number? Behind what a restored backup had there is none.
    fn point(
        &mut self,
        line: u64,
        (log, kept): (&str, Option<(Restored, LogPoint)>),
        signed: &LogPoint,
        (end, here): (LogHead, Option<[u8; 32]>),
    ) {
        if let Some((restored, kept)) = kept
            && signed.number > kept.number
        {
            let what = format!("the {log} ended at row {}", signed.number);
            self.explain(line, &restored, &what);
            return;
        }
        match here {
            None => {
                let what = format!(
                    "the {log} was cut: it ended at row {} then, and ends at {} now",
                    signed.number, end.sequence
                );
                self.find(Log::Heads, line, what);
            }
            Some(hash) if hash != signed.hash => {
                let what = format!(
                    "the {log} was written anew: row {} had another hash then",
                    signed.number
                );
                self.find(Log::Heads, line, what);
            }
            Some(_) => {}
        }
    }

    pub(super) fn ruling_hash(&self, number: u64) -> Result<Option<[u8; 32]>> {
        if number == 0 {
            return Ok(Some([0; 32]));
        }
        let rows = self.reader.rulings(self.tenant.id, number - 1, 1)?;
        Ok(rows
            .first()
            .filter(|row| row.number == number)
            .map(|row| row.hash))
    }
}

fn installation(head: &Head) -> Option<InstallationKey> {
    let mut public_key = [0; 32];
    hex::decode_to_slice(&head.public_key, &mut public_key).ok()?;
    Some(InstallationKey {
        public_key,
        epoch: head.epoch,
    })
}

/// Receipts of other servers, or of organisations that are not here (any more).
pub(super) fn strangers(server: &ServerRow, tenants: &[TenantRow], heads: &[Head], audit: &mut Audit) {
    for (line, head) in (1..).zip(heads) {
        let what = if head.server != server.id {
            format!("it is of server {}, and this is {}", head.server, server.id)
        } else if tenants.iter().all(|tenant| tenant.id != head.tenant) {
            "its organisation is not on this server".to_owned()
        } else {
            continue;
        };
        audit
            .findings
            .push(Finding::new(&head.tenant.to_string(), Log::Heads, line, what));
    }
}
