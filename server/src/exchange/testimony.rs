use automerge::{ActorId, Change, ExpandedChange};
use fieldbook_core::document::rebuild;
use fieldbook_core::document::view::owner;
use fieldbook_core::gate::{Check, DocumentIndex, Refusal};
use fieldbook_core::model::{InstallationKey, PersonId};
use fieldbook_core::model::{Kind, derive_actor};
use fieldbook_core::rulings::is_asked;
use fieldbook_core::wire::operations::{Limits, OperationsError, Reader as SegmentReader};
use fieldbook_core::wire::{Heard, Testimony, operations};

use serde_json::json;

use super::upload::{Grown, Upload};
use super::verdicts::MAX_COUNT;
use super::{seal, stored};
use crate::rulings::{self, Came};
use crate::store::{DocumentRow, NewSegment, StoreError, Writer};

/// Takes back operations that this server once stored and lost, from whoever holds them.
///
/// The gate checks them like any others. The rules do not judge them again: they were judged when they came first, and what
/// they were judged by may be lost or may have changed since. What proves that is the seal.
pub(super) fn take(
    writer: &mut dyn Writer,
    upload: &Upload<'_>,
    piece: &Testimony,
    grown: &mut Grown,
) -> Result<Heard, StoreError> {
    if !upload.budget.has_room(piece.operations.len()) {
        return Ok(Heard::Later);
    }
    upload.budget.open(piece.operations.len());
    if piece.count == 0 || piece.count > MAX_COUNT {
        return Ok(Heard::Unproven);
    }
    let row = writer.document(upload.caller.principal.tenant, piece.document)?;
    let mut index = stored::load(writer, upload, piece.document, row.as_ref(), grown)?;
    let case = Case::new(upload, piece, row, &index);
    if case.known >= piece.base + u64::from(piece.count) {
        let heard = case.told(&index);
        if let Some(row) = &case.row {
            grown.insert(piece.document, (row.last, index));
        }
        return Ok(heard);
    }
    let missing = match case.read(&mut index) {
        Ok(missing) if case.is_sealed(&index) => missing,
        Ok(_) => return Ok(Heard::Unproven),
        Err(heard) => return Ok(heard),
    };
    let Some(operations) = case.operations(&index, &missing.changes)? else {
        return Ok(Heard::Unproven);
    };
    let last = case.store(writer, &index, &missing.changes, &operations)?;
    let tenant = upload.caller.principal.tenant;
    match piece.kind {
        Kind::Approval => rulings::settle(writer, tenant, piece.document, &index, Came::Back)?,
        Kind::Customer => rulings::remember(writer, tenant, piece.document, &index)?,
        Kind::Visit | Kind::CheckIn | Kind::Activity => {}
    }
    if missing.asks {
        // Its ruling may still be on its way: another piece, or another phone.
        writer.hold(tenant, piece.document)?;
    }
    let heard = case.told(&index);
    grown.insert(piece.document, (last, index));
    Ok(heard)
}

/// What was missing of a piece.
struct Missing {
    changes: Vec<Change>,
    /// Something in it asks for a ruling.
    asks: bool,
}

/// One piece of testimony on its way into the store.
struct Case<'a> {
    upload: &'a Upload<'a>,
    piece: &'a Testimony,
    row: Option<DocumentRow>,
    actor: ActorId,
    /// How many operations of the actor are stored.
    known: u64,
    /// Whose the document is as far as the server remembers.
    owner: Option<PersonId>,
}

impl<'a> Case<'a> {
    fn new(
        upload: &'a Upload<'a>,
        piece: &'a Testimony,
        row: Option<DocumentRow>,
        index: &DocumentIndex,
    ) -> Self {
        let installation = InstallationKey {
            public_key: piece.origin.public_key,
            epoch: piece.origin.epoch,
        };
        let actor = derive_actor(&installation, piece.document, piece.rebase);
        Self {
            known: index.sequence(&actor),
            owner: owner(piece.kind, index),
            upload,
            piece,
            row,
            actor,
        }
    }

    /// Does the seal belong to the last operation of the piece?
    fn is_sealed(&self, index: &DocumentIndex) -> bool {
        let (piece, tenant) = (self.piece, self.upload.caller.principal.tenant);
        let last = index.hash_of(&self.actor, piece.base + u64::from(piece.count));
        last.is_some_and(|hash| seal(self.upload.server, tenant, piece.document, &hash) == piece.seal)
    }

    /// What is said of a piece that is stored. Who brings no seal learns nothing.
    fn told(&self, index: &DocumentIndex) -> Heard {
        if !self.is_sealed(index) {
            return Heard::Unproven;
        }
        let owner = owner(self.piece.kind, index).or(self.row.as_ref().map(|row| row.owner));
        match owner {
            Some(owner) if stored::sees(&self.upload.caller.principal, owner, self.piece.kind, index) => {
                Heard::Stored
            }
            _ => Heard::Elsewhere,
        }
    }

