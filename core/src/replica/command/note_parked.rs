use crate::document::Command;
use crate::document::command::EditNote;
use crate::document::view::VisitView;
use crate::gate::DocumentIndex;
use crate::model::Kind;
use crate::replica::{Now, Replica, ReplicaError, typed_fields};

impl Replica {
    /// Keeps what a person typed into parked work on a visit as a line of its notes, where it is always welcome, and takes
    /// the parked work away.
    ///
    /// # Errors
    /// Nothing parked under this number on a visit, a visit that is not on this phone, or as [`Replica::resend_parked`];
    /// everything stays as it was then.
    pub fn note_parked(&self, now: &Now, id: i64) -> Result<(), ReplicaError> {
        let mut parked = self.parked()?.into_iter();
        let parked = parked.find(|parked| parked.id == id && parked.kind == Kind::Visit);
        let parked = parked.ok_or(ReplicaError::NotParked(id))?;
        let read = |index: &DocumentIndex| Ok(VisitView::read(index)?.notes);
        let notes = self
            .with_document(parked.document, read)?
            .ok_or(ReplicaError::Unknown(parked.document))?;
        let typed = typed_fields(&parked.recorded).into_iter();
        let line = typed.map(|field| field.value).collect::<Vec<_>>().join(" · ");
        let between = if notes.is_empty() { "" } else { "\n" };
        let command = EditNote {
            document: parked.document,
            position: notes.chars().count(),
            delete: 0,
            insert: format!("{between}{line}"),
        };
        self.resend_parked(now, id, &Command::EditNote(command))?;
        Ok(())
    }
}
