use fieldbook_core::replica::{ReplicaError, StoreError};

/// What an app acts on. The text names what happened and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum FieldbookError {
    /// A rule or the document forbids it; show the reason, nothing was written.
    #[error("{reason}")]
    Refused {
        /// Why, and what to do.
        reason: String,
    },
    /// The file is damaged or not a replica; set it aside, never delete it: it may hold unsent work.
    #[error("{reason}")]
    Unreadable {
        /// Which file, and what to do.
        reason: String,
    },
    /// One document or record does not read; the others do. Export it and ask the operator.
    #[error("{reason}")]
    Document {
        /// Which, and what to do.
        reason: String,
    },
    /// Another server, another person's replica, or an answer of another version: nothing in the replica is wrong.
    #[error("{reason}")]
    Server {
        /// What to check.
        reason: String,
    },
    /// The file was written by a newer version of the app; ask for an update.
    #[error("{reason}")]
    NewerVersion {
        /// Which versions.
        reason: String,
    },
    /// The device could not store it: a full disk, say. Nothing was written; try again.
    #[error("{reason}")]
    Storage {
        /// What the system said.
        reason: String,
    },
    /// Nobody signed in on this replica yet.
    #[error("{reason}")]
    NotEnrolled {
        /// What to do.
        reason: String,
    },
}

impl From<ReplicaError> for FieldbookError {
    fn from(error: ReplicaError) -> Self {
        let reason = error.to_string();
        match error {
            ReplicaError::Refused(_) | ReplicaError::Command(_) | ReplicaError::Unknown(_) => {
                Self::Refused { reason }
            }
            ReplicaError::Store(error) => error.into(),
            ReplicaError::NotParked(_) | ReplicaError::Incomplete(_) => Self::Refused { reason },
            ReplicaError::NotEnrolled => Self::NotEnrolled { reason },
            ReplicaError::Damaged { .. } | ReplicaError::Record { .. } => Self::Document { reason },
            ReplicaError::WrongServer { .. } | ReplicaError::AnotherPerson | ReplicaError::Answer(_) => {
                Self::Server { reason }
            }
        }
    }
}

impl From<StoreError> for FieldbookError {
    fn from(error: StoreError) -> Self {
        let reason = error.to_string();
        match error {
            StoreError::NotAReplica { .. } | StoreError::Corrupt { .. } => Self::Unreadable { reason },
            StoreError::NewerVersion { .. } => Self::NewerVersion { reason },
            _ => Self::Storage { reason },
        }
    }
}
