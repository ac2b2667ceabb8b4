use crate::document::Command;
use crate::document::command::EditNote;
use crate::document::view::VisitView;
use crate::gate::DocumentIndex;
use crate::model::DocumentId;
use crate::replica::{Now, Replica, ReplicaError};

impl Replica {
    /// Edits the notes of a visit: at a character position, deletes some characters and inserts some text. What others
    /// write at the same time merges.
    ///
    /// # Errors
    /// A visit that is not one's own or one's team's.
    pub fn edit_note(
        &self,
        now: &Now,
        visit: DocumentId,
        position: usize,
        delete: usize,
        insert: &str,
    ) -> Result<(), ReplicaError> {
        let command = EditNote {
            document: visit,
            position,
            delete,
            insert: insert.to_owned(),
        };
        self.execute(now, &[Command::EditNote(command)])
    }

    /// Says what the notes of a visit are now, where the person saw them as `seen` and left them as `text`: only what the
    /// person changed is written, so what others wrote meanwhile stays. Nothing is written when nothing changed.
    ///
    /// # Errors
    /// A visit that is not on this phone, or as [`Replica::edit_note`].
    pub fn set_note(&self, now: &Now, visit: DocumentId, seen: &str, text: &str) -> Result<(), ReplicaError> {
        let read = |index: &DocumentIndex| Ok(VisitView::read(index)?.notes);
        let stored = self
            .with_document(visit, read)?
            .ok_or(ReplicaError::Unknown(visit))?;
        let ours = Span::between(seen, text);
        if ours.is_empty() {
            return Ok(());
        }
        let theirs = Span::between(seen, &stored);
        let position = if theirs.is_empty() || ours.position + ours.delete <= theirs.position {
            ours.position
        } else if ours.position >= theirs.position + theirs.delete {
            ours.position + theirs.insert.chars().count() - theirs.delete
        } else {
            // Both changed the same words: theirs stay, ours go behind them.
            let behind = theirs.position + theirs.insert.chars().count();
            return self.edit_note(now, visit, behind, 0, &ours.insert);
        };
        self.edit_note(now, visit, position, ours.delete, &ours.insert)
    }
}

/// The one stretch in which two texts differ, in characters.
#[derive(Debug, PartialEq, Eq)]
struct Span {
    position: usize,
    delete: usize,
    insert: String,
}

impl Span {
    fn between(before: &str, after: &str) -> Self {
        let (before, after): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
        let same =
            |pairs: &mut dyn Iterator<Item = (&char, &char)>| pairs.take_while(|(a, b)| a == b).count();
        let position = same(&mut before.iter().zip(&after));
        let (before, after) = (&before[position..], &after[position..]);
        let tail = same(&mut before.iter().rev().zip(after.iter().rev()));
        Self {
            position,
            delete: before.len() - tail,
            insert: after[..after.len() - tail].iter().collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.delete == 0 && self.insert.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_texts_differ_in_one_stretch() {
        let span = |position, delete, insert: &str| Span {
            position,
            delete,
            insert: insert.to_owned(),
        };
        assert_eq!(Span::between("price list", "new price list"), span(0, 0, "new "));
        assert_eq!(Span::between("问李姐", "问李大姐"), span(2, 0, "大"));
        assert_eq!(Span::between("aaa", "aa"), span(2, 1, ""));
        assert_eq!(Span::between("aa", "aaa"), span(2, 0, "a"));
        assert!(Span::between("same", "same").is_empty());
    }
}
