use super::id::Id;
use super::object::Object;
use super::write::{Action, Write};

/// The list of writes of one change as it grows; typing and deleting in a text become one write each.
#[derive(Debug, Default)]
pub(super) struct Writes {
    list: Vec<Write>,
    typing: Option<Typing>,
}

/// What the last write does in a text.
#[derive(Debug, PartialEq)]
enum Typing {
    /// Its last character is this one.
    Inserts { text: Id, last: Id },
    /// Whether the characters were there before the change.
    Deletes { text: Id, prior: bool },
}

impl Writes {
    /// Adds a write outside a text.
    pub(super) fn push(&mut self, write: Write) {
        self.typing = None;
        self.list.push(write);
    }

    /// Adds a character that was inserted into a text.
    pub(super) fn insert_character(
        &mut self,
        text: Id,
        after: Option<Id>,
        id: Id,
        character: char,
        object: &Object,
    ) {
        let follows = after.is_some_and(|last| self.typing == Some(Typing::Inserts { text, last }));
        self.typing = Some(Typing::Inserts { text, last: id });
        match self.list.last_mut().map(|write| &mut write.action) {
            Some(Action::InsertText(inserted)) if follows => inserted.push(character),
            _ => self
                .list
                .push(in_text(object, Action::InsertText(character.into()), false)),
        }
    }

    /// Adds a character that was deleted from a text.
    pub(super) fn delete_character(&mut self, text: Id, prior: bool, object: &Object) {
        let typing = Some(Typing::Deletes { text, prior });
        let follows = self.typing == typing;
        self.typing = typing;
        match self.list.last_mut().map(|write| &mut write.action) {
            Some(Action::DeleteText(count)) if follows => *count += 1,
            _ => self.list.push(in_text(object, Action::DeleteText(1), prior)),
        }
    }

    /// All writes, in the order of the operations.
    pub(super) fn into_list(self) -> Vec<Write> {
        self.list
    }
}

fn in_text(object: &Object, action: Action, prior: bool) -> Write {
    Write {
        path: object.path_of_element(),
        action,
        prior,
        element: object.element.clone(),
    }
}
