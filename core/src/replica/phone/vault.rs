use uuid::Uuid;

use super::PhoneError;
use super::card::Card;
use crate::replica::StoreKey;

/// The platform's safe place for keys: Android Keystore, Apple's Keychain.
pub trait KeyStore: Send + Sync {
    /// The secret of that name; `None` when there is none, for ever. One that is only locked now is an error.
    ///
    /// # Errors
    /// When the key store does not answer at the moment.
    fn load(&self, name: &str) -> Result<Option<Vec<u8>>, KeyStoreError>;

    /// Keeps a secret under a name, on this device alone: never in a backup.
    ///
    /// # Errors
    /// When the key store does not answer at the moment.
    fn store(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError>;
}

/// The key store does not answer at the moment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the key store does not answer: {0}; unlock the phone and try again")]
pub struct KeyStoreError(pub String);

/// The key of a card's replica, `None` for one that is not encrypted.
pub(super) fn key_of(vault: Option<&dyn KeyStore>, card: &Card) -> Result<Option<StoreKey>, PhoneError> {
    let Some(check) = &card.key_check else {
        return Ok(None);
    };
    let kept = match vault {
        Some(vault) => vault.load(&name(card.id))?,
        None => return Err(KeyStoreError("this app was started without one".to_owned()).into()),
    };
    let key = kept
        .and_then(|bytes| StoreKey::from_slice(&bytes))
        .filter(|key| key.check() == *check);
    key.map(Some).ok_or(PhoneError::KeyGone)
}

/// Keeps the key of a new replica.
pub(super) fn keep(vault: &dyn KeyStore, id: Uuid, key: &StoreKey) -> Result<(), PhoneError> {
    vault.store(&name(id), key.bytes())?;
    match vault.load(&name(id))? {
        // What cannot be read back now could not be later.
        Some(kept) if kept == key.bytes() => Ok(()),
        _ => Err(KeyStoreError("it did not keep what was stored".to_owned()).into()),
    }
}

fn name(id: Uuid) -> String {
    format!("fieldbook.replica.{id}")
}
