use automerge::{ObjType, ScalarValue};
use smol_str::SmolStr;

/// One thing that an operation writes, as the rules judge it.
#[derive(Clone, Debug, PartialEq)]
pub struct Write {
    /// Where, with the real map keys and `[]` for any list element: `lines/[]/amount`, `notes`, `contacts/018f…/name`.
    ///
    /// In a key, `/` shows as `~1` and `~` as `~0`, as in RFC 6901, and the key `[]` as `~2`.
    /// Writes into a text, and inserts and deletes of list elements, name the sequence itself followed by `/[]`:
    /// `notes/[]`, `entries/[]`.
    pub path: SmolStr,
    /// What.
    pub action: Action,
    /// True when this key or element held a value before this change (alive or overwritten): a second write
    /// of a fact shows here.
    pub prior: bool,
    /// The list element that the write is in, as `counter@actor-hex` of its insertion; absent outside lists.
    /// For nested lists the innermost one.
    pub element: Option<SmolStr>,
}

/// What a write does.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Sets a map key or replaces a list element.
    Put(ScalarValue),
    /// Makes an object at a map key, or in place of a list element.
    Make(ObjType),
    /// Inserts a scalar into a list.
    Insert(ScalarValue),
    /// Inserts an object into a list.
    InsertMake(ObjType),
    /// Deletes a map key or a list element.
    Delete,
    /// Inserts text: adjacent characters of one operation arrive as one write.
    InsertText(String),
    /// Deletes this many characters of a text.
    DeleteText(usize),
}
