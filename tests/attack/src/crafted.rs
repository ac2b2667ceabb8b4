//! Changes made from nothing: every reference is one that could be meant, few of them are good.

use std::num::NonZeroU64;

use arbitrary::Arbitrary;
use automerge::legacy::{ElementId, Key, MarkData, ObjectId, Op, OpId, OpType};
use automerge::{ExpandedChange, ObjType, ScalarValue};
use smol_str::SmolStr;

use crate::ledger::{Ledger, one};
use crate::scene::Scene;
use crate::story::{KEYS, actor};

/// Operations of one crafted change at most.
const MAX_OPERATIONS: usize = 12;

/// A change of somebody's making.
#[derive(Arbitrary, Clone, Debug)]
pub(crate) struct Crafted {
    actor: u8,
    dependencies: Dependencies,
    time: u32,
    operations: Vec<CraftedOperation>,
}

#[derive(Arbitrary, Clone, Debug)]
enum Dependencies {
    Heads,
    /// The actor's own last change and these: a phone that has not heard the rest.
    Some(Vec<u16>),
}

/// An operation of somebody's making.
#[derive(Arbitrary, Clone, Debug)]
pub(crate) struct CraftedOperation {
    action: Action,
    object: u16,
    at: At,
    predecessors: Predecessors,
    insert: bool,
}

#[derive(Arbitrary, Clone, Debug)]
pub(crate) enum Action {
    Map,
    List,
    Text,
    Table,
    Delete,
    Increment(i64),
    Mark(bool),
    Character(char),
    Put(Scalar),
}

#[derive(Arbitrary, Clone, Debug)]
pub(crate) enum Scalar {
    Null,
    Boolean(bool),
    Int(i64),
    Uint(u64),
    F64(f64),
    Str(String),
    Bytes(Vec<u8>),
    Timestamp(i64),
    Counter(i64),
    Unknown(u8, Vec<u8>),
}

#[derive(Arbitrary, Clone, Debug)]
pub(crate) enum At {
    Key(u8),
    AnyKey(String),
    Head,
    /// An element of the object.
    Element(u16),
    /// Any operation, whether it is an element or not.
    Any(u16),
    /// The operation before this one.
    Last,
}

#[derive(Arbitrary, Clone, Debug)]
pub(crate) enum Predecessors {
    None,
    /// Those that are not overwritten, as an honest writer names them.
    Alive,
    /// Those that ever were.
    Ever,
    /// Some of those.
    Some(u8),
    /// Any operations.
    Any(Vec<u16>),
    /// A name that may belong to nothing.
    Named(u8, u32),
}

impl Crafted {
    /// The change on top of what the scene holds.
    pub(crate) fn make(&self, scene: &Scene) -> ExpandedChange {
        let writer = actor(self.actor);
        let index = &scene.index;
        let deps = match &self.dependencies {
            Dependencies::Heads => index.heads(),
            Dependencies::Some(picks) => {
                let picked = picks.iter().take(4).filter_map(|pick| scene.hash(*pick));
                let mut deps: Vec<_> = picked.chain(index.last_of(&writer)).collect();
                deps.sort();
                deps.dedup();
                deps
            }
        };
        let highest = deps
            .iter()
            .filter_map(|hash| index.max_op(hash))
            .max()
            .unwrap_or(0);
        let start = NonZeroU64::MIN.saturating_add(highest);
        let mut ledger = scene.ledger.clone();
        let mut operations = Vec::new();
        for crafted in self.operations.iter().take(MAX_OPERATIONS) {
            let id = OpId::new(start.get() + operations.len() as u64, &writer);
            let operation = crafted.make(&ledger);
            ledger.add(id, operation.clone());
            operations.push(operation);
        }
        ExpandedChange {
            operations,
            seq: index.sequence(&writer) + 1,
            actor_id: writer,
            hash: None,
            start_op: start,
            time: i64::from(self.time),
            message: None,
            deps,
            extra_bytes: Vec::new(),
            author: None,
        }
    }
}

