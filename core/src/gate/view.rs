use std::collections::BTreeMap;

use automerge::ScalarValue;
use smol_str::SmolStr;

use super::ElementId;
use super::id::Id;
use super::index::DocumentIndex;
use super::object::{Character, Content};
use super::register::{Register, Value};
use super::sequence::Sequence;

/// A map of the document with its current values, as Automerge would show them.
#[derive(Clone, Copy, Debug)]
pub struct MapView<'a> {
    index: &'a DocumentIndex,
    keys: &'a BTreeMap<SmolStr, Register>,
}

impl<'a> MapView<'a> {
    pub(super) fn new(index: &'a DocumentIndex, keys: &'a BTreeMap<SmolStr, Register>) -> Self {
        Self { index, keys }
    }

    /// The scalar at a key; `None` when there is nothing or an object.
    pub fn get(&self, key: &str) -> Option<&'a ScalarValue> {
        match self.winner(key)? {
            (_, Value::Scalar(value)) => Some(value),
            (_, Value::Object(_)) => None,
        }
    }

    /// The string at a key.
    pub fn str(&self, key: &str) -> Option<&'a str> {
        match self.get(key)? {
            ScalarValue::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The integer at a key; an unsigned one too when it fits.
    pub fn int(&self, key: &str) -> Option<i64> {
        match self.get(key)? {
            ScalarValue::Int(number) => Some(*number),
            ScalarValue::Uint(number) => i64::try_from(*number).ok(),
            _ => None,
        }
    }

    /// The unsigned integer at a key; a signed one too when it fits.
    pub fn uint(&self, key: &str) -> Option<u64> {
        match self.get(key)? {
            ScalarValue::Int(number) => u64::try_from(*number).ok(),
            ScalarValue::Uint(number) => Some(*number),
            _ => None,
        }
    }

    /// The number at a key; an integer too.
    pub fn f64(&self, key: &str) -> Option<f64> {
        match self.get(key)? {
            ScalarValue::F64(number) => Some(*number),
            ScalarValue::Int(number) => Some(*number as f64),
            ScalarValue::Uint(number) => Some(*number as f64),
            _ => None,
        }
    }

    /// The truth value at a key.
    pub fn bool(&self, key: &str) -> Option<bool> {
        match self.get(key)? {
            ScalarValue::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    /// The map at a key.
    pub fn map(&self, key: &str) -> Option<MapView<'a>> {
        match self.object(key)? {
            Content::Map(keys) => Some(MapView::new(self.index, keys)),
            _ => None,
        }
    }

    /// The list at a key.
    pub fn list(&self, key: &str) -> Option<ListView<'a>> {
        match self.object(key)? {
            Content::List(elements) => Some(ListView {
                index: self.index,
                elements,
            }),
            _ => None,
        }
    }

    /// The text at a key.
    pub fn text(&self, key: &str) -> Option<String> {
        match self.object(key)? {
            Content::Text(characters) => Some(visible(characters)),
            _ => None,
        }
    }

    /// How many characters the text at a key has.
    pub fn text_length(&self, key: &str) -> Option<usize> {
        match self.object(key)? {
            Content::Text(characters) => Some(characters.iter().filter(|(_, item)| !item.deleted).count()),
            _ => None,
        }
    }

    /// Does a key hold anything, a scalar or an object?
    pub fn holds(&self, key: &str) -> bool {
        self.keys.get(key).is_some_and(Register::is_visible)
    }

    /// The keys that hold a value, sorted.
    pub fn keys(&self) -> Vec<&'a str> {
        self.keys
            .iter()
            .filter(|(_, register)| register.is_visible())
            .map(|(key, _)| key.as_str())
            .collect()
    }

    /// The scalars at a key that lost against a concurrent value, the strongest first.
    pub fn conflicts(&self, key: &str) -> Vec<&'a ScalarValue> {
        self.losers(key)
            .filter_map(|(_, value)| match value {
                Value::Scalar(value) => Some(value),
                Value::Object(_) => None,
            })
            .collect()
    }

    /// The maps at a key that lost against a concurrent value, the strongest first.
    pub fn lost_maps(&self, key: &str) -> Vec<MapView<'a>> {
        self.losers(key)
            .filter(|(_, value)| matches!(value, Value::Object(_)))
            .filter_map(|(id, _)| match &self.index.objects.get(&id)?.content {
                Content::Map(keys) => Some(MapView::new(self.index, keys)),
                _ => None,
            })
            .collect()
    }

    fn losers(&self, key: &str) -> impl Iterator<Item = (Id, &'a Value)> {
        let register = self.keys.get(key);
        register
            .map(|register| register.losers(&self.index.actors))
            .unwrap_or_default()
            .into_iter()
    }

    fn winner(&self, key: &str) -> Option<(Id, &'a Value)> {
        self.keys.get(key)?.winner(&self.index.actors)
    }

    fn object(&self, key: &str) -> Option<&'a Content> {
        match self.winner(key)? {
            (id, Value::Object(_)) => self.index.objects.get(&id).map(|object| &object.content),
            (_, Value::Scalar(_)) => None,
        }
    }
}

/// The characters of a text that are not deleted.
pub(super) fn visible(characters: &Sequence<Character>) -> String {
    characters
        .iter()
        .filter(|(_, item)| !item.deleted)
        .map(|(_, item)| item.character)
        .collect()
}

/// A list of the document with its visible elements.
#[derive(Clone, Copy, Debug)]
pub struct ListView<'a> {
    index: &'a DocumentIndex,
    elements: &'a Sequence<Register>,
}

impl<'a> ListView<'a> {
    /// How many elements are visible, of any sort.
    pub fn len(&self) -> usize {
        self.elements
            .iter()
            .filter(|(_, register)| register.is_visible())
            .count()
    }

    /// True when no element is visible.
    pub fn is_empty(&self) -> bool {
        self.elements.iter().all(|(_, register)| !register.is_visible())
    }

    /// The map that an element holds; `None` when the element does not show or holds something else. Costs the same
    /// however long the list is.
    pub fn element(&self, element: &str) -> Option<MapView<'a>> {
        let ListView { index, elements } = *self;
        let place = elements.place(index.id_of(element)?)?;
        let (made, _) = elements.get(place)?.winner(&index.actors)?;
        match &index.objects.get(&made)?.content {
            Content::Map(keys) => Some(MapView::new(index, keys)),
            _ => None,
        }
    }

    /// The visible elements that hold a map, in order; all lists of the schema hold maps only.
    pub fn iter(&self) -> impl Iterator<Item = (ElementId, MapView<'a>)> + use<'a> {
        let ListView { index, elements } = *self;
        elements.iter().filter_map(move |(id, register)| {
            let (made, _) = register.winner(&index.actors)?;
            match &index.objects.get(&made)?.content {
                Content::Map(keys) => Some((ElementId(index.actors.name(id)), MapView::new(index, keys))),
                _ => None,
            }
        })
    }
}
