use fieldbook_core::model::TenantId;
use fieldbook_core::wire::Origin;
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};

use super::Result;

/// Which request brought a segment, and which of its sections it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The request's number among those of the organisation that brought something.
    pub upload: u64,
    /// The section's place in it, from 0.
    pub place: u32,
}

/// What is kept of one section of a request, so that its digest can be computed again.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum KeptSection {
    /// It is a segment, as it was sent.
    #[n(0)]
    Whole,
    /// Nothing of it is stored under this request; its digest.
    #[n(1)]
    Digest(#[n(0)] ByteArray<32>),
    /// A part of it is a segment; this is what was sent.
    #[n(2)]
    Part {
        /// How many operations of the actor came before.
        #[n(0)]
        base: u64,
        /// How many it held.
        #[n(1)]
        count: u32,
        /// The operations as they were sent.
        #[n(2)]
        operations: ByteVec,
    },
}

/// What proves who wrote some segments: a signed request without what the segments hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadRow {
    /// Its number in the organisation, from 1.
    pub number: u64,
    /// Who sent and signed it.
    pub origin: Origin,
    /// The digest of everything in it but the operations.
    pub head: [u8; 32],
    /// Its sections, in order.
    pub sections: Vec<KeptSection>,
    /// The signature.
    pub signature: [u8; 64],
}

/// Reading what proves who wrote what.
pub trait ProofReader {
    /// The number of the next request that brings something.
    fn next_upload(&self, tenant: TenantId) -> Result<u64>;
    /// The requests after number `after`, at most `limit`.
    fn uploads(&self, tenant: TenantId, after: u64, limit: usize) -> Result<Vec<UploadRow>>;
    /// How many operations of an installation are stored.
    fn stored(&self, origin: &Origin) -> Result<u64>;
}

/// Writing what proves who wrote what.
pub trait ProofWriter {
    /// Keeps a request's proof; its number is the next one.
    fn add_upload(&mut self, tenant: TenantId, upload: &UploadRow) -> Result<()>;
}
