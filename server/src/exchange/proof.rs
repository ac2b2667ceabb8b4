use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use fieldbook_core::wire::{Origin, Section};

use super::Caller;
use super::verify::Signature;
use crate::store::{KeptSection, Proof, StoreError, UploadRow, Writer};

/// Collects what proves who sent one upload. A request of which nothing is stored leaves no row.
pub(super) struct Proving {
    signature: Signature,
    place: Cell<u32>,
    number: Cell<Option<u64>>,
    kept: RefCell<BTreeMap<u32, KeptSection>>,
}

impl Proving {
    pub(super) fn new(signature: Signature) -> Self {
        Self {
            signature,
            place: Cell::new(0),
            number: Cell::new(None),
            kept: RefCell::default(),
        }
    }

    /// What proves the segment that the present section becomes; `as_sent` when it becomes one without a change.
    pub(super) fn prove(
        &self,
        writer: &dyn Writer,
        caller: &Caller,
        section: &Section,
        as_sent: bool,
    ) -> Result<Proof, StoreError> {
        let upload = match self.number.get() {
            Some(number) => number,
            None => writer.next_upload(caller.principal.tenant)?,
        };
        self.number.set(Some(upload));
        let kept = if as_sent {
            KeptSection::Whole
        } else {
            KeptSection::Part {
                base: section.base,
                count: section.count,
                operations: section.operations.clone(),
            }
        };
        let place = self.place.get();
        self.kept.borrow_mut().insert(place, kept);
        Ok(Proof { upload, place })
    }

    /// The present section is done with.
    pub(super) fn next(&self) {
        self.place.set(self.place.get() + 1);
    }

    /// Writes the proof down, if anything was stored.
    pub(super) fn finish(&self, writer: &mut dyn Writer, caller: &Caller) -> Result<(), StoreError> {
        let Some(number) = self.number.get() else {
            return Ok(());
        };
        let mut kept = self.kept.take();
        let sections = (0..).zip(&self.signature.sections).map(|(place, digest)| {
            let digest = || KeptSection::Digest((*digest).into());
            kept.remove(&place).unwrap_or_else(digest)
        });
        let upload = UploadRow {
            number,
            origin: Origin {
                public_key: caller.installation.public_key,
                epoch: caller.installation.epoch,
            },
            head: self.signature.head,
            sections: sections.collect(),
            signature: self.signature.bytes,
        };
        writer.add_upload(caller.principal.tenant, &upload)
    }
}
