use std::collections::{BTreeMap, BTreeSet};

use super::super::ViewError;
use super::super::fields::Fields;
use super::entry;
use crate::document::command::{Answer, Decision, Entry};
use crate::gate::DocumentIndex;
use crate::model::form::Mode;
use crate::model::{DocumentId, PersonId};

/// Where the server says that an approval is: what its rulings come to, one after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Course {
    /// The number of the ruling that the last round began with; 0 before the first.
    pub opened: u64,
    /// The submission that the last round began with; empty before the first.
    pub submission: String,
    /// The revision that the decisions of the round have to name.
    pub revision: String,
    /// The version of the chain that the round keeps, for example `expense@1`.
    pub chain: String,
    /// The numbers of the steps that apply.
    pub plan: Vec<u32>,
    /// By how much it is over the limit of the house, a decimal.
    pub excess: Option<String>,
    /// What the approvers should look at.
    pub flags: Vec<Flag>,
    /// The step that goes on, 0 for none.
    pub step: u32,
    /// How its approvers decide together.
    pub mode: Mode,
    /// Who is asked in it.
    pub seats: Vec<Seat>,
    /// Who agreed in this round so far: the step, and who decided.
    pub agreed: Vec<(u32, PersonId)>,
    /// Everybody who was asked in this round so far.
    pub asked: BTreeSet<PersonId>,
    /// How the round ended; `None` while it goes on and before the first.
    pub end: Option<End>,
    /// What each request came to, by its element.
    pub ruled: BTreeMap<String, Ruled>,
    /// Everybody who was ever asked, in any round, whether they still are or not.
    pub approvers: BTreeSet<PersonId>,
    /// Everybody who ever got a copy.
    pub copied: BTreeSet<PersonId>,
    /// Everybody who may see the approval because they are or were asked, or got a copy.
    pub reach: BTreeSet<PersonId>,
}

/// Somebody who is asked in a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Seat {
    /// Who.
    pub person: PersonId,
    /// The chain asks them.
    pub of_chain: bool,
    /// An approver had them added: they have to agree whatever the mode. Both can be true of one seat.
    pub added: bool,
    /// Who may decide in their stead; true for this request only, false for a period.
    pub delegates: BTreeMap<PersonId, bool>,
    /// Who decided for this seat.
    pub agreed: Option<PersonId>,
}

/// How a round ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Ruled.
    Decided(Decision),
    /// Taken back.
    Withdrawn,
    /// Changed after it was handed in.
    Void,
}

/// What a request came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Ruled {
    /// A submission that began a round, a withdrawal or a handover that holds.
    Taken,
    /// A decision that counts.
    Counted {
        /// The step it counts for.
        step: u32,
        /// Whose seat it fills.
        seat: PersonId,
        /// Who decided.
        by: PersonId,
    },
    /// Nothing, and why.
    Refused {
        /// Why.
        answer: Answer,
        /// Who was first, when somebody was.
        by: Option<PersonId>,
    },
}

/// What the approvers should look at.
#[derive(Clone, Debug, PartialEq)]
pub enum Flag {
    /// The lines of a category come to more than its limit.
    OverLimit {
        /// The category.
        category: String,
        /// By how much, a decimal.
        excess: String,
    },
    /// The receipt of a line was handed in before.
    Duplicate {
        /// The line.
        line: String,
        /// The approval that has it already.
        other: DocumentId,
    },
}

impl Course {
    /// Reads the rulings of an approval, in their order.
    ///
    /// # Errors
    /// A ruling that does not read.
    pub fn read(index: &DocumentIndex) -> Result<Self, ViewError> {
        let mut course = Self::default();
        let root = index.root();
        let entries = root.list("rulings").into_iter().flat_map(|list| list.iter());
        for (_, map) in entries {
            let fields = Fields::below(map, "rulings/[]/");
            // A newer server says more; what it means is not known here.
            if let Some(entry) = entry::read(fields)? {
                course.apply(fields.uint("ruling")?, &entry);
            }
        }
        if let Some(outcome) = root.map("outcome") {
            let ended = outcome.str("outcome").and_then(Decision::from_name);
            course.decide(outcome.uint("ruling").unwrap_or(0), ended);
        }
        Ok(course)
    }

    /// Takes in what a ruling says.
    pub fn apply(&mut self, ruling: u64, entry: &Entry) {
        match entry {
            Entry::Open { .. } => self.open(ruling, entry),
            Entry::OverLimit { category, excess } => self.flags.push(Flag::OverLimit {
                category: category.clone(),
                excess: excess.clone(),
            }),
            Entry::Duplicate { line, other } => self.flags.push(Flag::Duplicate {
                line: line.clone(),
                other: *other,
            }),
            Entry::Step { step, mode } => self.begin(*step, *mode),
            Entry::Passed { step } => self.begin(*step, Mode::Any),
            Entry::Seat { person } => self.sit(*person, false),
            Entry::Added { person, .. } => self.sit(*person, true),
            Entry::Delegated {
                seat,
                person,
                request,
            } => self.delegate(*seat, *person, request.is_some()),
            Entry::Recalled { seat, person } => self.recall(*seat, *person),
            Entry::Unseated { person } => self.unseat(*person),
            Entry::Copied { person } => self.copy(*person),
            Entry::Counted { .. } => self.count(entry),
            Entry::Refused { .. } => {}
            Entry::Withdrawn { .. } => self.stop(End::Withdrawn),
            Entry::Void {} => self.stop(End::Void),
        }
        self.answer(entry);
    }

    /// Takes in the outcome of the ruling `ruling`, when it is of the last round.
    pub fn decide(&mut self, ruling: u64, outcome: Option<Decision>) {
        if let Some(outcome) = outcome.filter(|_| self.opened > 0 && ruling >= self.opened) {
            self.stop(End::Decided(outcome));
        }
    }

