use std::io;

use fieldbook_core::document::CommandError;
use fieldbook_core::document::view::ViewError;
use fieldbook_core::model::MoneyError;
use fieldbook_core::replica::sync::{DriverError, TransportError};
use fieldbook_core::replica::{ReplicaError, StoreError as ReplicaStoreError};

use crate::http::ServeError;
use crate::organisation::{ImportError, OrganisationError};
use crate::store::StoreError;

/// Why the day was not played to its end.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The temporary folder or a loopback connection.
    #[error("this machine did not let the demo work: {0}")]
    Machine(#[from] io::Error),
    /// The machine's randomness.
    #[error("this machine gave no randomness: {0}")]
    Randomness(#[from] getrandom::Error),
    /// The server's store.
    #[error("the server's store: {0}")]
    Store(#[from] StoreError),
    /// The organisation.
    #[error("the organisation: {0}")]
    Organisation(#[from] OrganisationError),
    /// The customers.
    #[error("the customers: {0}")]
    Import(#[from] ImportError),
    /// The server.
    #[error("the server: {0}")]
    Serve(#[from] ServeError),
    /// A phone.
    #[error("a phone: {0}")]
    Replica(Box<ReplicaError>),
    /// A document does not read.
    #[error("a document: {0}")]
    View(#[from] ViewError),
    /// A document does not come together.
    #[error("a document: {0}")]
    Document(#[from] CommandError),
    /// A phone's connection failed where the story had none broken.
    #[error("a connection: {0}")]
    Driver(Box<DriverError>),
    /// An amount is none.
    #[error("an amount: {0}")]
    Money(#[from] MoneyError),
    /// The story did not go as written.
    #[error("the story went another way: {0}")]
    Story(String),
}

impl From<ReplicaError> for DemoError {
    fn from(error: ReplicaError) -> Self {
        Self::Replica(Box::new(error))
    }
}

impl From<DriverError> for DemoError {
    fn from(error: DriverError) -> Self {
        Self::Driver(Box::new(error))
    }
}

impl From<TransportError> for DemoError {
    fn from(error: TransportError) -> Self {
        Self::from(DriverError::from(error))
    }
}

impl From<ReplicaStoreError> for DemoError {
    fn from(error: ReplicaStoreError) -> Self {
        Self::from(ReplicaError::from(error))
    }
}
