use super::bench::Bench;
use crate::document::command::{Answer, Decision, Entry, Handing};
use crate::document::view::HandoverView;
use crate::model::PersonId;

impl Bench<'_> {
    /// An approver brings somebody in, beside themselves or in their stead.
    pub(super) fn handed_over(&mut self, handover: &HandoverView) {
        match self.seat_of_handover(handover) {
            Err((answer, by)) => self.refuse(&handover.id, answer, by),
            Ok(seat) => {
                let (request, person) = (Some(handover.id.clone()), handover.to);
                match handover.handing {
                    Handing::Add => {
                        self.push(Entry::Added { request, person });
                        self.seat_delegates(person);
                    }
                    Handing::Delegate => self.push(Entry::Delegated {
                        request,
                        seat,
                        person,
                    }),
                }
            }
        }
    }

    fn seat_of_handover(&self, handover: &HandoverView) -> Result<PersonId, (Answer, Option<PersonId>)> {
        if self.is_applicant(handover.by) {
            return Err((Answer::Own, None));
        }
        self.check_round(&handover.revision, Decision::Approve)?;
        let waiting = self.course.waiting();
        let seat = waiting
            .iter()
            .find(|seat| self.roster.same_human(seat.person, handover.by));
        let Some(seat) = seat.filter(|_| self.roster.is_active(handover.by)) else {
            return Err((Answer::NotAsked, None));
        };
        let to = handover.to;
        let is_asked = match handover.handing {
            Handing::Add => self
                .course
                .seats
                .iter()
                .any(|it| self.roster.same_human(it.person, to)),
            Handing::Delegate => self.roster.same_human(to, handover.by) || seat.delegates.contains_key(&to),
        };
        if is_asked || !self.roster.is_active(to) || self.is_applicant(to) {
            return Err((Answer::CannotAsk, None));
        }
        Ok(seat.person)
    }
}
