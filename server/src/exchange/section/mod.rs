mod sight;
mod storing;

use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::wire::{Rejection, Section, SectionVerdict};

use super::admit::{Admitted, Bench, Stop};
use super::upload::{Grown, Upload};
use super::verdicts::{self, MAX_COUNT};
use super::{equivocation, rejection, stored};
use crate::recovery::Hold;
use crate::store::{DocumentRow, StoreError, Writer};
use sight::Sight;

/// One section on its way through the server.
struct Case<'a> {
    upload: &'a Upload<'a>,
    section: &'a Section,
    row: Option<DocumentRow>,
    /// How many operations of the section's actor are stored.
    known: u64,
}

/// Takes one section: checks, stores and answers it. Other sections are not touched by what is wrong here.
pub(super) fn take(
    writer: &mut dyn Writer,
    upload: &Upload<'_>,
    section: &Section,
    grown: &mut Grown,
) -> Result<SectionVerdict, StoreError> {
    if !upload.budget.has_room(section.operations.len()) {
        return Ok(verdicts::later(section, 0, 0));
    }
    upload.budget.open(section.operations.len());
    if section.count == 0 || section.count > MAX_COUNT {
        let rejection = rejection::count(section.count, MAX_COUNT);
        return Ok(verdicts::reject(section, 0, 0, rejection));
    }
    let tenant = upload.caller.principal.tenant;
    let row = writer.document(tenant, section.document)?;
    let spent = verdicts::spent(&*writer, upload, section)?;
    let mut index = stored::load(writer, upload, section.document, row.as_ref(), grown)?;
    let case = Case {
        upload,
        section,
        known: index.sequence(&upload.actor(section)),
        row,
    };
    let sight = case.sight(&*writer, &index)?;
    let verdict = match case.at_once(writer, &index, spent.as_ref())? {
        None => case.foreign(writer, sight)?,
        verdict => verdict,
    };
    if let Some(verdict) = verdict {
        case.leave(sight, &verdict);
        let verdict = case.sealed(&index, verdict);
        case.keep(index, grown);
        return Ok(verdict);
    }
    let bench = Bench {
        upload,
        section,
        known: case.known,
        is_new: case.row.is_none(),
        past: sight == Sight::Once,
        spent: spent.filter(|(sequence, _)| *sequence > case.known),
    };
    let admitted = bench.admit(&*writer, &mut index)?;
    // What repeats something is checked by its last hash only: one that was not reached may build on another story.
    if case.duplicate() > 0
        && admitted.stop.is_some()
        && let Some(verdict) = equivocation::examine(writer, upload, section)?
    {
        return Ok(verdict);
    }
    case.finish(writer, index, (admitted, sight), grown)
}

impl Case<'_> {
    /// The verdict, when what is stored is enough to give it.
    fn at_once(
        &self,
        writer: &mut dyn Writer,
        index: &DocumentIndex,
        spent: Option<&(u64, Rejection)>,
    ) -> Result<Option<SectionVerdict>, StoreError> {
        let (section, known) = (self.section, self.known);
        if section.base > known {
            // The phone believes that we have more of it than we do: it offers again from what is missing.
            return Ok(Some(verdicts::wait(section, 0, 0, known + 1)));
        }
        let last = section.base + u64::from(section.count);
        if last <= known {
            let hash = index.hash_of(&self.upload.actor(section), last);
            if hash.is_some_and(|hash| hash.0[..4] == section.check) {
                return Ok(Some(SectionVerdict {
                    stored: section.count,
                    duplicate: section.count,
                    rest: Vec::new(),
                    seal: None,
                }));
            }
            let verdict = equivocation::examine(writer, self.upload, section)?;
            return Ok(Some(verdict.unwrap_or_else(|| {
                verdicts::reject(section, 0, 0, rejection::head_check())
            })));
        }
        let spent = spent.filter(|(sequence, _)| *sequence == known + 1);
        Ok(spent.map(|(_, rejection)| {
            verdicts::reject(section, self.duplicate(), self.duplicate(), rejection.clone())
        }))
    }

    /// Stores what stands and writes the verdict.
    fn finish(
        self,
        writer: &mut dyn Writer,
        mut index: DocumentIndex,
        (mut admitted, sight): (Admitted, Sight),
        grown: &mut Grown,
    ) -> Result<SectionVerdict, StoreError> {
        let as_sent = admitted.stop.is_none() && self.duplicate() == 0;
        let operations = if as_sent {
            self.section.operations.to_vec()
        } else {
            self.part(writer, &mut index, &mut admitted, grown)?
        };
        let Admitted {
            changes,
            writes,
            stop,
            spoilt,
        } = admitted;
        let verdict = self.verdict(writer, changes.len(), stop)?;
        self.leave(sight, &verdict);
        if changes.is_empty() {
            let verdict = self.sealed(&index, verdict);
            if !spoilt {
                self.keep(index, grown);
            }
            return Ok(verdict);
        }
        let count = u32::try_from(changes.len()).unwrap_or(u32::MAX);
        let proof = self
            .upload
            .proving
            .prove(writer, self.upload.caller, self.section, as_sent)?;
        let last = self.store(writer, &mut index, (&operations, count, proof), &writes)?;
        let verdict = self.sealed(&index, verdict);
        grown.insert(self.section.document, (last, index));
        Ok(verdict)
    }

    /// Of a document out of sight the phone has something as long as operations of its own are stored in it, in this section
    /// or before: it removes the document, whatever becomes of the rest.
    fn leave(&self, sight: Sight, verdict: &SectionVerdict) {
        if sight != Sight::Now && (verdict.stored > 0 || self.known > 0) {
            self.upload.unseen.borrow_mut().insert(self.section.document);
        }
    }

    /// The verdict on the section when `new` of its operations were admitted.
    fn verdict(
        &self,
        writer: &mut dyn Writer,
        new: usize,
        stop: Option<Stop>,
    ) -> Result<SectionVerdict, StoreError> {
        let (section, duplicate) = (self.section, self.duplicate());
        let stored = duplicate + u32::try_from(new).unwrap_or(u32::MAX);
        Ok(match stop {
            None => SectionVerdict {
                stored: section.count,
                duplicate,
                rest: Vec::new(),
                seal: None,
            },
            Some(Stop::Rejected(rejection) | Stop::Quarantined(rejection))
                if self.may_come_back() && !rejection.rule.starts_with("gate.") =>
            {
                verdicts::later(section, stored, duplicate)
            }
            Some(Stop::Quarantined(rejection)) => {
                verdicts::quarantine(writer, self.upload, section, stored, duplicate, rejection)?
            }
            Some(Stop::Later) => verdicts::later(section, stored, duplicate),
            Some(Stop::WaitsOn(sequence)) => verdicts::wait(section, stored, duplicate, sequence),
            Some(Stop::Lacks(document)) => verdicts::lacks(section, stored, duplicate, document),
            Some(Stop::Rejected(rejection)) => {
                verdicts::refuse(writer, self.upload, section, stored, duplicate, rejection)?
            }
        })
    }

    /// May the lost server have accepted what this one would refuse? Then somebody may still hand it back, and it must not be
    /// parked as well. A phone whose access has ended is not waited for: it hands in, and removes what it holds.
    fn may_come_back(&self) -> bool {
        self.upload.hold != Hold::Over && self.upload.caller.ended.is_none()
    }

    /// How many operations of the section were stored before.
    fn duplicate(&self) -> u32 {
        u32::try_from(self.known.saturating_sub(self.section.base)).unwrap_or(u32::MAX)
    }
}
