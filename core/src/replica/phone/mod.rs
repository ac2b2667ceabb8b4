//! The replicas of one phone. Each person who signs in has a file of their own, and a card beside it that says whose it
//! is without opening it.
//!
//! ```text
//! FOLDER/01a2….json     the card: server, person, signed in or not
//! FOLDER/01a2….db       the replica
//! FOLDER/01a2….unsent   how much of it the server has not, for the day the replica cannot be opened
//! ```
//!
//! One process opens a folder at a time. Nothing here deletes a replica: signing out keeps it, a damaged one and one
//! whose key is gone are set aside under another name.

mod aside;
mod card;
mod error;
mod link;
mod opened;
mod sign_in;
mod unsent;
mod vault;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use uuid::Uuid;

pub use card::Aside;
pub use error::PhoneError;
pub use link::EnrolmentLink;
pub use opened::Opened;
pub use sign_in::SignIn;
pub use vault::{KeyStore, KeyStoreError};

pub use super::store::totals::Unsent;
use super::sync::{Edge, tokens};
use super::{Handset, Options, Replica, ReplicaError, StoreKey};
use crate::model::PersonId;
use card::Card;

/// One person's replica on this phone, as its card says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its number, also the name of its files.
    pub id: Uuid,
    /// The address of its server.
    pub server: String,
    /// Whose it is.
    pub person: PersonId,
    /// Their name as the server said it.
    pub name: String,
    /// Is this the person who is signed in now?
    pub signed_in: bool,
    /// What of it the server does not have, as last noted.
    pub unsent: Unsent,
    /// Where the replica went when its key was gone; absent in ordinary life.
    pub aside: Option<Aside>,
}

/// All replicas of this phone.
pub struct Phone {
    folder: PathBuf,
    edge: Arc<dyn Edge>,
    vault: Option<Arc<dyn KeyStore>>,
    marker: Option<Vec<u8>>,
    open: Mutex<BTreeMap<Uuid, Weak<Opened>>>,
}

impl Phone {
    /// Looks after the replicas in `folder`, which is made when it is not there. With a `vault` new replicas are
    /// encrypted, each with a key of its own that the vault keeps.
    ///
    /// # Errors
    /// When the folder cannot be made, or a vault is given and this build cannot encrypt.
    pub fn open(
        folder: &Path,
        edge: Arc<dyn Edge>,
        vault: Option<Arc<dyn KeyStore>>,
    ) -> Result<Self, PhoneError> {
        if vault.is_some() && !super::CAN_ENCRYPT {
            return Err(ReplicaError::Store(super::StoreError::NoCipher).into());
        }
        std::fs::create_dir_all(folder).map_err(|error| PhoneError::file("make", folder, error))?;
        Ok(Self {
            folder: folder.to_owned(),
            edge,
            vault,
            marker: None,
            open: Mutex::default(),
        })
    }

    /// Tells replicas of this phone from copies of another one's by `marker`, see [`super::Handset`]. A copy takes a key of
    /// its own before it writes.
    pub fn marked(mut self, marker: Vec<u8>) -> Self {
        self.marker = Some(marker);
        self
    }

    /// Everybody who has records on this phone, the latest sign-in first.
    ///
    /// # Errors
    /// When the folder or a card does not read.
    pub fn accounts(&self) -> Result<Vec<Account>, PhoneError> {
        let cards = card::all(&self.folder)?;
        Ok(cards.into_iter().filter_map(|card| self.account(card)).collect())
    }

    /// Opens the replica of the person who is signed in; `None` when nobody is. While it is open, asking again answers
    /// the same one.
    ///
    /// # Errors
    /// [`PhoneError::KeyLost`] when its key is gone: it was set aside then and nobody is signed in any more. Any other
    /// error leaves everything as it is.
    pub fn resume(&self) -> Result<Option<Arc<Opened>>, PhoneError> {
        let cards = card::all(&self.folder)?;
        let Some(card) = cards.into_iter().find(|card| card.signed_in) else {
            return Ok(None);
        };
        match self.replica_of(&card) {
            Err(PhoneError::KeyGone) => Err(self.set_lost_aside(card)?),
            opened => opened.map(Some),
        }
    }

    /// Signs the person out. What they wrote stays in their replica and goes out when they sign in again.
    ///
    /// # Errors
    /// When the replica or the card does not write.
    pub fn sign_out(&self, opened: &Opened) -> Result<(), PhoneError> {
        let mut card = card::get(&self.folder, opened.id())?;
        unsent::note(&self.folder, opened.id(), &opened.replica().unsent()?)?;
        card.signed_in = false;
        card.put(&self.folder)?;
        Ok(tokens::forget(opened.replica())?)
    }

    /// The account of a replica that is open.
    ///
    /// # Errors
    /// When its card does not read.
    pub fn account_of(&self, opened: &Opened) -> Result<Account, PhoneError> {
        let card = card::get(&self.folder, opened.id())?;
        self.account(card)
            .ok_or(PhoneError::Replica(ReplicaError::NotEnrolled))
    }

    fn account(&self, card: Card) -> Option<Account> {
        let holder = card.holder?;
        let open = self.lock_open().get(&card.id).and_then(Weak::upgrade);
        let unsent = match open.and_then(|opened| opened.replica().unsent().ok()) {
            Some(unsent) => unsent,
            None => unsent::noted(&self.folder, card.id),
        };
        Some(Account {
            id: card.id,
            server: card.server,
            person: holder.person,
            name: holder.name,
            signed_in: card.signed_in,
            unsent,
            aside: card.aside,
        })
    }

    /// The replica of a card, opened once: two in one process would each trust what they hold in memory.
    fn replica_of(&self, card: &Card) -> Result<Arc<Opened>, PhoneError> {
        let mut open = self.lock_open();
        if let Some(opened) = open.get(&card.id).and_then(Weak::upgrade) {
            return Ok(opened);
        }
        let key = vault::key_of(self.vault.as_deref(), card)?;
        let replica = self.open_replica(&card.replica(&self.folder), key)?;
        let opened = Arc::new(Opened::new(&self.folder, card, replica, &self.edge)?);
        open.insert(card.id, Arc::downgrade(&opened));
        Ok(opened)
    }

    fn open_replica(&self, path: &Path, key: Option<StoreKey>) -> Result<Replica, ReplicaError> {
        let options = Options {
            key,
            ..Options::default()
        };
        let Some(marker) = &self.marker else {
            return Replica::open(path, options);
        };
        let mut fresh = [0; 32];
        self.edge.random(&mut fresh);
        let marker = marker.clone();
        Replica::open_on(path, options, &Handset { marker, fresh })
    }

    fn lock_open(&self) -> MutexGuard<'_, BTreeMap<Uuid, Weak<Opened>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Phone")
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}
