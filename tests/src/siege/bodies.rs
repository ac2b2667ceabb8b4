use std::num::NonZeroU64;

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType};
use automerge::{ActorId, ChangeHash, ExpandedChange, ObjType, ScalarValue};
use fieldbook_core::document::command::AddCustomer;
use fieldbook_core::document::{Command, write};
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{DocumentId, Kind, derive_actor};
use fieldbook_core::wire::{
    ANSWER_LEVEL, Answer, Origin, Seal, Section, Testimony, Verdict, deflate, inflate,
};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use uuid::Uuid;

use super::intricate::{beside, deep, first, op, put, rewritten};
use crate::process::{Outcome, Phone};
use crate::stories::{pack, pack_row, request};

/// The bodies that there are.
pub(super) const NAMES: [&str; 19] = [
    "random",
    "bomb",
    "nested",
    "indefinite",
    "sections",
    "unfolding",
    "orphans",
    "typing",
    "head",
    "keys",
    "values",
    "deep",
    "deep names",
    "rewritten",
    "beside",
    "testimony",
    "customers",
    "fields",
    "long fields",
];

pub(super) const TIME_MS: i64 = 1_795_482_000_000;
/// Room for what is not the point, below the 16 MiB that a body may inflate to.
const NEARLY: usize = (16 << 20) - 4096;

/// The body of this name, of at most 1 MiB.
pub(super) fn body(name: &str, phone: &Phone) -> Outcome<Vec<u8>> {
    let sections: Vec<Section> = match name {
        "random" => {
            let mut bytes = vec![0; 1 << 20];
            ChaCha20Rng::seed_from_u64(1).fill_bytes(&mut bytes);
            return Ok(bytes);
        }
        "bomb" => return Ok(deflate(&vec![0; 256 << 20], ANSWER_LEVEL)),
        "nested" => return tail(phone, &[0x81]),
        "indefinite" => return tail(phone, &[0x82, 0x9f]),
        "sections" => (0..400_000).map(|_| section(1, vec![])).collect(),
        "unfolding" => (1..=4_000)
            .map(|number| section(number, unfolding(16_000)))
            .collect(),
        "orphans" => (1..=4_000).map(orphan).collect(),
        "beside" => beside(&phone.replica.installation()?, phone.replica.identity()?.person)?,
        "testimony" => return testimony(phone),
        "customers" => return customers(phone),
        "fields" => fields(phone, 15, 1_000)?,
        "long fields" => fields(phone, 4, 3_900)?,
        name => return crafted(name, phone),
    };
    pressed(phone, sections)
}

/// What the server answered.
pub(super) fn summary(body: &[u8]) -> String {
    let answer = inflate(body, 64 << 20).map(|bytes| minicbor::decode::<Answer>(&bytes));
    let Ok(Ok(answer)) = answer else {
        return "an answer that does not read".to_owned();
    };
    let stored: u32 = answer.verdicts.iter().map(|verdict| verdict.stored).sum();
    let first = answer.verdicts.iter().find_map(|verdict| verdict.rest.first());
    let later = answer
        .verdicts
        .iter()
        .filter(|verdict| matches!(verdict.rest.first(), Some(Verdict::Transient { .. })))
        .count();
    let why = match first {
        Some(Verdict::Rejected(rejection)) => rejection.rule.clone(),
        Some(Verdict::WaitsOn(_)) => "waits".to_owned(),
        Some(_) | None => String::new(),
    };
    format!(
        "{stored} stored, {later} of {} sections later {why}",
        answer.verdicts.len()
    )
}

pub(super) fn id(number: u128) -> DocumentId {
    DocumentId(Uuid::from_u128(
        0x0195_f3a0_7c1e_7a52_8f3b_0000_0000_0000 + number,
    ))
}

fn section(number: u128, operations: Vec<u8>) -> Section {
    Section {
        document: id(number),
        kind: Kind::Customer,
        rebase: 0,
        base: 0,
        count: 1,
        check: [0; 4],
        operations: operations.into(),
        former: false,
    }
}

fn pressed(phone: &Phone, sections: Vec<Section>) -> Outcome<Vec<u8>> {
    Ok(deflate(&signed(phone, 2, sections)?, 19))
}

/// A request as it goes out before it is compressed, signed by the phone.
pub(super) fn signed(phone: &Phone, number: u64, sections: Vec<Section>) -> Outcome<Vec<u8>> {
    signed_with(phone, number, sections, None)
}

fn signed_with(
    phone: &Phone,
    number: u64,
    sections: Vec<Section>,
    testimony: Option<Vec<Testimony>>,
) -> Outcome<Vec<u8>> {
    let (identity, mut request) = (phone.replica.identity()?, request(sections));
    (request.number, request.testimony) = (number, testimony);
    request.sign(&identity.signed_by(), &identity.secret)?;
    Ok(minicbor::to_vec(&request)?)
}

/// A request with more at its end than a reader knows, made of these bytes again and again.
fn tail(phone: &Phone, of: &[u8]) -> Outcome<Vec<u8>> {
    let mut bytes = signed(phone, 2, Vec::new())?;
    // One position more than there are.
    bytes[0] += 1;
    bytes.extend(of.repeat(NEARLY / of.len()));
    Ok(deflate(&bytes, ANSWER_LEVEL))
}

