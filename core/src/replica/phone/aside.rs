use std::sync::Weak;

use uuid::Uuid;

use super::card::{self, Card};
use super::{Aside, Phone, PhoneError, unsent, vault};
use crate::replica::recover::Recovered;
use crate::replica::store::salvage;
use crate::replica::{Options, Replica, ReplicaError};

impl Phone {
    /// Begins anew beside a damaged replica, see [`Replica::recover`]: what still reads of the person's unsent work waits
    /// under "needs attention". It must not be open.
    ///
    /// # Errors
    /// When there is no such account, its replica is open, or the file cannot be moved.
    pub fn recover(&self, id: Uuid) -> Result<Recovered, PhoneError> {
        let mut card = card::get(&self.folder, id)?;
        let path = card.replica(&self.folder);
        if self.lock_open().get(&id).and_then(Weak::upgrade).is_some() {
            let open = std::io::Error::from(std::io::ErrorKind::ResourceBusy);
            return Err(PhoneError::file("move aside", &path, open));
        }
        let options = Options {
            key: vault::key_of(self.vault.as_deref(), &card)?,
            ..Options::default()
        };
        let (_, recovered) = Replica::recover(&path, options, self.edge.now().unix_ms())?;
        card.signed_in &= recovered.signed_in;
        card.put(&self.folder)?;
        Ok(recovered)
    }

    /// A replica whose key is gone: moved, named and never deleted, should the key turn up again.
    pub(super) fn set_lost_aside(&self, card: Card) -> Result<PhoneError, PhoneError> {
        let at_ms = self.edge.now().unix_ms();
        let suffix = format!("locked-{at_ms}");
        let path = salvage::move_aside(&card.replica(&self.folder), &suffix).map_err(ReplicaError::from)?;
        let name = card.holder.as_ref().map(|holder| holder.name.clone());
        let unsent = unsent::noted(&self.folder, card.id);
        let aside = self.put_aside(card, &path, at_ms)?;
        Ok(PhoneError::KeyLost {
            name: name.unwrap_or_default(),
            aside,
            unsent,
        })
    }

    fn put_aside(&self, mut card: Card, path: &std::path::Path, at_ms: u64) -> Result<Aside, PhoneError> {
        let aside = Aside {
            path: path.to_owned(),
            at_ms,
        };
        card.aside = Some(aside.clone());
        card.signed_in = false;
        card.put(&self.folder)?;
        Ok(aside)
    }
}
