use super::bench::Bench;
use crate::document::command::{Answer, Decision, Entry};
use crate::document::view::{DecisionView, End, Seat};
use crate::model::PersonId;
use crate::model::form::Mode;
use crate::rulings::Unruled;

impl Bench<'_> {
    /// Counts a decision, or says why it changes nothing.
    pub(super) fn decided(&mut self, decision: &DecisionView) -> Result<(), Unruled> {
        match self.seat_of(decision) {
            Err((answer, by)) => {
                self.refuse(&decision.id, answer, by);
                Ok(())
            }
            Ok(seat) => self.count(decision, seat),
        }
    }

    fn count(&mut self, decision: &DecisionView, seat: PersonId) -> Result<(), Unruled> {
        let back_to = match (decision.decision, decision.step) {
            (Decision::Return, Some(step)) => {
                if !self.course.plan.contains(&step) || step >= self.course.step {
                    self.refuse(&decision.id, Answer::NoSuchStep, None);
                    return Ok(());
                }
                Some(step)
            }
            _ => None,
        };
        let chain = self.chain()?;
        let step = self.course.step;
        self.push(Entry::Counted {
            request: decision.id.clone(),
            step,
            seat,
            by: decision.by,
            decision: decision.decision,
        });
        match (decision.decision, back_to) {
            (Decision::Return, Some(step)) => self.start(&chain, step)?,
            (Decision::Reject | Decision::Return, _) => self.end(decision.decision, Some(decision.by), None),
            (Decision::Approve, _) if self.course.is_complete() => self.advance(&chain, step)?,
            (Decision::Approve, _) => {}
        }
        Ok(())
    }

    /// The seat that a decision fills, or why it fills none and who was first.
    fn seat_of(&self, decision: &DecisionView) -> Result<PersonId, (Answer, Option<PersonId>)> {
        let course = &self.course;
        let acts_for = decision.acted_for.unwrap_or(decision.by);
        // Whoever asks never decides, whichever account they use and whoever they stand in for.
        if self.is_applicant(decision.by) || self.is_applicant(acts_for) {
            return Err((Answer::Own, None));
        }
        self.check_round(&decision.revision, decision.decision)?;
        if !self.roster.is_active(decision.by) {
            return Err((Answer::NotAsked, None));
        }
        let Some(seat) = course.seats.iter().find(|seat| self.fills(decision, seat)) else {
            let before = course
                .agreed
                .last()
                .filter(|_| course.asked.contains(&decision.by));
            return Err(match before {
                Some((_, by)) => (behind(decision.decision, Decision::Approve), Some(*by)),
                None => (Answer::NotAsked, None),
            });
        };
        if course.waiting().iter().any(|it| it.person == seat.person) {
            return Ok(seat.person);
        }
        let first = seat.agreed.or_else(|| match course.mode {
            Mode::Order => None,
            Mode::Any | Mode::All => course.seats.iter().find_map(|seat| seat.agreed),
        });
        Err(match first {
            Some(by) => (behind(decision.decision, Decision::Approve), Some(by)),
            None => (Answer::NotYet, None),
        })
    }

    /// Is the round open, and on what the person saw? Whoever comes behind the end of the round hears how it ended.
    pub(super) fn check_round(
        &self,
        revision: &str,
        said: Decision,
    ) -> Result<(), (Answer, Option<PersonId>)> {
        let is_current = revision == self.course.revision && revision == self.view.revision;
        match self.course.end {
            Some(End::Decided(Decision::Return)) if !is_current => Err((Answer::Stale, None)),
            Some(End::Decided(ended)) => Err((behind(said, ended), self.ended_by())),
            _ if !is_current => Err((Answer::Stale, None)),
            Some(End::Withdrawn | End::Void) => Err((Answer::NotOpen, None)),
            // Before the first round no revision is the current one.
            None => Ok(()),
        }
    }

    fn fills(&self, decision: &DecisionView, seat: &Seat) -> bool {
        match decision.acted_for {
            None => self.roster.same_human(seat.person, decision.by),
            Some(person) => seat.person == person && self.stands_in(decision.by, seat),
        }
    }

    /// May this person decide in the seat's stead at this moment?
    fn stands_in(&self, person: PersonId, seat: &Seat) -> bool {
        seat.delegates.get(&person) == Some(&true)
            || self.roster.delegates(seat.person, self.now_ms).contains(&person)
    }
}

/// The first stands: who says the same is late, who says something else dissents.
fn behind(said: Decision, stands: Decision) -> Answer {
    if said == stands {
        Answer::Late
    } else {
        Answer::Dissent
    }
}
