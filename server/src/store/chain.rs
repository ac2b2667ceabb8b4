//! The hash chains of the two logs: every row's hash covers the row and the hash before, so that a row which is edited,
//! left out or put elsewhere no longer fits.

use fieldbook_core::model::{DeviceId, DocumentId, Kind};
use sha2::{Digest, Sha256};

use super::NewSegment;

/// The next link of the log of operations.
pub(crate) fn log_link(
    before: &[u8; 32],
    sequence: u64,
    (document, kind): (DocumentId, Kind),
    segment: &NewSegment<'_>,
) -> [u8; 32] {
    let mut hash = Sha256::new_with_prefix(before);
    hash.update(sequence.to_be_bytes());
    hash.update(document.as_bytes());
    hash.update([kind.number()]);
    hash.update(segment.device.as_ref().map_or(&[0; 16], DeviceId::as_bytes));
    hash.update(segment.origin.public_key);
    hash.update(segment.origin.epoch.to_be_bytes());
    hash.update(segment.rebase.to_be_bytes());
    hash.update(segment.base.to_be_bytes());
    hash.update(segment.count.to_be_bytes());
    hash.update(segment.received_ms.to_be_bytes());
    // Numbers of requests begin with 1.
    let (upload, place) = segment.proof.map_or((0, 0), |proof| (proof.upload, proof.place));
    hash.update(upload.to_be_bytes());
    hash.update(place.to_be_bytes());
    hash.update(segment.seal.0);
    hash.update(Sha256::digest(segment.operations));
    hash.finalize().into()
}

/// The next link of the log of rulings.
pub(crate) fn ruling_link(
    before: &[u8; 32],
    number: u64,
    document: DocumentId,
    at_ms: u64,
    json: &str,
) -> [u8; 32] {
    let mut hash = Sha256::new_with_prefix(before);
    hash.update(number.to_be_bytes());
    hash.update(document.as_bytes());
    hash.update(at_ms.to_be_bytes());
    hash.update(json);
    hash.finalize().into()
}
