use std::num::NonZeroU64;

use automerge::legacy::Op;
use automerge::{ActorId, ChangeHash, ExpandedChange};
use fieldbook_core::document::command::AddCustomer;
use fieldbook_core::document::{Command, rebuild, write};
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{DocumentId, Kind, derive_actor};
use fieldbook_core::wire::{PROTOCOL_VERSION, Request, SCHEMA_VERSION, Section, operations};

use super::Team;
use crate::process::{Door, Outcome};

/// A well-formed section whose one operation does what `write` says, from its first counter and its actor: the next
/// one that somebody's phone could have written, by the actor of this rebase.
///
/// # Errors
/// When the document is not on the phone.
pub fn craft(
    team: &Team,
    name: &str,
    document: DocumentId,
    rebase: u32,
    write: impl FnOnce(u64, &ActorId, &DocumentIndex) -> Vec<Op>,
) -> Outcome<Section> {
    let phone = team.phone(name);
    let index = phone.document(document)?.ok_or("not on the phone")?;
    let actor = derive_actor(&phone.installation()?, document, rebase);
    let deps = index.heads();
    let start = deps
        .iter()
        .filter_map(|hash| index.max_op(hash))
        .max()
        .unwrap_or(0)
        + 1;
    let change = ExpandedChange {
        operations: write(start, &actor, &index),
        seq: index.sequence(&actor) + 1,
        actor_id: actor,
        hash: None,
        start_op: NonZeroU64::new(start).ok_or("no counter")?,
        time: 1_795_482_000_000,
        message: None,
        deps,
        extra_bytes: Vec::new(),
        author: None,
    };
    let kind: Kind = index.root().str("kind").ok_or("no kind")?.parse()?;
    pack(&index, document, kind, rebase, change)
}

impl Door {
    /// The change that makes a customer of a rep's own, as their phone would write it at `time_ms`.
    ///
    /// # Errors
    /// When the phone does not know who it is.
    pub fn new_customer(&self, rep: usize, document: DocumentId, time_ms: i64) -> Outcome<ExpandedChange> {
        let actor = derive_actor(&self.phone(rep)?.replica.installation()?, document, 0);
        let command = Command::AddCustomer(AddCustomer {
            document,
            owner: self.town().reps[rep].person,
            name: "东方五金".to_owned(),
            address: String::new(),
            position: None,
            grade: None,
            external_id: None,
            store_type: None,
        });
        Ok(write(&DocumentIndex::new(), &actor, &command, time_ms)?.change)
    }
}

/// A change, whatever is in it, as a section.
///
/// # Errors
/// A change that the encoding does not carry.
pub fn pack(
    index: &DocumentIndex,
    document: DocumentId,
    kind: Kind,
    rebase: u32,
    change: ExpandedChange,
) -> Outcome<Section> {
    pack_row(index, document, kind, rebase, &[change])
}

/// Changes of one actor, whatever is in them, as one section. A dependency that nobody knows begins with the first counter.
///
/// # Errors
/// Changes that the encoding does not carry.
pub fn pack_row(
    index: &DocumentIndex,
    document: DocumentId,
    kind: Kind,
    rebase: u32,
    changes: &[ExpandedChange],
) -> Outcome<Section> {
    let first = changes.first().ok_or("no change")?;
    let base = first.seq - 1;
    let hashes: Vec<ChangeHash> = changes.iter().map(|change| rebuild(change.clone()).1).collect();
    let before = index.hash_of(&first.actor_id, base);
    let counter = |hash: &ChangeHash| index.max_op(hash).or(Some(0));
    let bytes = operations::encode(changes, &hashes, before, &counter)?;
    let mut check = [0; 4];
    check.copy_from_slice(&hashes.last().ok_or("no hash")?.0[..4]);
    Ok(Section {
        document,
        kind,
        rebase,
        base,
        count: u32::try_from(changes.len())?,
        check,
        operations: bytes.into(),
        former: false,
    })
}

/// A request of a phone that has no cursor and brings these.
pub fn request(upload: Vec<Section>) -> Request {
    Request {
        protocol: PROTOCOL_VERSION,
        schema: SCHEMA_VERSION,
        cursor: None,
        reference: 0,
        budget: 1 << 20,
        upload,
        waiting: 0,
        testimony: None,
        number: 0,
        ruling: None,
        signature: None,
    }
}
