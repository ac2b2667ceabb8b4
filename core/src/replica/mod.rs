//! The phone: a local SQLite replica, its commands and queries, and the sync that brings it together with a server.
//!
//! - [`Replica`] is the whole of it: open it, call a command, ask a query, subscribe to changes.
//! - `command/` holds one use case a file; each is one transaction.
//! - [`query`] reads projections only; lists never load documents.
//! - [`sync`] decides ([`sync::Ready`] → [`sync::InFlight`] → …) and performs ([`sync::Driver`]).
//! - [`store`] is the only place with SQL.

mod ask;
mod clock;
mod command;
mod contact;
mod copied;
mod damaged;
mod dependents;
mod documents;
mod ended;
mod error;
mod execute;
mod identity;
mod leaving;
mod live;
mod now;
mod parking;
pub mod phone;
mod principal;
pub mod query;
mod receipt;
mod receive;
mod recover;
mod recovery;
mod refetch;
mod settle;
pub mod store;
mod support;
pub mod sync;
mod testimony;
mod upgrade;
mod words;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use automerge::AutoCommit;

pub use clock::ClockOff;
pub use command::{
    CheckInOutcome, Deciding, LineChange, NewApproval, NewCustomer, NewExpenseLine, NewLogEntry, NewPlan,
    Paper, TypedField, Warnings, typed_fields,
};
pub use contact::Contact;
pub use copied::{Former, Handset};
pub use error::ReplicaError;
pub use identity::Identity;
pub use live::{Changed, Live, Subscription, Topic};
pub use now::Now;
pub use receipt::{Delivery, Head};
pub use recover::Recovered;
pub use settle::SentSection;
pub use store::totals::{Totals, Unsent};
pub use store::{CAN_ENCRYPT, Options, Store, StoreError, StoreKey};

use crate::document;
use crate::gate::DocumentIndex;
use crate::model::{DocumentId, InstallationKey, Principal};
use crate::wire::{Cursor, Policy, Reference};
use clock::FirstMoment;
use documents::Documents;

/// One person's data on one phone.
///
/// Every method may be called from any thread; writes take turns, reads go on beside them. Nothing here reads
/// a clock or makes randomness: both are arguments.
#[derive(Debug)]
pub struct Replica {
    store: Store,
    documents: Mutex<Documents>,
    identity: Mutex<Option<(Identity, InstallationKey)>>,
    reference: Mutex<Option<Reference>>,
    first: FirstMoment,
    live: Live,
}

impl Replica {
    /// Opens the replica in the file at `path`, or makes an empty one.
    ///
    /// # Errors
    /// A file that is not a replica, is corrupt, was written by a newer version, or cannot be opened. The file
    /// stays as it is.
    pub fn open(path: &Path, options: Options) -> Result<Self, ReplicaError> {
        Self::over(Store::open(path, options)?)
    }

    /// A replica in memory, gone with the value; for tests and simulations.
    ///
    /// # Errors
    /// When SQLite cannot be set up.
    pub fn in_memory() -> Result<Self, ReplicaError> {
        Self::over(Store::open_in_memory()?)
    }

    fn over(store: Store) -> Result<Self, ReplicaError> {
        let identity = principal::stored_identity(&store)?;
        let reference = principal::stored_reference(&store)?;
        let replica = Self {
            store,
            documents: Mutex::default(),
            identity: Mutex::new(identity.map(with_key)),
            reference: Mutex::new(reference),
            first: FirstMoment::default(),
            live: Live::default(),
        };
        replica.upgrade()?;
        Ok(replica)
    }

    /// Says who this replica belongs to. A replica belongs to one person and one installation for life: its pending
    /// work is written by that installation's actors, which derive from its key. What the server calls it may change.
    ///
    /// # Errors
    /// [`ReplicaError::WrongServer`] when it belongs to another server, [`ReplicaError::AnotherPerson`] when to another
    /// person or installation; nothing changes then.
    pub fn enrol(&self, identity: &Identity) -> Result<(), ReplicaError> {
        if let Ok(ours) = self.identity() {
            if ours.server != identity.server {
                return Err(ReplicaError::WrongServer {
                    ours: ours.server,
                    theirs: identity.server,
                });
            }
            // A server that was restored from before this installation's sign-in gives its key another name.
            let device = identity.device;
            if (Identity { device, ..ours }) != *identity {
                return Err(ReplicaError::AnotherPerson);
            }
        }
        principal::store_identity(&self.store, identity)?;
        *self.lock_identity() = Some(with_key(identity.clone()));
        Ok(())
    }

    /// The secret and the epoch that this installation signs in with, the same for the life of the replica; `fresh` is
    /// used when it has none yet.
    ///
    /// # Errors
    /// When the store does not write.
    pub fn device_secret(&self, fresh: [u8; 32]) -> Result<([u8; 32], u32), ReplicaError> {
        match self.identity() {
            Ok(identity) => Ok((identity.secret, identity.epoch)),
            Err(_) => Ok((principal::device_secret(&self.store, fresh)?, 0)),
        }
    }

    /// Who this replica belongs to.
    ///
    /// # Errors
    /// [`ReplicaError::NotEnrolled`] before [`Replica::enrol`].
    pub fn identity(&self) -> Result<Identity, ReplicaError> {
        self.lock_identity()
            .as_ref()
            .map(|(identity, _)| identity.clone())
            .ok_or(ReplicaError::NotEnrolled)
    }

