use std::collections::BTreeMap;

use automerge::{ObjType, ScalarValue};
use smol_str::{SmolStr, format_smolstr};

use super::id::Id;
use super::index::DocumentIndex;
use super::object::Content;
use super::register::{Register, Value};
use super::view::visible;

/// What a document shows, whole: for comparing two readers of the same history.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    /// A map by its visible keys.
    Map(BTreeMap<String, Slot>),
    /// The visible elements of a list, in order.
    List(Vec<Slot>),
    /// The visible characters of a text.
    Text(String),
    /// A value.
    Scalar(ScalarValue),
}

/// What shows at a key or an element.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// The value that shows.
    pub value: Shown,
    /// The values that lost against it and are not overwritten, in words and sorted: scalars as they are, objects by the
    /// operation that made them.
    pub losers: Vec<SmolStr>,
}

impl Shown {
    /// How many keys and elements hold more than one value.
    pub fn conflicts(&self) -> usize {
        let of = |slot: &Slot| usize::from(!slot.losers.is_empty()) + slot.value.conflicts();
        match self {
            Self::Map(keys) => keys.values().map(of).sum(),
            Self::List(elements) => elements.iter().map(of).sum(),
            Self::Text(_) | Self::Scalar(_) => 0,
        }
    }

    /// Where two documents begin to differ, as a path such as `/lines/2/amount`; `None` when they are equal.
    pub fn difference(&self, other: &Self) -> Option<String> {
        match (self, other) {
            (Self::Map(ours), Self::Map(theirs)) => {
                let keys = ours.keys().chain(theirs.keys());
                let mut unlike = keys.filter(|key| ours.get(*key) != theirs.get(*key));
                let key = unlike.next()?;
                Some(format!("/{key}{}", inside(ours.get(key), theirs.get(key))))
            }
            (Self::List(ours), Self::List(theirs)) => {
                let mut places = 0..ours.len().max(theirs.len());
                let at = places.find(|at| ours.get(*at) != theirs.get(*at))?;
                Some(format!("/{at}{}", inside(ours.get(at), theirs.get(at))))
            }
            _ => (self != other).then(String::new),
        }
    }
}

/// The rest of the path to a difference between two slots that are not equal.
fn inside(ours: Option<&Slot>, theirs: Option<&Slot>) -> String {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => ours.value.difference(&theirs.value).unwrap_or_default(),
        _ => String::new(),
    }
}

impl DocumentIndex {
    /// Everything that the document shows.
    pub fn shown(&self) -> Shown {
        self.show(Id::ROOT)
    }

    fn show(&self, object: Id) -> Shown {
        match self.objects.get(&object).map(|object| &object.content) {
            Some(Content::Text(characters)) => Shown::Text(visible(characters)),
            Some(Content::List(elements)) => {
                let slots = elements.iter().filter_map(|(_, register)| self.slot(register));
                Shown::List(slots.collect())
            }
            Some(Content::Map(keys)) => {
                let slots = keys
                    .iter()
                    .filter_map(|(key, register)| Some((key.to_string(), self.slot(register)?)));
                Shown::Map(slots.collect())
            }
            None => Shown::Map(BTreeMap::new()),
        }
    }

    fn slot(&self, register: &Register) -> Option<Slot> {
        let value = match register.winner(&self.actors)? {
            (_, Value::Scalar(value)) => Shown::Scalar(value.clone()),
            (made, Value::Object(_)) => self.show(made),
        };
        let losers = register.losers(&self.actors).into_iter();
        let mut losers: Vec<SmolStr> = losers.map(|(id, value)| self.loser(id, value)).collect();
        losers.sort();
        Some(Slot { value, losers })
    }

    fn loser(&self, made: Id, value: &Value) -> SmolStr {
        match value {
            Value::Scalar(value) => format_smolstr!("{value:?}"),
            Value::Object(kind) => object_loser(*kind, &self.actors.name(made)),
        }
    }
}

/// How an object that lost is named: its sort and the operation that made it, `counter@actor-hex`.
pub(crate) fn object_loser(kind: ObjType, made: &str) -> SmolStr {
    format_smolstr!("{kind} {made}")
}