impl CraftedOperation {
    /// The operation after those of the ledger.
    pub(crate) fn make(&self, ledger: &Ledger) -> Op {
        let (obj, kind) = ledger.object(self.object);
        let key = self.at.make(ledger, &obj, kind);
        let insert = self.insert && !matches!(key, Key::Map(_));
        let pred = if insert {
            Vec::new()
        } else {
            self.predecessors.make(ledger, &obj, &key)
        };
        let action = match (&self.action, kind) {
            // In a text, most of what honest writers insert are characters.
            (Action::Map | Action::List, ObjType::Text) if insert => OpType::Put("x".into()),
            (action, _) => action.make(),
        };
        Op {
            action,
            obj,
            key,
            pred: pred.into(),
            insert,
        }
    }
}

impl Action {
    pub(crate) fn make(&self) -> OpType {
        match self {
            Self::Map => OpType::Make(ObjType::Map),
            Self::List => OpType::Make(ObjType::List),
            Self::Text => OpType::Make(ObjType::Text),
            Self::Table => OpType::Make(ObjType::Table),
            Self::Delete => OpType::Delete,
            Self::Increment(by) => OpType::Increment(*by),
            Self::Mark(true) => OpType::MarkBegin(MarkData {
                name: "bold".into(),
                value: true.into(),
                expand: true,
            }),
            Self::Mark(false) => OpType::MarkEnd(true),
            Self::Character(character) => OpType::Put(ScalarValue::Str(SmolStr::from_iter([*character]))),
            Self::Put(scalar) => OpType::Put(scalar.make()),
        }
    }
}

impl Scalar {
    pub(crate) fn make(&self) -> ScalarValue {
        match self.clone() {
            Self::Null => ScalarValue::Null,
            Self::Boolean(value) => ScalarValue::Boolean(value),
            Self::Int(value) => ScalarValue::Int(value),
            Self::Uint(value) => ScalarValue::Uint(value),
            Self::F64(value) => ScalarValue::F64(value),
            Self::Str(value) => ScalarValue::Str(value.into()),
            Self::Bytes(value) => ScalarValue::Bytes(value),
            Self::Timestamp(value) => ScalarValue::Timestamp(value),
            Self::Counter(value) => ScalarValue::Counter(value.into()),
            Self::Unknown(type_code, bytes) => ScalarValue::Unknown { type_code, bytes },
        }
    }
}

impl At {
    pub(crate) fn make(&self, ledger: &Ledger, object: &ObjectId, kind: ObjType) -> Key {
        let element = |id: Option<OpId>| Key::Seq(id.map_or(ElementId::Head, ElementId::Id));
        match self {
            // A key where keys are taken, an element where elements are: most attacks come further than that.
            Self::Key(pick) if kind != ObjType::Map => element(ledger.element(object, u16::from(*pick))),
            Self::Key(pick) => Key::Map(KEYS[usize::from(*pick) % KEYS.len()].into()),
            Self::Element(pick) if kind == ObjType::Map => {
                one(&KEYS, *pick).map_or_else(Key::head, |key| Key::Map((*key).into()))
            }
            Self::AnyKey(key) => Key::Map(key.into()),
            Self::Head => Key::Seq(ElementId::Head),
            Self::Element(pick) => element(ledger.element(object, *pick)),
            Self::Any(pick) => element(ledger.any(*pick)),
            Self::Last => element(ledger.last()),
        }
    }
}

impl Predecessors {
    pub(crate) fn make(&self, ledger: &Ledger, object: &ObjectId, key: &Key) -> Vec<OpId> {
        match self {
            Self::None => Vec::new(),
            Self::Alive => ledger.alive_at(object, key),
            Self::Ever => ledger.put_at(object, key),
            Self::Some(mask) => {
                let mut put = ledger.put_at(object, key);
                let mut at = 0;
                put.retain(|_| {
                    at += 1;
                    mask >> (at % 8) & 1 == 1
                });
                put
            }
            Self::Any(picks) => picks
                .iter()
                .take(70)
                .filter_map(|pick| ledger.any(*pick))
                .collect(),
            Self::Named(number, counter) => vec![OpId::new(u64::from(*counter), &actor(*number))],
        }
    }
}
