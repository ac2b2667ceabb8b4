use automerge::{Change, ExpandedChange};
use fieldbook_core::document::view::owner;
use fieldbook_core::gate::{DocumentIndex, Write};
use fieldbook_core::model::{InstallationKey, Kind, PersonId};
use fieldbook_core::rulings::is_asked;
use fieldbook_core::wire::{Origin, Rejection, Seal, Section, SectionVerdict, operations};

use super::admit::{Admitted, Bench, Stop};
use super::upload::{Grown, Upload};
use super::verdicts::{self, MAX_COUNT};
use super::{equivocation, rejection, seal, stored};
use crate::recovery::Hold;
use crate::rulings;
use crate::store::{DocumentRow, NewSegment, Proof, Reader, StoreError, Writer};

/// Whether the caller sees a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sight {
    /// They do, or there is none yet.
    Now,
    /// Not now, but when the phone had handed in everything for the last time: what it wrote since may have been in time.
    Once,
    /// Neither.
    Never,
}

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
    if upload.budget.is_spent() {
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
        if sight != Sight::Now && verdict.stored > 0 {
            upload.unseen.borrow_mut().insert(section.document);
        }
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
    case.finish(writer, index, admitted, grown)
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

    /// Does the caller see the document, or did they when what the phone hands in was written at the earliest?
    fn sight(&self, reader: &dyn Reader, index: &DocumentIndex) -> Result<Sight, StoreError> {
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
    fn foreign(&self, writer: &mut dyn Writer, sight: Sight) -> Result<Option<SectionVerdict>, StoreError> {
        let (upload, section, stored) = (self.upload, self.section, self.duplicate());
        match &self.row {
            Some(_) if sight == Sight::Never && upload.hold != Hold::Over => {
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

    /// Stores what stands and writes the verdict.
    fn finish(
        self,
        writer: &mut dyn Writer,
        mut index: DocumentIndex,
        admitted: Admitted,
        grown: &mut Grown,
    ) -> Result<SectionVerdict, StoreError> {
        let Admitted {
            changes,
            writes,
            stop,
            spoilt,
        } = admitted;
        let is_whole = stop.is_none();
        let verdict = self.verdict(writer, changes.len(), stop)?;
        if changes.is_empty() {
            let verdict = self.sealed(&index, verdict);
            if !spoilt {
                self.keep(index, grown);
            }
            return Ok(verdict);
        }
        if spoilt {
            index = self.read_again(writer, &changes, grown)?;
        }
        let operations = if is_whole && self.duplicate() == 0 {
            self.section.operations.to_vec()
        } else {
            self.encode(&index, &changes)?
        };
        let count = u32::try_from(changes.len()).unwrap_or(u32::MAX);
        let as_sent = is_whole && self.duplicate() == 0;
        let proof = self
            .upload
            .proving
            .prove(writer, self.upload.caller, self.section, as_sent)?;
        let last = self.store(writer, &mut index, (&operations, count, proof), &writes)?;
        let verdict = self.sealed(&index, verdict);
        grown.insert(self.section.document, (last, index));
        Ok(verdict)
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
            // The lost server may have accepted it, and somebody may still hand it back: then it must not be parked as well.
            Some(Stop::Rejected(rejection) | Stop::Quarantined(rejection))
                if self.upload.hold != Hold::Over && !rejection.rule.starts_with("gate.") =>
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

    /// Appends the admitted operations, and the rulings that follow from them. Returns the last sequence.
    fn store(
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

    /// What was admitted before the refused operation stands: it is read again on a clean index.
    fn read_again(
        &self,
        writer: &mut dyn Writer,
        changes: &[Change],
        grown: &mut Grown,
    ) -> Result<DocumentIndex, StoreError> {
        let document = self.section.document;
        let mut index = stored::load(writer, self.upload, document, self.row.as_ref(), grown)?;
        for change in changes {
            index
                .admit(&change.decode())
                .map_err(|refusal| StoreError::damaged_document(document, refusal.to_string()))?;
            index.seal(change.hash());
        }
        Ok(index)
    }

    /// A part of the section as a segment of its own.
    fn encode(&self, index: &DocumentIndex, changes: &[Change]) -> Result<Vec<u8>, StoreError> {
        let expanded: Vec<ExpandedChange> = changes.iter().map(Change::decode).collect();
        let hashes: Vec<_> = changes.iter().map(Change::hash).collect();
        let before = index.hash_of(&self.upload.actor(self.section), self.known);
        operations::encode(&expanded, &hashes, before, &|hash| index.max_op(hash))
            .map_err(|error| StoreError::damaged_document(self.section.document, error.to_string()))
    }

    /// The verdict with the seal of the last operation that is stored.
    fn sealed(&self, index: &DocumentIndex, verdict: SectionVerdict) -> SectionVerdict {
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
    fn keep(&self, index: DocumentIndex, grown: &mut Grown) {
        if let Some(row) = &self.row {
            grown.insert(self.section.document, (row.last, index));
        }
    }

    /// How many operations of the section were stored before.
    fn duplicate(&self) -> u32 {
        u32::try_from(self.known.saturating_sub(self.section.base)).unwrap_or(u32::MAX)
    }
}
