use crate::document::Command;
use crate::document::command::EditNote;
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
}
