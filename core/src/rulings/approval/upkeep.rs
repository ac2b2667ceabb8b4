use super::bench::Bench;
use crate::document::command::Entry;
use crate::document::view::Seat;
use crate::model::PersonId;
use crate::rulings::Unruled;

impl Bench<'_> {
    /// What follows without a request: the draft was changed, or the organisation.
    pub(super) fn keep_up(&mut self) -> Result<(), Unruled> {
        if !self.course.is_open() {
            return Ok(());
        }
        if self.course.revision != self.view.revision {
            self.push(Entry::Void {});
            return Ok(());
        }
        let chain = self.chain()?;
        let Some(step) = chain.step(self.course.step) else {
            return Err(self.unknown_chain());
        };
        let (people, _) = self.people(step);
        self.reseat(&people);
        self.reseat_added();
        self.recall();
        for seat in self.course.seats.clone() {
            if seat.agreed.is_none() {
                self.seat_delegates(seat.person);
            }
        }
        if self.course.is_complete() {
            self.advance(&chain, self.course.step)?;
        }
        Ok(())
    }

    /// Did the draft or the organisation change since the last ruling? What follows from it is on the bench then.
    pub(super) fn is_behind(&mut self) -> Result<bool, Unruled> {
        self.keep_up()?;
        Ok(!self.is_silent())
    }

    /// The chain's own approvers: who left or moved away gives the seat up, who came gets one. What was agreed stays.
    fn reseat(&mut self, people: &[PersonId]) {
        for seat in self.course.seats.clone() {
            if !seat.of_chain || seat.agreed.is_some() || self.is_of(&seat, people) {
                continue;
            }
            let person = seat.person;
            self.push(Entry::Unseated { person });
            if seat.added {
                // An approver wanted their word as well.
                self.push(Entry::Added {
                    request: None,
                    person,
                });
            }
        }
        for person in people {
            self.seat_of_chain(*person);
        }
    }

    /// Is the seat one of those whom the chain asks? Whoever was added keeps the account that they were added by.
    fn is_of(&self, seat: &Seat, people: &[PersonId]) -> bool {
        people.contains(&seat.person)
            || seat.added && people.iter().any(|it| self.roster.same_human(*it, seat.person))
    }

    /// Whoever was added and is asked by the chain by now answers for both in one seat: a step that waits for one of the chain's own
    /// would wait for ever for somebody who has answered.
    fn seat_of_chain(&mut self, person: PersonId) {
        let of_human = |seat: &&Seat| self.roster.same_human(seat.person, person);
        let mut seats = self.course.seats.iter().filter(of_human);
        if seats.clone().any(|seat| seat.of_chain) {
            return;
        }
        let added = seats.find(|seat| seat.agreed.is_some() || self.roster.is_active(seat.person));
        let person = added.map_or(person, |seat| seat.person);
        self.push(Entry::Seat { person });
    }

    /// Somebody who was added and left is replaced by whoever leads them.
    fn reseat_added(&mut self) {
        for seat in self.course.seats.clone() {
            let people = self.instead_of(seat.person);
            if !seat.added || seat.agreed.is_some() || people.contains(&seat.person) {
                continue;
            }
            self.push(Entry::Unseated { person: seat.person });
            for person in people {
                let seats = &self.course.seats;
                if !seats.iter().any(|it| self.roster.same_human(it.person, person)) {
                    self.push(Entry::Added {
                        request: None,
                        person,
                    });
                }
            }
        }
    }

    /// Delegates whose time is over, or who left, are recalled.
    fn recall(&mut self) {
        for seat in self.course.seats.clone() {
            let in_time = self.roster.delegates(seat.person, self.now_ms);
            for (person, once) in seat.delegates {
                let stays = (once || in_time.contains(&person))
                    && self.roster.is_active(person)
                    && !self.is_applicant(person);
                if !stays && seat.agreed.is_none() {
                    self.push(Entry::Recalled {
                        seat: seat.person,
                        person,
                    });
                }
            }
        }
    }
}