/// A few bytes that stand for many deletes.
fn unfolding(deletes: u64) -> Vec<u8> {
    let mut records = vec![0, 1 << 3, 7 | 0b1000, 2];
    let mut left = deletes;
    while left >= 0x80 {
        records.push((left & 0x7f) as u8 | 0x80);
        left >>= 7;
    }
    records.push((left & 0x7f) as u8);
    let mut bytes = vec![u8::try_from(records.len()).unwrap_or(u8::MAX)];
    bytes.extend(records);
    bytes
}

/// As many pieces of what a server is said to have lost, none of it sealed by any server.
fn testimony(phone: &Phone) -> Outcome<Vec<u8>> {
    let pieces = (1..=4_000).map(|number| Testimony {
        document: id(number),
        kind: Kind::Customer,
        origin: Origin {
            public_key: [7; 32],
            epoch: 0,
        },
        rebase: 0,
        base: 0,
        count: 1,
        operations: unfolding(16_000).into(),
        seal: Seal([0; 8]),
    });
    let bytes = signed_with(phone, 2, Vec::new(), Some(pieces.collect()))?;
    Ok(deflate(&bytes, 19))
}

/// One change that builds on a change nobody has.
fn orphan(number: u128) -> Section {
    let mut operations = vec![3, 0, 1, 1];
    operations.extend([0x5a; 16]);
    operations.extend(id(number).as_bytes());
    section(number, operations)
}

/// As many new customers as a request may have, all honest.
fn customers(phone: &Phone) -> Outcome<Vec<u8>> {
    let sections = (1..=4_000).map(|number| {
        let change = customer(phone, number)?;
        pack(&DocumentIndex::new(), id(number), Kind::Customer, 0, change)
    });
    pressed(phone, sections.collect::<Outcome<_>>()?)
}

/// New customers with so many fields of their own, each as long as one may be, and behind them something that is not taken: all is
/// stored, and none of it as it was sent.
fn fields(phone: &Phone, customers: u128, fields: usize) -> Outcome<Vec<Section>> {
    let section = |number| {
        let mut change = customer(phone, number)?;
        let is_custom = |operation: &Op| operation.key == Key::Map("custom".into());
        let custom = change.operations.iter().position(is_custom).ok_or("no fields")? as u64;
        let custom = OpId::new(change.start_op.get() + custom, &change.actor_id);
        change.operations.extend((0..fields).map(|n| Op {
            obj: ObjectId::Id(custom.clone()),
            ..put(&format!("k{n}"), "x".repeat(1_000).as_str().into())
        }));
        let orphan = ExpandedChange {
            operations: Vec::new(),
            seq: 2,
            start_op: NonZeroU64::MIN,
            deps: vec![ChangeHash([7; 32])],
            ..change.clone()
        };
        let row = [change, orphan];
        pack_row(&DocumentIndex::new(), id(number), Kind::Customer, 0, &row)
    };
    (1..=customers).map(section).collect()
}

/// A customer as an honest phone makes it.
fn customer(phone: &Phone, number: u128) -> Outcome<ExpandedChange> {
    let identity = phone.replica.identity()?;
    let document = id(number);
    let actor = derive_actor(&phone.replica.installation()?, document, 0);
    let command = Command::AddCustomer(AddCustomer {
        document,
        owner: identity.person,
        name: format!("Shop {number}"),
        address: "1 Main Street".to_owned(),
        position: None,
        grade: None,
        external_id: None,
        store_type: None,
    });
    Ok(write(&DocumentIndex::new(), &actor, &command, TIME_MS)?.change)
}

/// Changes of as many operations as one may have, each on a document of its own.
fn crafted(name: &str, phone: &Phone) -> Outcome<Vec<u8>> {
    let installation = phone.replica.installation()?;
    let documents = if name == "values" { 4 } else { 40 };
    let sections = (1..=documents).map(|number| {
        let document = id(number);
        let actor = derive_actor(&installation, document, 0);
        let operations = match name {
            "typing" => text(&actor, true),
            "head" => text(&actor, false),
            "keys" => (0..19_999).map(|n| put(&format!("k{n}"), true.into())).collect(),
            "values" => (0..63)
                .map(|n| put(&format!("k{n}"), ScalarValue::Bytes(vec![0; 64 << 10])))
                .collect(),
            "rewritten" => rewritten(&actor),
            "deep" => deep(&actor, ""),
            _ => deep(&actor, &"k".repeat(250)),
        };
        pack(
            &DocumentIndex::new(),
            document,
            Kind::Customer,
            0,
            first(actor, operations),
        )
    });
    pressed(phone, sections.collect::<Outcome<_>>()?)
}

/// A long text: typed one character after the other, or each in front of all others.
fn text(actor: &ActorId, onwards: bool) -> Vec<Op> {
    let made = op(
        OpType::Make(ObjType::Text),
        ObjectId::Root,
        Key::Map("notes".into()),
        false,
    );
    let notes = ObjectId::Id(OpId::new(1, actor));
    let typed = (2..=19_999_u64).map(|counter| {
        let behind = if onwards && counter > 2 {
            ElementId::Id(OpId::new(counter - 1, actor))
        } else {
            ElementId::Head
        };
        op(OpType::Put("a".into()), notes.clone(), Key::Seq(behind), true)
    });
    std::iter::once(made).chain(typed).collect()
}
