use crate::document::Command;
use crate::document::command::{CancelVisit, Moment};
use crate::document::view::{VisitStatus, VisitView};
use crate::gate::DocumentIndex;
use crate::geo::Reading;
use crate::model::DocumentId;
use crate::replica::{Now, Replica, ReplicaError};

impl Replica {
    /// The visit does not take place, or ends early. A visit that had started keeps a reading of where it ended.
    ///
    /// # Errors
    /// A visit that is closed or not one's own; nothing is written then.
    pub fn cancel_visit(
        &self,
        now: &Now,
        rng: &mut impl rand::Rng,
        visit: DocumentId,
        reason: String,
        reading: Option<Reading>,
    ) -> Result<(), ReplicaError> {
        let read = |index: &DocumentIndex| Ok(VisitView::read(index)?.status);
        let status = self
            .with_document(visit, read)?
            .ok_or(ReplicaError::Unknown(visit))?;
        let started = status == VisitStatus::Started;
        let mut commands = Vec::new();
        let mut check_in = None;
        if started {
            let (command, outcome) =
                self.check_in(now, rng, visit, Moment::Cancel, reading, Some(reason.clone()))?;
            check_in = Some(outcome.check_in);
            commands.push(command);
        }
        let cancel = CancelVisit {
            document: visit,
            by: self.identity()?.person,
            at: now.at,
            reason,
            check_in,
        };
        commands.insert(0, Command::CancelVisit(cancel));
        self.execute(now, &commands)
    }
}
