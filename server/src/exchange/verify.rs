use fieldbook_core::trust::{self, SignedBy, section_digest};
use fieldbook_core::wire::{PROTOCOL_VERSION, Request, SCHEMA_VERSION, Section, Testimony};

use super::{Caller, MAX_BASE, MAX_OPERATIONS, MAX_SECTIONS, Refused, verdicts};
use crate::store::ServerRow;

/// A request that the caller's installation signed for this server, with what proves it.
#[derive(Debug)]
pub struct Verified {
    pub(super) request: Request,
    pub(super) signature: Signature,
}

/// What is kept of a request, so that its signature can be checked again later.
#[derive(Clone, Debug)]
pub(super) struct Signature {
    /// The digest of everything but the operations.
    pub(super) head: [u8; 32],
    /// The digest of each section.
    pub(super) sections: Vec<[u8; 32]>,
    /// The signature over both.
    pub(super) bytes: [u8; 64],
}

impl Verified {
    /// The request.
    pub fn request(&self) -> &Request {
        &self.request
    }
}

/// Checks that a request is one of ours, small enough, for this server, and signed by the caller's installation; none of
/// its operations is looked at before.
///
/// # Errors
/// [`Refused`], with what is wrong.
pub fn verify(server: &ServerRow, caller: &Caller, request: Request) -> Result<Verified, Refused> {
    if request.protocol != PROTOCOL_VERSION {
        return Err(Refused::Protocol {
            got: request.protocol,
            known: PROTOCOL_VERSION,
        });
    }
    if request.schema == 0 || request.schema > SCHEMA_VERSION {
        return Err(Refused::Schema {
            got: request.schema,
            known: SCHEMA_VERSION,
        });
    }
    check_size(&request.upload, request.testimony.as_deref().unwrap_or_default())?;
    if let Some(cursor) = request
        .cursor
        .as_ref()
        .filter(|cursor| cursor.server != server.id)
    {
        return Err(Refused::WrongServer {
            phone: cursor.server,
            ours: server.id,
        });
    }
    let bytes = *request.signature.ok_or(Refused::Unsigned)?;
    let by = SignedBy {
        server: server.id,
        tenant: caller.principal.tenant,
        installation: caller.installation,
    };
    let head = request.head_digest().map_err(|_| Refused::WrongSignature)?;
    let sections: Vec<[u8; 32]> = request.upload.iter().map(section_digest).collect();
    let message = by.message(&head, &sections);
    if !trust::is_signed(&caller.installation.public_key, &message, &bytes) {
        return Err(Refused::WrongSignature);
    }
    let signature = Signature {
        head,
        sections,
        bytes,
    };
    Ok(Verified { request, signature })
}

/// Is the upload small enough to be answered operation by operation?
fn check_size(upload: &[Section], testimony: &[Testimony]) -> Result<(), Refused> {
    let too_many = |what, count, limit| Err(Refused::TooMany { what, count, limit });
    let sections = upload.len() + testimony.len();
    if sections > MAX_SECTIONS {
        return too_many("sections", sections as u64, MAX_SECTIONS as u64);
    }
    let uploaded = upload.iter().map(|section| section.base);
    let bases = uploaded.chain(testimony.iter().map(|piece| piece.base));
    if let Some(base) = bases.max().filter(|base| *base > MAX_BASE) {
        return too_many("operations of one actor", base, MAX_BASE);
    }
    // One section that claims more than a section may have is refused for itself.
    let uploaded = upload.iter().map(|section| section.count);
    let counts = uploaded.chain(testimony.iter().map(|piece| piece.count));
    let counts = counts.map(|count| u64::from(count.min(verdicts::MAX_COUNT)));
    match counts.sum() {
        operations if operations > MAX_OPERATIONS => too_many("operations", operations, MAX_OPERATIONS),
        _ => Ok(()),
    }
}
