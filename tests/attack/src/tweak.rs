//! Small changes of honest changes.

use std::num::NonZeroU64;

use arbitrary::Arbitrary;
use automerge::legacy::{ElementId, Key, ObjectId, Op};
use automerge::{ChangeHash, ExpandedChange};

use crate::crafted::{Action, CraftedOperation};
use crate::scene::Scene;
use crate::story::{KEYS, actor};

/// One thing that is not as it was; operations are named by number.
#[derive(Arbitrary, Clone, Debug)]
pub(crate) enum Tweak {
    Sequence(i8),
    Start(i8),
    Time(i64),
    AddDependency(u16),
    WildDependency(u8),
    DropDependency(u8),
    Extra(u8),
    Message(String),
    Actor(u8),
    Remove(u8),
    Repeat(u8),
    Swap(u8, u8),
    Replace(u8, CraftedOperation),
    Insert(u8, CraftedOperation),
    Act(u8, Action),
    Object(u8, u16),
    Root(u8),
    Element(u8, u16),
    Head(u8),
    KeyOf(u8, u8),
    AddPredecessor(u8, u16),
    DropPredecessors(u8),
    FlipInsert(u8),
}

impl Tweak {
    /// Spoils the change.
    pub(crate) fn apply(&self, change: &mut ExpandedChange, scene: &Scene) {
        match self {
            Self::Sequence(by) => change.seq = change.seq.saturating_add_signed(i64::from(*by)),
            Self::Start(by) => {
                let start = change.start_op.get().saturating_add_signed(i64::from(*by));
                change.start_op = NonZeroU64::new(start).unwrap_or(NonZeroU64::MIN);
            }
            Self::Time(time) => change.time = *time,
            Self::AddDependency(pick) => change.deps.extend(scene.hash(*pick)),
            Self::WildDependency(byte) => change.deps.push(ChangeHash([*byte; 32])),
            Self::DropDependency(at) => drop(remove(&mut change.deps, *at)),
            Self::Extra(byte) => change.extra_bytes.push(*byte),
            Self::Message(text) => change.message = Some(text.clone()),
            Self::Actor(number) => change.actor_id = actor(*number),
            Self::Remove(at) => drop(remove(&mut change.operations, *at)),
            Self::Repeat(at) => {
                let repeated = pick(&mut change.operations, *at).cloned();
                change.operations.extend(repeated);
            }
            Self::Swap(one, other) => {
                let count = change.operations.len().max(1);
                if !change.operations.is_empty() {
                    change
                        .operations
                        .swap(usize::from(*one) % count, usize::from(*other) % count);
                }
            }
            Self::Insert(at, crafted) => {
                let at = usize::from(*at) % (change.operations.len() + 1);
                change.operations.insert(at, crafted.make(&scene.ledger));
            }
            other => other.apply_to_operation(change, scene),
        }
    }

    fn apply_to_operation(&self, change: &mut ExpandedChange, scene: &Scene) {
        let ledger = &scene.ledger;
        let mut with = |at: u8, spoil: &dyn Fn(&mut Op)| {
            if let Some(operation) = pick(&mut change.operations, at) {
                spoil(operation);
            }
        };
        match self {
            Self::Replace(at, crafted) => with(*at, &|op| *op = crafted.make(ledger)),
            Self::Act(at, action) => with(*at, &|op| op.action = action.make()),
            Self::Object(at, pick) => with(*at, &|op| op.obj = ledger.object(*pick).0),
            Self::Root(at) => with(*at, &|op| op.obj = ObjectId::Root),
            Self::Head(at) => with(*at, &|op| op.key = Key::head()),
            Self::Element(at, pick) => with(*at, &|op| {
                if let Some(id) = ledger.any(*pick) {
                    op.key = Key::Seq(ElementId::Id(id));
                }
            }),
            Self::KeyOf(at, key) => {
                with(*at, &|op| {
                    op.key = Key::Map(KEYS[usize::from(*key) % KEYS.len()].into());
                });
            }
            Self::AddPredecessor(at, pick) => with(*at, &|op| {
                op.pred = op.pred.iter().cloned().chain(ledger.any(*pick)).collect();
            }),
            Self::DropPredecessors(at) => with(*at, &|op| op.pred = Vec::new().into()),
            Self::FlipInsert(at) => with(*at, &|op| op.insert = !op.insert),
            _ => {}
        }
    }
}

fn pick<T>(of: &mut [T], at: u8) -> Option<&mut T> {
    let place = usize::from(at).checked_rem(of.len())?;
    of.get_mut(place)
}

fn remove<T>(of: &mut Vec<T>, at: u8) -> Option<T> {
    let place = usize::from(at).checked_rem(of.len())?;
    Some(of.remove(place))
}
