use super::bench::Bench;
use crate::document::command::{Decision, Entry};
use crate::model::PersonId;
use crate::model::form::{Approver, Chain, Step};
use crate::rulings::Unruled;

impl Bench<'_> {
    /// The version of the chain that the round keeps. When it is gone, nothing is known of the steps: to take them for none would
    /// approve what somebody still has to be asked about.
    pub(super) fn chain(&self) -> Result<Chain, Unruled> {
        let known = match Chain::parse_id(&self.course.chain) {
            Some((name, version)) => self.scene.office.chain(name, Some(version))?,
            None => None,
        };
        known.ok_or_else(|| self.unknown_chain())
    }

    pub(super) fn unknown_chain(&self) -> Unruled {
        Unruled::Chain(self.course.chain.clone())
    }

    /// Goes on behind step `done` of the plan: the next step that somebody has to be asked in, or the end.
    pub(super) fn advance(&mut self, chain: &Chain, done: u32) -> Result<(), Unruled> {
        let rest: Vec<u32> = self
            .course
            .plan
            .iter()
            .copied()
            .filter(|step| *step > done)
            .collect();
        for number in rest {
            let step = chain.step(number).ok_or_else(|| self.unknown_chain())?;
            let (people, stood_in) = self.people(step);
            let agreed = |person: &PersonId| {
                let mut agreed = self.course.agreed.iter();
                agreed.any(|(_, by)| self.roster.same_human(*by, *person))
            };
            // Nobody holds the duty, and the superiors who would step in have said yes already.
            if stood_in && !people.is_empty() && people.iter().all(agreed) {
                self.push(Entry::Passed { step: number });
                continue;
            }
            self.seat(number, step, people);
            return Ok(());
        }
        let by = self.course.agreed.last().map(|(_, by)| *by);
        self.end(Decision::Approve, by, None);
        Ok(())
    }

    /// Begins a step, for the first time or again.
    pub(super) fn start(&mut self, chain: &Chain, number: u32) -> Result<(), Unruled> {
        let step = chain.step(number).ok_or_else(|| self.unknown_chain())?;
        let (people, _) = self.people(step);
        self.seat(number, step, people);
        Ok(())
    }

    fn seat(&mut self, number: u32, step: &Step, people: Vec<PersonId>) {
        self.push(Entry::Step {
            step: number,
            mode: step.mode,
        });
        for person in people {
            self.push(Entry::Seat { person });
            self.seat_delegates(person);
        }
    }

    /// Says who may decide in the stead of a seat because the organisation said so for this time.
    pub(super) fn seat_delegates(&mut self, seat: PersonId) {
        for person in self.roster.delegates(seat, self.now_ms) {
            let known = self.course.seats.iter().find(|it| it.person == seat);
            let is_known = known.is_some_and(|it| it.delegates.contains_key(&person));
            if !is_known && !self.is_applicant(person) {
                self.push(Entry::Delegated {
                    request: None,
                    seat,
                    person,
                });
            }
        }
    }

    /// Who is asked in a step as the organisation is now, each human once; and whether all of them stand in for somebody
    /// who is not there.
    pub(super) fn people(&self, step: &Step) -> (Vec<PersonId>, bool) {
        let mut people: Vec<PersonId> = Vec::new();
        let mut stood_in = true;
        for approver in &step.approvers {
            let (found, instead) = self.roster.resolve(approver, self.view.applicant);
            stood_in &= instead;
            for person in found {
                if !people.iter().any(|known| self.roster.same_human(*known, person)) {
                    people.push(person);
                }
            }
        }
        (people, stood_in)
    }

    /// Who is asked instead of somebody whom an approver had added.
    pub(super) fn instead_of(&self, added: PersonId) -> Vec<PersonId> {
        self.roster
            .resolve(&Approver::Person(added), self.view.applicant)
            .0
    }
}
