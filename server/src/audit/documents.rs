use std::collections::BTreeMap;

use automerge::{ActorId, ChangeHash};
use fieldbook_core::document::rebuild;
use fieldbook_core::document::view::owner;
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{DocumentId, InstallationKey, derive_actor};
use fieldbook_core::wire::operations::{Limits, OperationsError, Reader as SegmentReader};

use super::{Log, Office, PAGE};
use crate::exchange::seal;
use crate::store::{AuditedSegment, DocumentRow, KeptSection, Result};

/// What was sent when only a part of a section is stored: by upload and place.
type Parts = BTreeMap<(u64, u32), KeptSection>;

impl Office<'_> {
    /// Every document reads, its row says what follows from the log, and a part of a section is a part of what was signed.
    pub(super) fn documents(&mut self) -> Result<()> {
        let tenant = self.tenant.id;
        let parts = self.parts()?;
        for (document, row) in self.reader.audited_documents(tenant)? {
            let segments = self.reader.audited_segments(tenant, document)?;
            self.audit.documents += 1;
            let (first, last) = match (segments.first(), segments.last()) {
                (Some(first), Some(last)) => (first.sequence, last.sequence),
                _ => {
                    self.find(
                        Log::Documents,
                        row.last,
                        format!("document {document} has nothing in the log"),
                    );
                    continue;
                }
            };
            if (row.first, row.last) != (first, last) {
                let what = format!(
                    "document {document} has log rows {first} to {last}, and its row says {} to {}",
                    row.first, row.last
                );
                self.find(Log::Documents, last, what);
            }
            let moved = self.reader.last_move(tenant, document)?;
            if row.moved != moved {
                let what = format!(
                    "document {document} moved at {moved}, and its row says {}",
                    row.moved
                );
                self.find(Log::Documents, last, what);
            }
            match self.read(document, &segments, &parts) {
                Ok(index) => self.check_owner(document, &row, &index),
                Err(problem) => {
                    self.find(Log::Documents, last, format!("document {document}: {problem}"));
                    self.unread(document);
                }
            }
        }
        self.unmet();
        Ok(())
    }

    /// Sections of which only a part is stored.
    fn parts(&self) -> Result<Parts> {
        let (mut parts, mut last) = (Parts::new(), 0);
        loop {
            let uploads = self.reader.uploads(self.tenant.id, last, PAGE)?;
            let Some(end) = uploads.last() else {
                return Ok(parts);
            };
            last = end.number;
            for upload in uploads {
                let kept = (0..).zip(upload.sections);
                let kept = kept.filter(|(_, kept)| matches!(kept, KeptSection::Part { .. }));
                parts.extend(kept.map(|(place, kept)| ((upload.number, place), kept)));
            }
        }
    }

    fn check_owner(&mut self, document: DocumentId, row: &DocumentRow, index: &DocumentIndex) {
        let written = owner(row.kind, index);
        if written.is_some_and(|written| written != row.owner) {
            let what = format!(
                "document {document} says another owner than its row, {}",
                row.owner
            );
            self.find(Log::Documents, row.last, what);
        }
    }

    /// The document's index from its segments, or what does not read.
    fn read(
        &mut self,
        document: DocumentId,
        segments: &[AuditedSegment],
        parts: &Parts,
    ) -> std::result::Result<DocumentIndex, String> {
        let (server, tenant) = (self.server, self.tenant.id);
        let mut index = DocumentIndex::new();
        for row in segments {
            let sent = row
                .proof
                .and_then(|proof| parts.get(&(proof.upload, proof.place)));
            self.take(document, row, sent, &mut index)
                .map_err(|problem| format!("log row {} {problem}", row.sequence))?;
            let last = index.hash_of(&actor(document, row), row.base + u64::from(row.count));
            if last.is_none_or(|last| seal(server, tenant, document, &last) != row.seal) {
                return Err(format!(
                    "log row {} has a seal of another operation",
                    row.sequence
                ));
            }
        }
        Ok(index)
    }

    /// Takes a segment into the index; the operations of a part must be those that were sent, and those of the server what
    /// the ruling log says.
    fn take(
        &mut self,
        document: DocumentId,
        row: &AuditedSegment,
        sent: Option<&KeptSection>,
        index: &mut DocumentIndex,
    ) -> std::result::Result<(), String> {
        let unread = |error: OperationsError| format!("does not read: {error}");
        let actor = actor(document, row);
        let is_own = row.origin.public_key == self.server.public_key;
        let limits = Limits::default();
        let mut reader = SegmentReader::new(&row.operations, actor.clone(), row.base, row.count, &limits)
            .map_err(unread)?;
        let mut signed = match sent {
            Some(KeptSection::Part {
                base,
                count,
                operations,
            }) => Some(SegmentReader::new(operations, actor, *base, *count, &limits).map_err(unread)?),
            _ => None,
        };
        while let Some(change) = reader.next(index).map_err(unread)? {
            let sequence = change.seq;
            let signed_hash = match &mut signed {
                Some(signed) => Some(next_from(signed, sequence, index)?),
                None => None,
            };
            if is_own {
                self.meet((document, row), index, &change)
                    .map_err(|error| error.to_string())?;
            }
            index
                .admit(&change)
                .map_err(|refusal| format!("does not fit the document: {refusal}"))?;
            let hash = rebuild(change).1;
            if signed_hash.is_some_and(|signed| signed != hash) {
                return Err(format!(
                    "holds another operation {sequence} than the one that was signed"
                ));
            }
            index.seal(hash);
        }
        reader.finish().map_err(unread)
    }
}

fn actor(document: DocumentId, row: &AuditedSegment) -> ActorId {
    let installation = InstallationKey {
        public_key: row.origin.public_key,
        epoch: row.origin.epoch,
    };
    derive_actor(&installation, document, row.rebase)
}

/// The hash of the operation with this sequence in what was signed; those before it are stored already.
fn next_from(
    signed: &mut SegmentReader<'_>,
    sequence: u64,
    index: &DocumentIndex,
) -> std::result::Result<ChangeHash, String> {
    loop {
        match signed.next(index) {
            Ok(Some(change)) if change.seq == sequence => return Ok(rebuild(change).1),
            Ok(Some(change)) if change.seq < sequence => {}
            Ok(_) => return Err(format!("holds an operation {sequence} that was not signed")),
            Err(error) => return Err(format!("was made of a section that does not read: {error}")),
        }
    }
}
