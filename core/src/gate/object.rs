use std::collections::BTreeMap;

use automerge::ObjType;
use smol_str::{SmolStr, format_smolstr};

use super::register::Register;
use super::sequence::Sequence;

/// One object of the document.
#[derive(Clone, Debug)]
pub(super) struct Object {
    /// Where it was made, with `[]` for list elements; empty for the root.
    pub(super) path: SmolStr,
    /// The innermost list element around it, by its outside name.
    pub(super) element: Option<SmolStr>,
    /// How many objects are around it.
    pub(super) depth: u8,
    /// What is in it.
    pub(super) content: Content,
}

/// What an object holds.
#[derive(Clone, Debug)]
pub(super) enum Content {
    /// Registers by key.
    Map(BTreeMap<SmolStr, Register>),
    /// Registers in order.
    List(Sequence<Register>),
    /// Characters in order.
    Text(Sequence<Character>),
}

/// One character of a text; only deleted, never overwritten.
#[derive(Clone, Copy, Debug)]
pub(super) struct Character {
    pub(super) character: char,
    pub(super) deleted: bool,
}

impl Object {
    /// The empty root.
    pub(super) fn root() -> Self {
        Self {
            path: SmolStr::default(),
            element: None,
            depth: 0,
            content: Content::Map(BTreeMap::new()),
        }
    }

    /// The path of a key in this object.
    pub(super) fn path_of(&self, key: &SmolStr) -> SmolStr {
        let name = if is_plain(key) { key.clone() } else { escaped(key) };
        if self.path.is_empty() {
            name
        } else {
            format_smolstr!("{}/{name}", self.path)
        }
    }

    /// The path of any element of this list or text.
    pub(super) fn path_of_element(&self) -> SmolStr {
        format_smolstr!("{}/[]", self.path)
    }
}

impl Content {
    /// The empty content of a new object.
    pub(super) fn of(kind: ObjType) -> Self {
        match kind {
            ObjType::Map | ObjType::Table => Content::Map(BTreeMap::new()),
            ObjType::List => Content::List(Sequence::default()),
            ObjType::Text => Content::Text(Sequence::default()),
        }
    }
}

fn is_plain(key: &str) -> bool {
    key != "[]" && !key.bytes().any(|byte| matches!(byte, b'/' | b'~'))
}

/// A key that could be taken for a path, so that no key can pretend to be another place.
fn escaped(key: &str) -> SmolStr {
    if key == "[]" {
        "~2".into()
    } else {
        key.replace('~', "~0").replace('/', "~1").into()
    }
}
