use super::CheckInOutcome;
use crate::document::Command;
use crate::document::command::{FinishVisit, Moment};
use crate::geo::Reading;
use crate::model::DocumentId;
use crate::replica::{Now, Replica, ReplicaError};

impl Replica {
    /// The rep leaves: checks out and finishes the visit.
    ///
    /// # Errors
    /// A visit that has not started or is closed; nothing is written then.
    pub fn finish_visit(
        &self,
        now: &Now,
        rng: &mut impl rand::Rng,
        visit: DocumentId,
        reading: Option<Reading>,
        reason: Option<String>,
        outcome: Option<String>,
    ) -> Result<CheckInOutcome, ReplicaError> {
        let (check_out, judged) = self.check_in(now, rng, visit, Moment::Out, reading, reason)?;
        let finish = FinishVisit {
            document: visit,
            at: now.at,
            check_in: judged.check_in,
            outcome,
        };
        self.execute(now, &[Command::FinishVisit(finish), check_out])?;
        Ok(judged)
    }
}
