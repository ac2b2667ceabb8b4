use std::collections::BTreeMap;

use fieldbook_core::model::{DeviceId, DocumentId, InstallationKey, Kind};
use fieldbook_core::trust::{self, SignedBy, SignedSection};
use fieldbook_core::wire::Origin;
use sha2::{Digest, Sha256};

use super::{Log, Office, PAGE};
use crate::store::{AuditedSegment, KeptSection, Result, UploadRow};

/// What the log holds of each upload: by number and place.
#[derive(Default)]
pub(super) struct Evidence(BTreeMap<u64, BTreeMap<u32, Piece>>);

/// A segment, as far as its upload's signature covers it.
struct Piece {
    sequence: u64,
    document: DocumentId,
    kind: Option<Kind>,
    device: Option<DeviceId>,
    origin: Origin,
    rebase: u32,
    base: u64,
    count: u32,
    operations: [u8; 32],
}

impl Evidence {
    pub(super) fn add(&mut self, row: &AuditedSegment) {
        let Some(proof) = row.proof else { return };
        let piece = Piece {
            sequence: row.sequence,
            document: row.document,
            kind: row.kind,
            device: row.device,
            origin: row.origin,
            rebase: row.rebase,
            base: row.base,
            count: row.count,
            operations: Sha256::digest(&row.operations).into(),
        };
        self.0.entry(proof.upload).or_default().insert(proof.place, piece);
    }
}

impl Piece {
    /// The digest of the section that the segment is, or that it is a part of.
    fn digest(&self, sender: &Origin, kept: &KeptSection) -> Option<[u8; 32]> {
        let (base, count, operations) = match kept {
            KeptSection::Whole => (self.base, self.count, self.operations),
            KeptSection::Part {
                base,
                count,
                operations,
            } => (*base, *count, Sha256::digest(operations.as_slice()).into()),
            KeptSection::Digest(_) => return None,
        };
        let section = SignedSection {
            document: self.document,
            kind: self.kind?,
            former: self.origin != *sender,
            rebase: self.rebase,
            base,
            count,
            operations,
        };
        Some(section.digest())
    }
}

impl Office<'_> {
    /// Every upload was signed by the installation that it names, and every segment belongs to one.
    pub(super) fn uploads(&mut self, mut evidence: Evidence) -> Result<()> {
        let (tenant, server) = (self.tenant.id, self.server.id);
        let mut last = 0;
        loop {
            let uploads = self.reader.uploads(tenant, last, PAGE)?;
            if uploads.is_empty() {
                break;
            }
            for upload in uploads {
                last = upload.number;
                let pieces = evidence.0.remove(&upload.number).unwrap_or_default();
                let by = SignedBy {
                    server,
                    tenant,
                    installation: InstallationKey {
                        public_key: upload.origin.public_key,
                        epoch: upload.origin.epoch,
                    },
                };
                self.upload(&upload, &by, &pieces)?;
                self.audit.signatures += 1;
            }
        }
        for (number, pieces) in evidence.0 {
            for piece in pieces.values() {
                let what = format!(
                    "of document {}: upload {number}, which would prove it, is missing",
                    piece.document
                );
                self.find(Log::Operations, piece.sequence, what);
            }
        }
        Ok(())
    }

    fn upload(&mut self, upload: &UploadRow, by: &SignedBy, pieces: &BTreeMap<u32, Piece>) -> Result<()> {
        let mut digests = Vec::with_capacity(upload.sections.len());
        for (place, kept) in (0..).zip(&upload.sections) {
            let digest = match kept {
                KeptSection::Digest(digest) => Some(**digest),
                kept => pieces
                    .get(&place)
                    .and_then(|piece| piece.digest(&upload.origin, kept)),
            };
            let Some(digest) = digest else {
                let what = format!("section {place} is said to be a segment, and there is none");
                self.find(Log::Uploads, upload.number, what);
                return Ok(());
            };
            digests.push(digest);
        }
        for (place, piece) in pieces {
            let is_claimed = usize::try_from(*place)
                .ok()
                .and_then(|place| upload.sections.get(place))
                .is_some_and(|kept| !matches!(kept, KeptSection::Digest(_)));
            if !is_claimed {
                let what = format!(
                    "of document {}: section {place} of upload {}, and that section is not a segment",
                    piece.document, upload.number
                );
                self.find(Log::Operations, piece.sequence, what);
            }
            self.sender(upload, piece)?;
        }
        let message = by.message(&upload.head, &digests);
        if !trust::is_signed(&upload.origin.public_key, &message, &upload.signature) {
            let rows: Vec<String> = pieces.values().map(|piece| piece.sequence.to_string()).collect();
            let what = format!(
                "the signature is not over what is stored: log rows {} or this row were changed",
                rows.join(", ")
            );
            self.find(Log::Uploads, upload.number, what);
        }
        Ok(())
    }

    /// The segment is by the installation that signed the upload, or by the one that it was copied from.
    fn sender(&mut self, upload: &UploadRow, piece: &Piece) -> Result<()> {
        let device = self.reader.device_with_key(&upload.origin.public_key)?;
        let is_device = device
            .as_ref()
            .is_some_and(|device| Some(device.id) == piece.device && device.tenant == self.tenant.id);
        let is_writer = if piece.origin == upload.origin {
            true
        } else {
            let former = device.and_then(|device| device.copied_from);
            let former = former
                .map(|former| self.reader.device(self.tenant.id, former))
                .transpose()?;
            former
                .flatten()
                .is_some_and(|former| former.public_key == piece.origin.public_key)
        };
        if !is_device || !is_writer {
            let what = format!(
                "of document {}: upload {} was signed by another phone than the one that it names",
                piece.document, upload.number
            );
            self.find(Log::Operations, piece.sequence, what);
        }
        Ok(())
    }
}
