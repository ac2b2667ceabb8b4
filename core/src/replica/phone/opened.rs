use std::path::Path;
use std::sync::Arc;

use uuid::Uuid;

use super::card::Card;
use super::{PhoneError, unsent};
use crate::replica::sync::{Driver, DriverError, Edge, HttpTransport};
use crate::replica::{Replica, Subscription};

/// A person's replica, open, with the driver that syncs it.
#[derive(Debug)]
pub struct Opened {
    id: Uuid,
    replica: Arc<Replica>,
    driver: Arc<Driver>,
    _noting: Option<Subscription>,
}

impl Opened {
    pub(super) fn new(
        folder: &Path,
        card: &Card,
        replica: Replica,
        edge: &Arc<dyn Edge>,
    ) -> Result<Self, PhoneError> {
        let replica = Arc::new(replica);
        let transport = HttpTransport::new(&card.server).map_err(DriverError::from)?;
        let driver = Driver::new(Arc::clone(&replica), transport, Arc::clone(edge));
        // A plain file can be salvaged; of an encrypted one without its key the note is all there is.
        let noting = card
            .key_check
            .as_ref()
            .map(|_| unsent::follow(folder, card.id, &replica));
        Ok(Self {
            id: card.id,
            replica,
            driver: Arc::new(driver),
            _noting: noting,
        })
    }

    /// The number of its account.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// The replica.
    pub fn replica(&self) -> &Arc<Replica> {
        &self.replica
    }

    /// What syncs it.
    pub fn driver(&self) -> &Arc<Driver> {
        &self.driver
    }
}
