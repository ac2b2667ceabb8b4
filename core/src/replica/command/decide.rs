use crate::document::Command;
use crate::document::command::{Decide, Decision};
use crate::model::DocumentId;
use crate::replica::{Now, Replica, ReplicaError};

impl Replica {
    /// Decides an approval on the revision that the person saw. It counts once the server has ruled; until then the
    /// phone shows it as provisional.
    ///
    /// # Errors
    /// One's own request, a person who does not lead the applicant, or an approval that was not handed in.
    pub fn decide(
        &self,
        now: &Now,
        approval: DocumentId,
        revision: &str,
        decision: Decision,
        note: Option<String>,
    ) -> Result<(), ReplicaError> {
        let command = Decide {
            document: approval,
            revision: revision.to_owned(),
            by: self.identity()?.person,
            at: now.at,
            decision,
            note,
        };
        self.execute(now, &[Command::Decide(command)])
    }
}
