use minicbor::bytes::ByteArray;
use minicbor::{Encode, encode};
use sha2::{Digest, Sha256};

use super::signature;
use crate::model::{DocumentId, InstallationKey, Kind, ServerId, TenantId};
use crate::wire::{Cursor, Request, Section, Testimony};

const REQUEST: &[u8] = b"fieldbook request v1";
const SECTION: &[u8] = b"fieldbook section v1";

/// Between whom a request is exchanged: what its signature covers besides the request itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedBy {
    /// The server that it is meant for.
    pub server: ServerId,
    /// The organisation.
    pub tenant: TenantId,
    /// The installation that sends it.
    pub installation: InstallationKey,
}

/// Everything of a request but its operations, as its signature covers it.
#[derive(Encode)]
struct Head<'a> {
    #[n(0)]
    protocol: u32,
    #[n(1)]
    schema: u32,
    #[n(2)]
    cursor: Option<&'a Cursor>,
    #[n(3)]
    reference: u64,
    #[n(4)]
    budget: u32,
    #[n(5)]
    waiting: u32,
    #[n(6)]
    number: u64,
    #[n(7)]
    ruling: Option<u64>,
    #[n(8)]
    checks: Vec<ByteArray<4>>,
    #[n(9)]
    testimony: Option<&'a [Testimony]>,
}

/// What a signature covers of one section: all but its `check`. It stays in a stored segment, so the segment can be
/// held against the signature later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedSection {
    /// The document.
    pub document: DocumentId,
    /// Its kind.
    pub kind: Kind,
    /// The installation that the sender was copied from wrote it.
    pub former: bool,
    /// The rebase count of the actor.
    pub rebase: u32,
    /// How many operations of the actor came before.
    pub base: u64,
    /// How many operations it holds.
    pub count: u32,
    /// SHA-256 of the operations as they were sent.
    pub operations: [u8; 32],
}

impl SignedSection {
    /// The digest that goes into the signed text.
    pub fn digest(&self) -> [u8; 32] {
        let mut hash = Sha256::new_with_prefix(SECTION);
        hash.update(self.document.as_bytes());
        hash.update([self.kind.number()]);
        hash.update([u8::from(self.former)]);
        hash.update(self.rebase.to_be_bytes());
        hash.update(self.base.to_be_bytes());
        hash.update(self.count.to_be_bytes());
        hash.update(self.operations);
        hash.finalize().into()
    }
}

/// The digest of a section that is being sent.
pub fn section_digest(section: &Section) -> [u8; 32] {
    let signed = SignedSection {
        document: section.document,
        kind: section.kind,
        former: section.former,
        rebase: section.rebase,
        base: section.base,
        count: section.count,
        operations: Sha256::digest(section.operations.as_slice()).into(),
    };
    signed.digest()
}

impl SignedBy {
    /// The text under a request with this head and these sections.
    pub fn message<'a>(&self, head: &[u8; 32], sections: impl IntoIterator<Item = &'a [u8; 32]>) -> Vec<u8> {
        let mut all = Sha256::new();
        for digest in sections {
            all.update(digest);
        }
        let mut message = Vec::with_capacity(REQUEST.len() + 132);
        message.extend_from_slice(REQUEST);
        message.extend_from_slice(self.server.as_bytes());
        message.extend_from_slice(self.tenant.as_bytes());
        message.extend_from_slice(&self.installation.public_key);
        message.extend_from_slice(&self.installation.epoch.to_be_bytes());
        message.extend_from_slice(head);
        message.extend_from_slice(&all.finalize());
        message
    }
}

impl Request {
    /// The digest of everything in it but the operations and the signature.
    ///
    /// # Errors
    /// Only when memory is short.
    pub fn head_digest(&self) -> Result<[u8; 32], encode::Error<std::convert::Infallible>> {
        let head = Head {
            protocol: self.protocol,
            schema: self.schema,
            cursor: self.cursor.as_ref(),
            reference: self.reference,
            budget: self.budget,
            waiting: self.waiting,
            number: self.number,
            ruling: self.ruling,
            checks: self.upload.iter().map(|section| section.check.into()).collect(),
            testimony: self.testimony.as_deref(),
        };
        Ok(Sha256::digest(minicbor::to_vec(&head)?).into())
    }

    /// Signs it with the installation's secret seed.
    ///
    /// # Errors
    /// Only when memory is short.
    pub fn sign(
        &mut self,
        by: &SignedBy,
        secret: &[u8; 32],
    ) -> Result<(), encode::Error<std::convert::Infallible>> {
        let digests: Vec<[u8; 32]> = self.upload.iter().map(section_digest).collect();
        let message = by.message(&self.head_digest()?, &digests);
        self.signature = Some(signature::sign(secret, &message).into());
        Ok(())
    }

    /// Was it signed by this installation for this server? One that is not signed was not.
    pub fn is_signed(&self, by: &SignedBy) -> bool {
        let (Some(signature), Ok(head)) = (&self.signature, self.head_digest()) else {
            return false;
        };
        let digests: Vec<[u8; 32]> = self.upload.iter().map(section_digest).collect();
        signature::is_signed(
            &by.installation.public_key,
            &by.message(&head, &digests),
            signature,
        )
    }
}
