use std::sync::Arc;

use fieldbook_core::replica::Now;
use fieldbook_core::replica::sync::{Next, Ready};
use fieldbook_core::wire::{ANSWER_LEVEL, MAX_INFLATED, Request, deflate, inflate};
use fieldbook_server::clock::{Clock, SystemClock, unix_ms};
use fieldbook_server::exchange::{IndexCache, exchange};
use fieldbook_server::identity::authenticate;
use fieldbook_server::store::{SqliteStore, Store};

use super::Outcome;
use super::town::Phone;

/// The server's side of an exchange without HTTP, to fill a store before anything is measured.
#[derive(Debug)]
pub struct Desk {
    store: SqliteStore,
    cache: Arc<IndexCache>,
}

impl Desk {
    /// A desk over a store.
    pub fn new(store: SqliteStore) -> Self {
        Self {
            store,
            cache: Arc::default(),
        }
    }

    /// Takes a request's body and returns the answer's.
    ///
    /// # Errors
    /// When the server would refuse the request as a whole.
    pub fn take(&self, access_token: &str, body: &[u8]) -> Outcome<Vec<u8>> {
        let now = SystemClock.now();
        let signed_in = self
            .store
            .read(|reader| Ok(authenticate(reader, access_token, unix_ms(now))))??;
        let request: Request = minicbor::decode(&inflate(body, MAX_INFLATED)?)?;
        let answer = exchange(&self.store, &self.cache, &signed_in.caller, request, now)?;
        Ok(deflate(&minicbor::to_vec(&answer)?, ANSWER_LEVEL))
    }

    /// Brings a phone and the server to the same; returns how many exchanges that took.
    ///
    /// # Errors
    /// When either refuses the other.
    pub fn sync(&self, phone: &Phone, now: &Now, rng: &mut impl rand::Rng) -> Outcome<u32> {
        let mut ready = Ready::default();
        let mut exchanges = 0;
        loop {
            let (in_flight, outgoing) = ready.begin(&phone.replica)?;
            let answer = self.take(&phone.access_token, &outgoing.body)?;
            exchanges += 1;
            match in_flight
                .answered(&phone.replica, &answer, now, rng)
                .map_err(|(_, error)| error)?
            {
                Next::Again(next, _) => ready = next,
                Next::Done(..) | Next::Later(..) => return Ok(exchanges),
            }
        }
    }
}