    /// Decode → gate. The changes that are not stored yet, or why there are none.
    fn read(&self, index: &mut DocumentIndex) -> Result<Missing, Heard> {
        let (piece, budget) = (self.piece, &self.upload.budget);
        if self.row.as_ref().is_some_and(|row| row.kind != piece.kind) {
            return Err(Heard::Unproven);
        }
        let limits = Limits {
            operations: Limits::default().operations.min(budget.operations()),
            ..Limits::default()
        };
        let opened = SegmentReader::new(
            &piece.operations,
            self.actor.clone(),
            piece.base,
            piece.count,
            &limits,
        );
        let mut reader = opened.map_err(|error| self.unread(&error))?;
        let (mut changes, mut writes) = (Vec::new(), Vec::new());
        let mut read = 0;
        loop {
            let next = reader.next(index);
            // Paid for whatever comes of it: a piece that proves nothing is read like any other.
            budget.unfold(reader.operations() - read);
            read = reader.operations();
            let Some(change) = next.map_err(|error| self.unread(&error))? else {
                break;
            };
            if change.seq <= self.known {
                continue;
            }
            let affordable = budget.affords_a_change();
            let admitted = budget.admit(index, &change);
            writes.extend(admitted.map_err(|refusal| self.refused(&refusal, affordable))?);
            let (change, hash) = rebuild(change);
            index.seal(hash);
            changes.push(change);
        }
        reader.finish().map_err(|_| Heard::Unproven)?;
        let kind = index.root().str("kind");
        if kind.is_some_and(|kind| kind == piece.kind.name()) {
            Ok(Missing {
                changes,
                asks: is_asked(piece.kind, &writes),
            })
        } else {
            Err(Heard::Unproven)
        }
    }

    /// What the gate refuses proves nothing, unless the request had no room for it.
    fn refused(&self, refusal: &Refusal, affordable: bool) -> Heard {
        if refusal.check == Check::Effort && !affordable {
            self.upload.budget.exhaust();
            return Heard::Later;
        }
        Heard::Unproven
    }

    fn unread(&self, error: &OperationsError) -> Heard {
        match error {
            OperationsError::UnknownDependency(_) | OperationsError::MissingPrevious(_) => Heard::Waits,
            error if error.is_of_segment_operations() => {
                self.upload.budget.exhaust();
                Heard::Later
            }
            _ => Heard::Unproven,
        }
    }

    /// Appends what was missing, in the name of who wrote it. Returns the log's sequence.
    fn store(
        &self,
        writer: &mut dyn Writer,
        index: &DocumentIndex,
        changes: &[Change],
        operations: &[u8],
    ) -> Result<u64, StoreError> {
        let (upload, piece) = (self.upload, self.piece);
        let tenant = upload.caller.principal.tenant;
        let owner_now = owner(piece.kind, index);
        let row_owner = self.row.as_ref().map(|row| row.owner);
        let person = upload.caller.principal.person;
        let segment = NewSegment {
            // As nobody's own: the phone that wrote it may have removed the document since, and needs it like any other.
            device: None,
            origin: piece.origin,
            rebase: piece.rebase,
            base: self.known,
            count: u32::try_from(changes.len()).unwrap_or(u32::MAX),
            operations,
            received_ms: u64::try_from(upload.now.timestamp_millis()).unwrap_or(0),
            seal: piece.seal,
            // What proves it is the seal; the signature that came with it first is lost.
            proof: None,
        };
        let first_owner = row_owner.or(owner_now).unwrap_or(person);
        let last = writer.append(tenant, piece.document, piece.kind, first_owner, &segment)?;
        if let (Some(_), Some(owner)) = (row_owner, owner_now.filter(|_| owner_now != self.owner)) {
            writer.set_owner(tenant, piece.document, owner)?;
        }
        self.remember_import(writer, index)?;
        self.record(writer)?;
        Ok(last)
    }

    /// A ruling that came back is written into the ruling log: it stands under the number that it got first, and here is
    /// how it came back.
    fn record(&self, writer: &mut dyn Writer) -> Result<(), StoreError> {
        let (upload, piece) = (self.upload, self.piece);
        if piece.origin.public_key != upload.server.public_key || self.row.is_none() {
            return Ok(());
        }
        let record = json!({ "handed_back": {
            "by": upload.caller.device,
            "epoch": piece.origin.epoch,
            "first": self.known + 1,
            "last": piece.base + u64::from(piece.count),
        } });
        let at_ms = u64::try_from(upload.now.timestamp_millis()).unwrap_or(0);
        let tenant = upload.caller.principal.tenant;
        writer.append_ruling(tenant, piece.document, at_ms, &record.to_string())?;
        Ok(())
    }

    /// A customer that came by an import whose memory is lost is not imported again.
    fn remember_import(&self, writer: &mut dyn Writer, index: &DocumentIndex) -> Result<(), StoreError> {
        let tenant = self.upload.caller.principal.tenant;
        let is_import = self.piece.kind == Kind::Customer
            && self.row.is_none()
            && self.piece.origin.public_key == self.upload.server.public_key;
        let Some(number) = index.root().str("external_id").filter(|_| is_import) else {
            return Ok(());
        };
        if writer.external_customer(tenant, number)?.is_none() {
            writer.remember_external(tenant, number, self.piece.document)?;
        }
        Ok(())
    }

    /// What was missing of the piece as a segment of its own; `None` when a few bytes would unfold to more than a reader takes:
    /// this server never stored such a segment.
    fn operations(&self, index: &DocumentIndex, changes: &[Change]) -> Result<Option<Vec<u8>>, StoreError> {
        if self.known == self.piece.base {
            return Ok(Some(self.piece.operations.to_vec()));
        }
        let expanded: Vec<ExpandedChange> = changes.iter().map(Change::decode).collect();
        let hashes: Vec<_> = changes.iter().map(Change::hash).collect();
        let before = index.hash_of(&self.actor, self.known);
        match operations::encode(&expanded, &hashes, before, &|hash| index.max_op(hash)) {
            Ok(operations) => Ok(Some(operations)),
            Err(error) if error.is_of_segment_operations() => Ok(None),
            Err(error) => Err(StoreError::damaged_document(
                self.piece.document,
                error.to_string(),
            )),
        }
    }
}