    /// Does a round go on?
    pub fn is_open(&self) -> bool {
        self.opened > 0 && self.end.is_none()
    }

    /// Did the server say something about this request?
    pub fn is_ruled(&self, request: &str) -> bool {
        self.ruled.contains_key(request)
    }

    /// Whose turn it is: seat and person, the seat's own person first.
    pub fn turns(&self) -> Vec<(PersonId, PersonId)> {
        let mut turns = Vec::new();
        for seat in self.waiting() {
            turns.push((seat.person, seat.person));
            turns.extend(seat.delegates.keys().map(|delegate| (seat.person, *delegate)));
        }
        turns
    }

    /// The seats that may decide now: in an in-order step the first one that has not, else all that have not.
    pub fn waiting(&self) -> Vec<&Seat> {
        if !self.is_open() {
            return Vec::new();
        }
        let mut open = self.seats.iter().filter(|seat| seat.agreed.is_none());
        match self.mode {
            Mode::Order => open.next().into_iter().collect(),
            Mode::All => open.collect(),
            Mode::Any => open.filter(|seat| seat.added || !self.has_one()).collect(),
        }
    }

    /// Have all agreed that the step needs?
    pub fn is_complete(&self) -> bool {
        !self.seats.is_empty() && self.waiting().is_empty() && (self.mode != Mode::Any || self.has_one())
    }

    /// Has one of the chain's own approvers agreed in this step?
    fn has_one(&self) -> bool {
        self.seats
            .iter()
            .any(|seat| seat.of_chain && seat.agreed.is_some())
    }

    fn open(&mut self, ruling: u64, entry: &Entry) {
        let Entry::Open {
            request,
            revision,
            chain,
            plan,
            excess,
        } = entry
        else {
            return;
        };
        *self = Self {
            opened: ruling,
            submission: request.clone(),
            revision: revision.clone(),
            chain: chain.clone(),
            plan: plan.clone(),
            excess: excess.clone(),
            ruled: std::mem::take(&mut self.ruled),
            approvers: std::mem::take(&mut self.approvers),
            copied: std::mem::take(&mut self.copied),
            reach: std::mem::take(&mut self.reach),
            ..Self::default()
        };
    }

    /// A step that begins again forgets what was agreed in it and after it.
    fn begin(&mut self, step: u32, mode: Mode) {
        self.agreed.retain(|(agreed, _)| *agreed < step);
        self.seats.clear();
        self.step = step;
        self.mode = mode;
    }

    fn stop(&mut self, end: End) {
        self.end = Some(end);
        self.seats.clear();
    }

    /// Whoever sits already keeps the seat, with what was agreed: they are asked for one more reason.
    fn sit(&mut self, person: PersonId, added: bool) {
        self.ask(person);
        if let Some(seat) = self.seats.iter_mut().find(|it| it.person == person) {
            seat.added |= added;
            seat.of_chain |= !added;
            return;
        }
        self.seats.push(Seat {
            person,
            of_chain: !added,
            added,
            delegates: BTreeMap::new(),
            agreed: None,
        });
    }

    fn delegate(&mut self, seat: PersonId, person: PersonId, once: bool) {
        self.ask(person);
        if let Some(seat) = self.seats.iter_mut().find(|it| it.person == seat) {
            seat.delegates.insert(person, once);
        }
    }

    fn copy(&mut self, person: PersonId) {
        self.copied.insert(person);
        self.reach.insert(person);
    }

    fn ask(&mut self, person: PersonId) {
        self.reach.insert(person);
        self.asked.insert(person);
        self.approvers.insert(person);
    }

    fn recall(&mut self, seat: PersonId, person: PersonId) {
        if let Some(seat) = self.seats.iter_mut().find(|it| it.person == seat) {
            seat.delegates.remove(&person);
        }
        self.lose(person);
    }

    fn unseat(&mut self, person: PersonId) {
        let gone: Vec<PersonId> = self
            .seats
            .iter()
            .filter(|seat| seat.person == person)
            .flat_map(|seat| seat.delegates.keys().copied())
            .collect();
        self.seats.retain(|seat| seat.person != person);
        for person in std::iter::once(person).chain(gone) {
            self.lose(person);
        }
    }

    /// Whoever is not asked any more and had no part in it sees it no longer, unless they have a copy.
    fn lose(&mut self, person: PersonId) {
        let asked = |seat: &Seat| seat.person == person || seat.delegates.contains_key(&person);
        let had_part = self.agreed.iter().any(|(_, by)| *by == person);
        if had_part || self.seats.iter().any(asked) {
            return;
        }
        self.asked.remove(&person);
        if !self.copied.contains(&person) {
            self.reach.remove(&person);
        }
    }

    fn count(&mut self, entry: &Entry) {
        let Entry::Counted {
            step,
            seat,
            by,
            decision: Decision::Approve,
            ..
        } = entry
        else {
            return;
        };
        self.agreed.push((*step, *by));
        if let Some(seat) = self.seats.iter_mut().find(|it| it.person == *seat) {
            seat.agreed = Some(*by);
        }
    }

    /// What the request that the entry is about came to.
    fn answer(&mut self, entry: &Entry) {
        let Some(request) = entry.request() else { return };
        let ruled = match entry {
            Entry::Counted { step, seat, by, .. } => Ruled::Counted {
                step: *step,
                seat: *seat,
                by: *by,
            },
            Entry::Refused { answer, by, .. } => Ruled::Refused {
                answer: *answer,
                by: *by,
            },
            _ => Ruled::Taken,
        };
        self.ruled.insert(request.to_owned(), ruled);
    }
}
