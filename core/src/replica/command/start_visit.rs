use super::CheckInOutcome;
use crate::document::Command;
use crate::document::command::{Moment, StartVisit};
use crate::geo::Reading;
use crate::model::DocumentId;
use crate::replica::{Now, Replica, ReplicaError, store};
use crate::rules;

impl Replica {
    /// The rep is at the door: checks in with a raw reading, or with none and a reason.
    ///
    /// # Errors
    /// A visit that is closed or not one's own, or another one that is still open; nothing is written then.
    pub fn start_visit(
        &self,
        now: &Now,
        rng: &mut impl rand::Rng,
        visit: DocumentId,
        reading: Option<Reading>,
        reason: Option<String>,
    ) -> Result<CheckInOutcome, ReplicaError> {
        let person = self.identity()?.person;
        let open = self.store().read(|conn| store::own::open_visit(conn, person))?;
        rules::check_one_at_a_time(open, visit)?;
        let (check_in, outcome) = self.check_in(now, rng, visit, Moment::In, reading, reason)?;
        let start = StartVisit {
            document: visit,
            at: now.at,
            check_in: outcome.check_in,
        };
        self.execute(now, &[Command::StartVisit(start), check_in])?;
        Ok(outcome)
    }
}
