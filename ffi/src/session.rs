use std::sync::Arc;

use fieldbook_core::replica::ReplicaError;

use crate::shared::Shared;
use crate::{
    Account, Activities, Approvals, Customers, FieldbookError, Live, Parked, People, Sync, Unsent, Visits,
};

/// One person's work on this phone. The groups share it: when the last of them goes, syncing ends.
#[derive(Debug, uniffi::Object)]
pub struct Session(Arc<Shared>);

#[uniffi::export]
impl Session {
    /// Whose it is.
    pub fn account(&self) -> Result<Account, FieldbookError> {
        Ok(self.0.phone.account_of(&self.0.opened)?.into())
    }

    /// What the server does not have.
    pub fn unsent(&self) -> Result<Unsent, FieldbookError> {
        Ok(self.0.replica().unsent()?.into())
    }

    /// Visits.
    pub fn visits(&self) -> Arc<Visits> {
        Arc::new(Visits(Arc::clone(&self.0)))
    }

    /// Customers.
    pub fn customers(&self) -> Arc<Customers> {
        Arc::new(Customers(Arc::clone(&self.0)))
    }

    /// The daily log.
    pub fn activities(&self) -> Arc<Activities> {
        Arc::new(Activities(Arc::clone(&self.0)))
    }

    /// Requests and decisions.
    pub fn approvals(&self) -> Arc<Approvals> {
        Arc::new(Approvals(Arc::clone(&self.0)))
    }

    /// What was not accepted.
    pub fn parked(&self) -> Arc<Parked> {
        Arc::new(Parked(Arc::clone(&self.0)))
    }

    /// People, units and the rules of the house.
    pub fn people(&self) -> Arc<People> {
        Arc::new(People(Arc::clone(&self.0)))
    }

    /// Syncing.
    pub fn sync(&self) -> Arc<Sync> {
        Arc::new(Sync(Arc::clone(&self.0)))
    }

    /// What changed, as it changes.
    pub fn live(&self) -> Arc<Live> {
        Arc::new(Live(Arc::clone(&self.0)))
    }

    /// How many bytes the records take on this phone.
    pub fn storage_bytes(&self) -> Result<u64, FieldbookError> {
        Ok(self.0.replica().store().bytes().map_err(ReplicaError::from)?)
    }

    /// What support needs to help, as JSON: how much is where, what was not accepted with the person's own words, which
    /// records do not read. No secret, and nothing of other people's records.
    pub fn support_report(&self) -> Result<String, FieldbookError> {
        Ok(self.0.replica().support_report(&self.0.now()?)?.to_string())
    }

    /// Signs the person out. What they wrote stays and goes out when they sign in again.
    pub fn sign_out(&self) -> Result<(), FieldbookError> {
        self.0.run(None);
        Ok(self.0.phone.sign_out(&self.0.opened)?)
    }
}

impl Session {
    pub(crate) fn new(shared: Shared) -> Arc<Self> {
        Arc::new(Self(Arc::new(shared)))
    }
}
