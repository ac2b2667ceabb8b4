use std::sync::Arc;

use super::card::{self, Card, Holder};
use super::{Opened, Phone, PhoneError, link, tokens, unsent, vault};
use crate::model::uuid_v7;
use crate::replica::StoreKey;
use crate::replica::sync::{EdgeRng, Enrolment, SignedIn, blocking};

/// What a person signs in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// The server's address.
    pub server: String,
    /// The one-time code, as typed.
    pub code: String,
    /// What the person calls this phone.
    pub phone_name: String,
}

impl Phone {
    /// Signs a person in with a one-time code. Somebody who was signed in here before gets their own replica back, with
    /// everything unsent in it; somebody new gets a new one. Whoever was signed in is signed out.
    ///
    /// Only the server knows whose a code is. So the keys that this phone has for that server are offered one after the
    /// other; one that belongs to another person leaves the code unused.
    ///
    /// # Errors
    /// No network, a code that is not good, a key store that does not answer. Nobody is signed out then.
    pub async fn sign_in(self: &Arc<Self>, request: &SignIn) -> Result<Arc<Opened>, PhoneError> {
        let server = link::address(&request.server)?;
        let (phone, wanted) = (Arc::clone(self), server.clone());
        let known = blocking(move || phone.known_at(&wanted)).await??;
        for card in known {
            let (phone, of) = (Arc::clone(self), card.clone());
            let opened = match blocking(move || phone.replica_of(&of)).await? {
                Ok(opened) => opened,
                Err(error) => {
                    // It stays as it is; its person gets a fresh one, and the reason when it is opened.
                    tracing::warn!(%error, "a replica cannot be opened to sign in with it");
                    continue;
                }
            };
            match self.enrol(card, &opened, request).await {
                Err(error) if error.is_key_taken() => {}
                Err(error) => return Err(error),
                Ok(()) => return Ok(opened),
            }
        }
        let phone = Arc::clone(self);
        let (card, opened) = blocking(move || phone.fresh(server)).await??;
        self.enrol(card, &opened, request).await?;
        Ok(opened)
    }

    /// The cards of this server, the latest sign-in first and one that was never answered last.
    fn known_at(&self, server: &str) -> Result<Vec<Card>, PhoneError> {
        let mut cards = card::all(&self.folder)?;
        cards.retain(|card| card.server == server && card.aside.is_none());
        cards.sort_by_key(|card| card.holder.is_none());
        Ok(cards)
    }

    /// A replica for somebody new. Its card is written first: should the answer to the sign-in be lost, the same key
    /// asks again.
    fn fresh(&self, server: String) -> Result<(Card, Arc<Opened>), PhoneError> {
        let mut rng = EdgeRng(&*self.edge);
        let id = uuid_v7(self.edge.now().unix_ms(), &mut rng);
        let mut key_check = None;
        if let Some(vault) = &self.vault {
            let mut bytes = [0; 32];
            self.edge.random(&mut bytes);
            let key = StoreKey::new(bytes);
            vault::keep(&**vault, id, &key)?;
            key_check = Some(key.check());
        }
        let card = Card {
            id,
            server,
            holder: None,
            signed_in: false,
            since_ms: 0,
            key_check,
            aside: None,
        };
        card.put(&self.folder)?;
        let opened = self.replica_of(&card)?;
        Ok((card, opened))
    }

    async fn enrol(
        self: &Arc<Self>,
        card: Card,
        opened: &Arc<Opened>,
        request: &SignIn,
    ) -> Result<(), PhoneError> {
        let enrolment = Enrolment {
            code: request.code.clone(),
            name: request.phone_name.clone(),
        };
        let signed_in = opened.driver().enrol(&enrolment).await?;
        let phone = Arc::clone(self);
        blocking(move || phone.signed_in(card, signed_in)).await?
    }

    /// Writes down who is signed in now, and signs out who was.
    fn signed_in(&self, mut card: Card, signed_in: SignedIn) -> Result<(), PhoneError> {
        card.holder = Some(Holder {
            person: signed_in.identity.person,
            name: signed_in.person_name,
        });
        card.signed_in = true;
        card.since_ms = self.edge.now().unix_ms();
        card.put(&self.folder)?;
        let others = card::all(&self.folder)?.into_iter();
        for mut other in others.filter(|other| other.signed_in && other.id != card.id) {
            if let Ok(opened) = self.replica_of(&other) {
                unsent::note(&self.folder, other.id, &opened.replica().unsent()?)?;
                tokens::forget(opened.replica())?;
            }
            other.signed_in = false;
            other.put(&self.folder)?;
        }
        Ok(())
    }
}