    /// What this installation's actors derive from.
    ///
    /// # Errors
    /// [`ReplicaError::NotEnrolled`] before [`Replica::enrol`].
    pub fn installation(&self) -> Result<InstallationKey, ReplicaError> {
        self.lock_identity()
            .as_ref()
            .map(|(_, key)| *key)
            .ok_or(ReplicaError::NotEnrolled)
    }

    /// The person as the rules see them, from the identity and the last reference rows.
    ///
    /// # Errors
    /// [`ReplicaError::NotEnrolled`] before [`Replica::enrol`].
    pub fn principal(&self) -> Result<Principal, ReplicaError> {
        let identity = self.identity()?;
        let reference = self.reference.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(principal::principal(&identity, reference.as_ref()))
    }

    /// The organisation's rows as last received, `None` before the first sync.
    pub fn reference(&self) -> Option<Reference> {
        self.reference
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The rules of the house as last received, or the defaults.
    pub fn policy(&self) -> Policy {
        self.reference()
            .map(|reference| reference.policy)
            .unwrap_or_default()
    }

    /// The documents whose history does not read on this phone. The next exchanges fetch them again;
    /// one that still does not read then stays for support, and everything else goes on.
    ///
    /// # Errors
    /// When the store does not read.
    pub fn damaged(&self) -> Result<BTreeSet<DocumentId>, ReplicaError> {
        self.store.read(damaged::all)
    }

    /// Where this replica stands in the server's log; `None` before the first sync.
    ///
    /// # Errors
    /// When the store or the record does not read.
    pub fn cursor(&self) -> Result<Option<Cursor>, ReplicaError> {
        self.store.read(principal::cursor)
    }

    /// The number of the next request; no two have the same.
    pub(crate) fn next_number(&self) -> Result<u64, ReplicaError> {
        principal::next_number(&self.store)
    }

    /// The last contact with the server, `None` before the first.
    ///
    /// # Errors
    /// When the store or the record does not read.
    pub fn last_contact(&self) -> Result<Option<Contact>, ReplicaError> {
        self.store.read(contact::get)
    }

    /// Is the wall clock of this phone off, by the best measure there is? `None` when it is right or nothing can be said.
    ///
    /// # Errors
    /// When the store or the record of the last contact does not read.
    pub fn clock_off(&self, now: &Now) -> Result<Option<ClockOff>, ReplicaError> {
        self.store.read(|conn| clock::judge(conn, &self.first, now))
    }

    /// How much of this person's work is where.
    ///
    /// # Errors
    /// When the store does not read.
    pub fn totals(&self) -> Result<Totals, ReplicaError> {
        Ok(self.store.read(store::totals::totals)?)
    }

    /// What of this replica the server does not have.
    ///
    /// # Errors
    /// When the store does not read.
    pub fn unsent(&self) -> Result<Unsent, ReplicaError> {
        Ok(self.store.read(store::totals::unsent)?)
    }

    /// Tells subscribers of each commit, after it.
    pub fn live(&self) -> &Live {
        &self.live
    }

    /// The store, for queries.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// A document's current values through its index; `None` when it is not on this phone.
    ///
    /// # Errors
    /// When its history does not read.
    pub fn document(&self, id: DocumentId) -> Result<Option<DocumentIndex>, ReplicaError> {
        let index = self.store.read(|conn| documents::read(conn, id))?;
        Ok((!index.is_empty()).then_some(index))
    }

    /// Reads a document's current values through its index, from memory when it was used lately; `None` when it is not on
    /// this phone. The closure must not call the replica.
    ///
    /// # Errors
    /// When its history does not read, or what the closure answers.
    pub fn with_document<T>(
        &self,
        id: DocumentId,
        read: impl FnOnce(&DocumentIndex) -> Result<T, ReplicaError>,
    ) -> Result<Option<T>, ReplicaError> {
        let mut documents = self.lock_documents();
        let index = self
            .store
            .read(|conn| documents.index(conn, id).map(|index| &*index))?;
        if index.is_empty() {
            documents.evict(id);
            return Ok(None);
        }
        read(index).map(Some)
    }

    /// A document materialised by Automerge from its history; `None` when it is not on this phone.
    ///
    /// # Errors
    /// When its history does not read.
    pub fn materialise(&self, id: DocumentId) -> Result<Option<AutoCommit>, ReplicaError> {
        let changes = self.store.read(|conn| documents::changes(conn, id))?;
        if changes.is_empty() {
            return Ok(None);
        }
        Ok(Some(document::materialise(changes)?))
    }

    fn lock_identity(&self) -> MutexGuard<'_, Option<(Identity, InstallationKey)>> {
        self.identity.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock_documents(&self) -> MutexGuard<'_, Documents> {
        self.documents.lock().unwrap_or_else(|poisoned| {
            // A write panicked half-way: what is in memory may not be in the store.
            let mut documents = poisoned.into_inner();
            *documents = Documents::default();
            self.documents.clear_poison();
            documents
        })
    }

    fn set_reference(&self, reference: Reference) {
        *self.reference.lock().unwrap_or_else(PoisonError::into_inner) = Some(reference);
    }
}

/// The key costs a curve multiplication: it is derived once, not with every command.
fn with_key(identity: Identity) -> (Identity, InstallationKey) {
    let key = identity.installation();
    (identity, key)
}
