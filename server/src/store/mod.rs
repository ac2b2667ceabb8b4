//! Where the server keeps everything: traits by topic, one behavioural suite, and the SQLite store.
//!
//! [`Store`] hands out a [`Reader`] (a consistent snapshot) or the one [`Writer`]; closures own the transaction.
//! The methods come from traits by topic: [`LogReader`] and [`LogWriter`] for documents and their log,
//! [`RefusalReader`] and [`RefusalWriter`] for spent sequence numbers, [`EquivocationReader`] and
//! [`EquivocationWriter`] for those that were spent twice, [`FutureReader`] and [`FutureWriter`] for what is dated ahead, [`RestoreReader`] and [`RestoreWriter`] for what a restore
//! leaves to be done, [`ProofReader`] and [`ProofWriter`] for what proves who wrote what, [`SnapshotReader`] and [`SnapshotWriter`] for what was materialised,
//! [`OrganisationReader`] and [`OrganisationWriter`] for units and people, [`IdentityReader`] and
//! [`IdentityWriter`] for devices and tokens, [`RightsReader`] and [`RightsWriter`] for rights as they were,
//! [`QuarantineReader`] and [`QuarantineWriter`] for what came too late.

mod approvals;
mod audit;
pub(crate) mod chain;
mod equivocations;
mod error;
mod future;
mod identity;
mod log;
mod organisation;
mod proofs;
mod quarantine;
mod refusals;
mod restore;
mod rights;
mod snapshots;
pub mod sqlite;
#[cfg(test)]
mod suite;

pub use approvals::{ApprovalReader, ApprovalWriter, Upkeep};
pub use audit::{AuditReader, AuditedSegment};
pub use equivocations::{EquivocationReader, EquivocationRow, EquivocationWriter};
pub use error::{Result, StoreError};
pub use future::{FutureReader, FutureRow, FutureWriter};
pub use identity::{AccessRow, CodeRow, DeviceRow, FamilyRow, IdentityReader, IdentityWriter, RefreshRow};
pub use log::{
    DocumentRow, LogHead, LogReader, LogRow, LogWriter, NewSegment, RulingRow, SegmentRow, Viewer,
};
pub use organisation::{OrganisationReader, OrganisationWriter, PersonRow, ServerRow, TenantRow, UnitRow};
pub use proofs::{KeptSection, Proof, ProofReader, ProofWriter, UploadRow};
pub use quarantine::{QuarantineReader, QuarantineRow, QuarantineWriter};
pub use refusals::{ActorRow, RefusalReader, RefusalWriter};
pub use restore::{RestoreReader, RestoreRow, RestoreWriter};
pub use rights::{RightsReader, RightsWriter};
pub use snapshots::{Backlog, SetAsideRow, SnapshotReader, SnapshotRow, SnapshotWriter};
pub use sqlite::SqliteStore;

/// Everything that can be read, as of one moment.
pub trait Reader:
    ApprovalReader
    + LogReader
    + AuditReader
    + ProofReader
    + RefusalReader
    + EquivocationReader
    + FutureReader
    + RestoreReader
    + SnapshotReader
    + OrganisationReader
    + IdentityReader
    + RightsReader
    + QuarantineReader
{
}

/// Everything that can be written; reads see what was written before in the same closure.
pub trait Writer:
    Reader
    + ApprovalWriter
    + LogWriter
    + ProofWriter
    + RefusalWriter
    + EquivocationWriter
    + FutureWriter
    + RestoreWriter
    + SnapshotWriter
    + OrganisationWriter
    + IdentityWriter
    + RightsWriter
    + QuarantineWriter
{
}

/// One server's database. Clones share it.
///
/// The calls block; asynchronous code makes them on a blocking thread. A closure must not call the store
/// again.
pub trait Store: Clone + Send + Sync + 'static {
    /// Runs `f` on a consistent snapshot.
    ///
    /// # Errors
    /// What `f` answers, or why no snapshot could be taken.
    fn read<T>(&self, f: impl FnOnce(&dyn Reader) -> Result<T>) -> Result<T>;

    /// Runs `f` on the one writer; durable when this returns `Ok`.
    ///
    /// Concurrent writes are committed as a group. Each runs in a savepoint of its own, so an `Err` rolls back
    /// only its own work. When the commit itself fails, every write of the group gets that error: what `f` put
    /// into a cache counts only once this has returned `Ok`.
    ///
    /// # Errors
    /// What `f` answers (then nothing of it is kept), or why the commit failed.
    fn transact<T, E>(
        &self,
        f: impl FnOnce(&mut dyn Writer) -> std::result::Result<T, E> + Send + 'static,
    ) -> std::result::Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static;

    /// [`Store::transact`] for work that has no errors of its own.
    ///
    /// # Errors
    /// As [`Store::transact`].
    fn write<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut dyn Writer) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.transact(f)
    }
}
