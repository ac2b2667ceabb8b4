use automerge::{Change, ExpandedChange};
use fieldbook_core::document::view::owner;
use fieldbook_core::gate::{DocumentIndex, Write};
use fieldbook_core::model::InstallationKey;
use fieldbook_core::rulings::is_asked;
use fieldbook_core::wire::operations::OperationsError;
use fieldbook_core::wire::{Origin, Seal, SectionVerdict, operations};

use super::Case;
use crate::exchange::admit::Admitted;
use crate::exchange::upload::Grown;
use crate::exchange::{seal, stored};
use crate::recovery::Hold;
use crate::rulings;
use crate::store::{NewSegment, Proof, StoreError, Writer};

impl Case<'_> {
    /// Appends the admitted operations, and the rulings that follow from them. Returns the last sequence.
    pub(super) fn store(
        &self,
        writer: &mut dyn Writer,
        index: &mut DocumentIndex,
        (operations, count, proof): (&[u8], u32, Proof),
        writes: &[Write],
    ) -> Result<u64, StoreError> {
        let (upload, section) = (self.upload, self.section);
        let (tenant, person) = (upload.caller.principal.tenant, upload.caller.principal.person);
        let owner = match &self.row {
            Some(row) => row.owner,
            None => owner(section.kind, index).unwrap_or(person),
        };
        let InstallationKey { public_key, epoch } = upload.writer(section);
        let segment = NewSegment {
            device: Some(upload.caller.device),
            origin: Origin { public_key, epoch },
            rebase: section.rebase,
            base: self.known,
            count,
            operations,
            received_ms: u64::try_from(upload.now.timestamp_millis()).unwrap_or(0),
            seal: self
                .seal(index, self.known + u64::from(count))
                .unwrap_or(Seal([0; 8])),
            proof: Some(proof),
        };
        let last = writer.append(tenant, section.document, section.kind, owner, &segment)?;
        upload.present.borrow_mut().insert(section.document);
        // Written in time, and out of sight since.
        if !stored::sees(&upload.caller.principal, owner, section.kind, index) {
            upload.unseen.borrow_mut().insert(section.document);
        }
        if !is_asked(section.kind, writes) {
            return Ok(last);
        }
        if upload.hold != Hold::Over {
            writer.hold(tenant, section.document)?;
            return Ok(last);
        }
        let case = rulings::Case {
            tenant,
            document: section.document,
            kind: section.kind,
            owner,
        };
        let ruled = rulings::rule(writer, case, index, &upload.office, upload.now)?;
        Ok(ruled.unwrap_or(last))
    }

    /// What was admitted as a segment of its own, and nothing else in the index. A part is shorter than the section that it came
    /// in, and may hold no more operations than its own bytes allow: what is stored has to read again.
    pub(super) fn part(
        &self,
        writer: &mut dyn Writer,
        index: &mut DocumentIndex,
        admitted: &mut Admitted,
        grown: &mut Grown,
    ) -> Result<Vec<u8>, StoreError> {
        loop {
            if admitted.changes.is_empty() {
                return Ok(Vec::new());
            }
            if admitted.spoilt {
                (*index, admitted.writes) = self.read_again(writer, &admitted.changes, grown)?;
                admitted.spoilt = false;
            }
            match self.encode(index, &admitted.changes) {
                Ok(operations) => return Ok(operations),
                Err(error) if error.is_of_segment_operations() => admitted.cut(&error),
                Err(error) => {
                    let document = self.section.document;
                    return Err(StoreError::damaged_document(document, error.to_string()));
                }
            }
        }
    }

    /// What was admitted before the refused operation stands: it is read again on a clean index. Answers what it writes, too.
    fn read_again(
        &self,
        writer: &mut dyn Writer,
        changes: &[Change],
        grown: &mut Grown,
    ) -> Result<(DocumentIndex, Vec<Write>), StoreError> {
        let document = self.section.document;
        let mut index = stored::load(writer, self.upload, document, self.row.as_ref(), grown)?;
        let mut writes = Vec::new();
        for change in changes {
            let written = index
                .admit(&change.decode())
                .map_err(|refusal| StoreError::damaged_document(document, refusal.to_string()))?;
            index.seal(change.hash());
            writes.extend(written);
        }
        Ok((index, writes))
    }

    fn encode(&self, index: &DocumentIndex, changes: &[Change]) -> Result<Vec<u8>, OperationsError> {
        let expanded: Vec<ExpandedChange> = changes.iter().map(Change::decode).collect();
        let hashes: Vec<_> = changes.iter().map(Change::hash).collect();
        let before = index.hash_of(&self.upload.actor(self.section), self.known);
        operations::encode(&expanded, &hashes, before, &|hash| index.max_op(hash))
    }

    /// The verdict with the seal of the last operation that is stored.
    pub(super) fn sealed(&self, index: &DocumentIndex, verdict: SectionVerdict) -> SectionVerdict {
        let last = self.section.base + u64::from(verdict.stored);
        let seal = if verdict.stored > 0 {
            self.seal(index, last)
        } else {
            None
        };
        SectionVerdict { seal, ..verdict }
    }

    /// The seal of the actor's operation with this sequence number.
    fn seal(&self, index: &DocumentIndex, sequence: u64) -> Option<Seal> {
        let (upload, document) = (self.upload, self.section.document);
        let hash = index.hash_of(&upload.actor(self.section), sequence)?;
        Some(seal(
            upload.server,
            upload.caller.principal.tenant,
            document,
            &hash,
        ))
    }

    /// Hands an index back that still is as the document is stored.
    pub(super) fn keep(&self, index: DocumentIndex, grown: &mut Grown) {
        if let Some(row) = &self.row {
            grown.insert(self.section.document, (row.last, index));
        }
    }
}
