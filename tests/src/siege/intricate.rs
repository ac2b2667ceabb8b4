//! Changes that are small and ask a reader to look at much.

use std::num::NonZeroU64;

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType};
use automerge::{ActorId, ChangeHash, ExpandedChange, ObjType, ScalarValue};
use chrono::DateTime;
use fieldbook_core::document::command::{AddCustomer, PlanVisit};
use fieldbook_core::document::{Command, rebuild, write};
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{DocumentId, InstallationKey, Kind, PersonId, derive_actor};
use fieldbook_core::wire::Section;

use super::bodies::{TIME_MS, id};
use crate::process::Outcome;
use crate::stories::pack;

/// Visits of the body `beside`.
const VISITS: u128 = 20;
/// Operations that a change may have, nearly.
const MANY: u64 = 19_998;
/// Characters that a note may have, nearly.
const NOTE: u64 = 9_000;

pub(super) fn op(action: OpType, obj: ObjectId, key: Key, insert: bool) -> Op {
    Op {
        action,
        obj,
        key,
        pred: Vec::new().into(),
        insert,
    }
}

pub(super) fn put(key: &str, value: ScalarValue) -> Op {
    op(OpType::Put(value), ObjectId::Root, Key::Map(key.into()), false)
}

fn make(kind: ObjType, inside: ObjectId, key: &str) -> Op {
    op(OpType::Make(kind), inside, Key::Map(key.into()), false)
}

/// The first change of an actor.
pub(super) fn first(actor: ActorId, operations: Vec<Op>) -> ExpandedChange {
    ExpandedChange {
        operations,
        actor_id: actor,
        hash: None,
        seq: 1,
        start_op: NonZeroU64::MIN,
        time: TIME_MS,
        message: None,
        deps: Vec::new(),
        extra_bytes: Vec::new(),
        author: None,
    }
}

/// Objects in each other, again and again as deep as they may be, at keys that begin with `name`.
pub(super) fn deep(actor: &ActorId, name: &str) -> Vec<Op> {
    let nested = (1..=19_999_u64).map(|counter| {
        let inside = match (counter - 1) % 16 {
            0 => ObjectId::Root,
            _ => ObjectId::Id(OpId::new(counter - 1, actor)),
        };
        make(ObjType::Map, inside, &format!("{name}{}", counter / 16))
    });
    nested.collect()
}

/// One key, put again and again, each time in place of the first value.
pub(super) fn rewritten(actor: &ActorId) -> Vec<Op> {
    let again = (0..MANY).map(|_| Op {
        pred: vec![OpId::new(1, actor)].into(),
        ..put("k", true.into())
    });
    std::iter::once(put("k", true.into())).chain(again).collect()
}

/// Visits with a note that two actors of one phone type into, each in front of all, neither knowing of the other.
pub(super) fn beside(installation: &InstallationKey, person: PersonId) -> Outcome<Vec<Section>> {
    let customer = id(1);
    let index = DocumentIndex::new();
    let command = Command::AddCustomer(AddCustomer {
        document: customer,
        owner: person,
        name: "Shop".to_owned(),
        address: "1 Main Street".to_owned(),
        position: None,
        grade: None,
        external_id: None,
        store_type: None,
    });
    let written = write(
        &index,
        &derive_actor(installation, customer, 0),
        &command,
        TIME_MS,
    )?;
    let mut sections = vec![pack(&index, customer, Kind::Customer, 0, written.change)?];
    for number in 0..VISITS {
        sections.extend(visit(installation, person, customer, id(2 + number))?);
    }
    Ok(sections)
}

fn visit(
    installation: &InstallationKey,
    rep: PersonId,
    customer: DocumentId,
    document: DocumentId,
) -> Outcome<Vec<Section>> {
    let mut index = DocumentIndex::new();
    let command = Command::PlanVisit(PlanVisit {
        document,
        customer,
        rep,
        start: DateTime::from_timestamp_millis(TIME_MS)
            .ok_or("no time")?
            .fixed_offset(),
        purpose: "order".to_owned(),
        template: "store-visit@1".to_owned(),
    });
    let one = derive_actor(installation, document, 0);
    let plan = write(&index, &one, &command, TIME_MS)?.change;
    let mut sections = vec![pack(&index, document, Kind::Visit, 0, plan.clone())?];
    let planned = admit(&mut index, plan)?;
    let (note, _) = index.object_at(&ObjectId::Root, "notes").ok_or("no note")?;
    let other = derive_actor(installation, document, 1);
    for (rebase, actor) in [(0, one), (1, other)] {
        let typed = next(&index, &actor, planned, |_| {
            let head = || Key::Seq(ElementId::Head);
            let character = |_| op(OpType::Put("a".into()), note.clone(), head(), true);
            (0..NOTE).map(character).collect()
        })?;
        sections.push(pack(&index, document, Kind::Visit, rebase, typed)?);
    }
    Ok(sections)
}

/// The next change of an actor, that builds on this one.
fn next(
    index: &DocumentIndex,
    actor: &ActorId,
    on: ChangeHash,
    operations: impl FnOnce(u64) -> Vec<Op>,
) -> Outcome<ExpandedChange> {
    let start = index.max_op(&on).ok_or("nothing to build on")? + 1;
    Ok(ExpandedChange {
        seq: index.sequence(actor) + 1,
        start_op: NonZeroU64::new(start).ok_or("no counter")?,
        deps: vec![on],
        ..first(actor.clone(), operations(start))
    })
}

fn admit(index: &mut DocumentIndex, change: ExpandedChange) -> Outcome<ChangeHash> {
    index.admit(&change)?;
    let hash = rebuild(change).1;
    index.seal(hash);
    Ok(hash)
}
