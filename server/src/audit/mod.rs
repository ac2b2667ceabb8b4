//! Was anything changed behind the server? Walks every log of every organisation and checks the hash chains, the
//! signatures of the uploads, what follows from the logs, and the receipts that phones bring back.
//!
//! What this proves: an operation of a phone cannot be changed or made up without the phone's key, a row of a log cannot
//! be changed alone, a ruling stands in the log and in its document alike, and nobody who holds even the server's key can cut or rewrite a log beyond a receipt that a
//! phone holds.

mod documents;
mod finding;
mod heads;
mod log;
mod restores;
mod ruled;
mod rulings;
mod uploads;

pub use finding::{Audit, Finding, Log};

use fieldbook_core::replica::Head;
use fieldbook_core::trust::Restored;

use ruled::Ruled;

use crate::store::{Reader, Result, ServerRow, StoreError, TenantRow};

/// Rows that are read at one time.
const PAGE: usize = 500;

/// One organisation under audit.
struct Office<'a> {
    reader: &'a dyn Reader,
    tenant: &'a TenantRow,
    server: &'a ServerRow,
    audit: &'a mut Audit,
    /// The restores that the ruling log tells of, oldest first.
    restores: Vec<Restored>,
    /// What documents have to hold of the rulings.
    ruled: Ruled,
}

impl Office<'_> {
    fn find(&mut self, log: Log, number: u64, what: impl Into<String>) {
        self.audit
            .findings
            .push(Finding::new(&self.tenant.name, log, number, what.into()));
    }
}

/// Checks everything; what is wrong is in the answer.
///
/// # Errors
/// When the store itself does not read.
pub fn verify(reader: &dyn Reader, heads: &[Head]) -> Result<Audit> {
    let server = reader.server()?;
    let tenants = reader.tenants()?;
    let mut audit = Audit::default();
    for tenant in &tenants {
        let mut office = Office {
            reader,
            tenant,
            server: &server,
            audit: &mut audit,
            restores: Vec::new(),
            ruled: Ruled::default(),
        };
        office.organisation(heads)?;
    }
    heads::strangers(&server, &tenants, heads, &mut audit);
    Ok(audit)
}

impl Office<'_> {
    /// One organisation. A row that does not even read is a finding, and the other logs are looked at all the same.
    fn organisation(&mut self, heads: &[Head]) -> Result<()> {
        let read = self.rulings();
        self.readable(Log::Rulings, read)?;
        let read = self.restores();
        self.readable(Log::Rulings, read)?;
        let read = self.operations();
        self.readable(Log::Operations, read)?;
        let read = self.documents();
        self.readable(Log::Documents, read)?;
        let read = self.heads(heads);
        self.readable(Log::Heads, read)
    }

    fn readable(&mut self, log: Log, read: Result<()>) -> Result<()> {
        match read {
            Err(
                error @ (StoreError::Row { .. }
                | StoreError::Database(_)
                | StoreError::DamagedDocument { .. }),
            ) => {
                self.find(log, 0, error.to_string());
                Ok(())
            }
            other => other,
        }
    }
}
