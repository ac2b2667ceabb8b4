use fieldbook_core::model::ServerId;

use crate::store::StoreError;

/// Why a request as a whole is not answered. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Another version of the envelope.
    #[error("protocol version {got} is not spoken here; this server speaks {known}")]
    Protocol {
        /// The sender's.
        got: u32,
        /// Ours.
        known: u32,
    },
    /// A schema version that this server does not know.
    #[error("schema version {got} is not known here; this server knows versions 1 to {known}")]
    Schema {
        /// The sender's.
        got: u32,
        /// The newest we know.
        known: u32,
    },
    /// The phone belongs to another server.
    #[error("this phone's cursor is of server {phone}; this is server {ours}")]
    WrongServer {
        /// The server the phone knows.
        phone: ServerId,
        /// This one.
        ours: ServerId,
    },
    /// Nobody signed it.
    #[error("the request is not signed")]
    Unsigned,
    /// Somebody else signed it, for somewhere else, or it was changed on the way.
    #[error("the request's signature is not that of this phone's key over this request")]
    WrongSignature,
    /// More sections or operations than one request may have.
    #[error("{count} {what} in one request; at most {limit}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many came.
        count: u64,
        /// How many may.
        limit: u64,
    },
    /// The store did not answer; the phone tries again by itself.
    #[error(transparent)]
    Store(#[from] StoreError),
}
