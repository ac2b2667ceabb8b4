use crate::document::Command;
use crate::document::command::{Decide, Decision, HandOver, Handing};
use crate::model::{DocumentId, PersonId};
use crate::replica::{Now, Replica, ReplicaError};
use crate::rules;

/// What an approver says about a revision.
#[derive(Clone, Debug, PartialEq)]
pub struct Deciding {
    /// The revision that the person saw.
    pub revision: String,
    /// What.
    pub decision: Decision,
    /// With a return: the step that it goes back to; without it back to the applicant.
    pub step: Option<u32>,
    /// In whose stead; `None` for oneself, or for the other when the person only stands in.
    pub acted_for: Option<PersonId>,
    /// A note; needed with `reject` and `return`.
    pub note: Option<String>,
}

impl Replica {
    /// Decides an approval on the revision that the person saw. It counts once the server has ruled; until then the
    /// phone shows it as provisional. Who only stands in for one other person acts for them.
    ///
    /// # Errors
    /// One's own request, a person who is not asked, a missing note, or an approval that was not handed in.
    pub fn decide(
        &self,
        now: &Now,
        approval: DocumentId,
        revision: &str,
        decision: Decision,
        note: Option<String>,
    ) -> Result<(), ReplicaError> {
        let deciding = Deciding {
            revision: revision.to_owned(),
            decision,
            step: None,
            acted_for: None,
            note,
        };
        self.decide_as(now, approval, deciding)
    }

    /// As [`Replica::decide`], also in another's stead or back to an earlier step.
    ///
    /// # Errors
    /// As [`Replica::decide`].
    pub fn decide_as(&self, now: &Now, approval: DocumentId, deciding: Deciding) -> Result<(), ReplicaError> {
        let me = self.identity()?.person;
        rules::check_turn(&self.approval(approval)?, me, deciding.acted_for, "decisions/[]")?;
        let acted_for = match deciding.acted_for {
            Some(seat) => Some(seat),
            None => self.only_in_stead(approval)?,
        };
        let command = Decide {
            document: approval,
            revision: deciding.revision,
            by: me,
            acted_for,
            at: now.at,
            decision: deciding.decision,
            step: deciding.step,
            note: deciding.note,
        };
        self.execute(now, &[Command::Decide(command)])
    }

    /// In whose stead this person decides when they have no seat of their own.
    fn only_in_stead(&self, approval: DocumentId) -> Result<Option<PersonId>, ReplicaError> {
        let me = self.identity()?.person;
        let turns = self.approval(approval)?.course.turns();
        let mut seats = turns
            .iter()
            .filter(|(_, person)| *person == me)
            .map(|(seat, _)| *seat);
        let own = seats.clone().any(|seat| seat == me);
        Ok(seats.next().filter(|_| !own))
    }

    /// Brings somebody in: beside oneself (加签) or in one's stead (委办), on this request only.
    ///
    /// # Errors
    /// The applicant or oneself, or a person who is not asked.
    pub fn hand_over(
        &self,
        now: &Now,
        approval: DocumentId,
        handing: Handing,
        to: PersonId,
        note: Option<String>,
    ) -> Result<(), ReplicaError> {
        let view = self.approval(approval)?;
        let me = self.identity()?.person;
        // A seat of one's own: who stands in for somebody brings nobody in.
        rules::check_turn(&view, me, Some(me), "handovers/[]")?;
        let command = HandOver {
            document: approval,
            revision: view.course.revision,
            by: me,
            at: now.at,
            handing,
            to,
            note,
        };
        self.execute(now, &[Command::HandOver(command)])
    }
}
