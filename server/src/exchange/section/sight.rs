use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{Kind, PersonId};
use fieldbook_core::wire::{Rejection, SectionVerdict};

use super::Case;
use crate::exchange::{rejection, stored, verdicts};
use crate::store::{DocumentRow, Reader, StoreError, Writer};

/// Whether the caller sees a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sight {
    /// They do, or there is none yet.
    Now,
    /// Not now, but when the phone had handed in everything for the last time: what it wrote since may have been in time.
    Once,
    /// Neither.
    Never,
}

impl Case<'_> {
    /// Does the caller see the document, or did they when what the phone hands in was written at the earliest?
    pub(super) fn sight(&self, reader: &dyn Reader, index: &DocumentIndex) -> Result<Sight, StoreError> {
        let caller = self.upload.caller;
        let Some(row) = &self.row else {
            return Ok(Sight::Now);
        };
        let (tenant, person) = (caller.principal.tenant, caller.principal.person);
        if stored::sees(&caller.principal, row.owner, row.kind, index) {
            return Ok(Sight::Now);
        }
        let then = reader.principal_at(tenant, person, caller.drained_ms)?;
        let owner = reader.owner_at(tenant, self.section.document, caller.drained_ms)?;
        let was = then.zip(owner).is_some_and(|(then, owner)| then.sees(owner));
        Ok(if was { Sight::Once } else { Sight::Never })
    }

    /// A document that the caller may not see answers as one that is not theirs to write. It may come into their scope
    /// again, so that refusal is remembered. What this actor has stored is answered before: the answer may have been
    /// lost, and what is stored is not for the person to send again.
    pub(super) fn foreign(
        &self,
        writer: &mut dyn Writer,
        sight: Sight,
    ) -> Result<Option<SectionVerdict>, StoreError> {
        let (upload, section, stored) = (self.upload, self.section, self.duplicate());
        match &self.row {
            Some(_) if sight == Sight::Never && self.may_come_back() => {
                Ok(Some(verdicts::later(section, stored, stored)))
            }
            Some(row) if sight == Sight::Never => {
                let rejection = self.out_of_reach(writer, row)?;
                verdicts::refuse(writer, upload, section, stored, stored, rejection).map(Some)
            }
            Some(row) if row.kind != section.kind => {
                let rejection = rejection::kind(row.kind, section.kind);
                Ok(Some(verdicts::reject(section, stored, stored, rejection)))
            }
            _ => Ok(None),
        }
    }

    /// Why a document is not the caller's to write. Whoever had it in sight before is told who has it now: of two who
    /// claim a customer of the pool, the second hears of the first.
    fn out_of_reach(&self, writer: &mut dyn Writer, row: &DocumentRow) -> Result<Rejection, StoreError> {
        let (section, principal) = (self.section, &self.upload.caller.principal);
        let people: Vec<PersonId> = principal.subtree.iter().copied().collect();
        if row.kind == Kind::Customer && writer.belonged(principal.tenant, section.document, &people)? {
            let holder = writer.person(principal.tenant, row.owner)?;
            return Ok(rejection::taken(holder.map(|holder| holder.name)));
        }
        Ok(rejection::unknown(section.kind))
    }
}
