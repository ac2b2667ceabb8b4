use super::transport::Tokens;
use crate::replica::store::settings;
use crate::replica::{Replica, ReplicaError};

const TOKENS: &str = "tokens";

pub(super) fn get(replica: &Replica) -> Result<Tokens, ReplicaError> {
    let bytes = replica
        .store()
        .read(|conn| settings::get(conn, TOKENS))?
        .ok_or(ReplicaError::NotEnrolled)?;
    serde_json::from_slice(&bytes).map_err(|error| ReplicaError::Record {
        what: "the tokens",
        detail: error.to_string(),
    })
}

pub(super) fn put(replica: &Replica, tokens: &Tokens) -> Result<(), ReplicaError> {
    let bytes = serde_json::to_vec(tokens).map_err(|error| ReplicaError::Record {
        what: "the tokens",
        detail: error.to_string(),
    })?;
    replica.store().write(|tx| settings::put(tx, TOKENS, &bytes))?;
    Ok(())
}

/// The installation signs out: what it wrote stays, and so does its key.
pub(in crate::replica) fn forget(replica: &Replica) -> Result<(), ReplicaError> {
    replica.store().write(|tx| settings::remove(tx, TOKENS))?;
    Ok(())
}
