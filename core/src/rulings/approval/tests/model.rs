//! Every order in which edits, submissions, withdrawals and decisions can arrive, against a model that knows nothing of
//! documents: three approvers, three steps, two edits; each written by a phone that has just synced, and by one that
//! has not for as long as it could do without.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::document::command::{Answer, Decide, Decision, Submit, Withdraw};
use crate::document::fixture::*;
use crate::document::view::{ApprovalView, End, Ruled, revision, total};
use crate::document::{Command, write};
use crate::gate::DocumentIndex;
use crate::model::form::{Approver, Chain, Mode, Step};
use crate::model::{Kind, PersonId, Role, Words};
use crate::rules::{Attempt, Before, judge};
use crate::rulings::testing::{Desktop, member, scene};
use crate::rulings::{Scene, next};
use crate::wire::SCHEMA_VERSION;

const APPROVERS: [u128; 3] = [11, 12, 13];
const EDITS: u8 = 2;

/// What arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Arrival {
    Edit,
    Submit,
    /// Of what was handed in last.
    Withdraw,
    /// By an approver, on a revision that was handed in, back to the first step or not.
    Decide(usize, u8, Decision, bool),
}

/// What is expected of one arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    Taken,
    Counted,
    Refused(Answer),
}

/// The model: a few numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Model {
    draft: u8,
    handed_in: Vec<u8>,
    round: Option<Round>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Round {
    revision: u8,
    step: usize,
    agreed: [bool; 3],
    end: Option<Ending>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Ending {
    Decided(Decision),
    Withdrawn,
    Void,
}

impl Model {
    fn is_closed(&self) -> bool {
        let end = self.round.as_ref().and_then(|round| round.end);
        matches!(end, Some(Ending::Decided(Decision::Approve | Decision::Reject)))
    }

    /// Everything that the rules let in now.
    fn arrivals(&self) -> Vec<Arrival> {
        let mut arrivals = Vec::new();
        if !self.is_closed() {
            if self.draft < EDITS {
                arrivals.push(Arrival::Edit);
            }
            let returned = self.round.as_ref().is_some_and(|round| {
                round.end == Some(Ending::Decided(Decision::Return)) && round.revision == self.draft
            });
            if !returned {
                arrivals.push(Arrival::Submit);
            }
            if !self.handed_in.is_empty() {
                arrivals.push(Arrival::Withdraw);
            }
        }
        for who in 0..APPROVERS.len() {
            for revision in &self.handed_in {
                for decision in Decision::ALL {
                    arrivals.push(Arrival::Decide(who, *revision, decision, false));
                }
                arrivals.push(Arrival::Decide(who, *revision, Decision::Return, true));
            }
        }
        arrivals
    }

    fn take(&mut self, modes: [Mode; 3], arrival: Arrival) -> Expected {
        match arrival {
            Arrival::Edit => {
                self.draft += 1;
                if let Some(round) = self.round.as_mut().filter(|round| round.end.is_none()) {
                    round.end = Some(Ending::Void);
                }
                Expected::Taken
            }
            Arrival::Submit => {
                let known = self.handed_in.contains(&self.draft);
                if !known {
                    self.handed_in.push(self.draft);
                }
                let open = self.round.as_ref().filter(|round| round.end.is_none());
                if open.is_some_and(|round| round.revision == self.draft) {
                    return Expected::Refused(Answer::Late);
                }
                self.round = Some(Round {
                    revision: self.draft,
                    step: 0,
                    agreed: [false; 3],
                    end: None,
                });
                Expected::Taken
            }
            Arrival::Withdraw => self.withdraw(),
            Arrival::Decide(who, revision, decision, back) => {
                self.decide(modes, who, revision, decision, back)
            }
        }
    }

    fn withdraw(&mut self) -> Expected {
        let last = self.handed_in.last().copied();
        let Some(round) = self.round.as_mut() else {
            return Expected::Refused(Answer::Stale);
        };
        match round.end {
            None if Some(round.revision) == last => {
                round.end = Some(Ending::Withdrawn);
                Expected::Taken
            }
            None => Expected::Refused(Answer::Stale),
            Some(Ending::Decided(_)) => Expected::Refused(Answer::Late),
            Some(_) => Expected::Refused(Answer::NotOpen),
        }
    }

    fn decide(
        &mut self,
        modes: [Mode; 3],
        who: usize,
        revision: u8,
        decision: Decision,
        back: bool,
    ) -> Expected {
        let behind = |stands: Decision| {
            Expected::Refused(if decision == stands {
                Answer::Late
            } else {
                Answer::Dissent
            })
        };
        let draft = self.draft;
        let Some(round) = self.round.as_mut() else {
            return Expected::Refused(Answer::Stale);
        };
        let current = revision == round.revision && revision == draft;
        match round.end {
            Some(Ending::Decided(ended)) if current || ended != Decision::Return => return behind(ended),
            _ if !current => return Expected::Refused(Answer::Stale),
            Some(_) => return Expected::Refused(Answer::NotOpen),
            None => {}
        }
        let turn = round.agreed.iter().position(|agreed| !agreed).unwrap_or(0);
        if round.agreed[who] {
            return behind(Decision::Approve);
        }
        if modes[round.step] == Mode::Order && who != turn {
            return Expected::Refused(Answer::NotYet);
        }
        match (decision, back) {
            (Decision::Return, true) if round.step == 0 => return Expected::Refused(Answer::NoSuchStep),
            (Decision::Return, true) => {
                round.step = 0;
                round.agreed = [false; 3];
            }
            (Decision::Approve, _) => {
                round.agreed[who] = true;
                if modes[round.step] == Mode::Any || round.agreed == [true; 3] {
                    round.agreed = [false; 3];
                    round.step += 1;
                    if round.step == 3 {
                        round.step = 2;
                        round.end = Some(Ending::Decided(Decision::Approve));
                    }
                }
            }
            (other, _) => round.end = Some(Ending::Decided(other)),
        }
        Expected::Counted
    }
}

const REP_ACTOR: u8 = 1;
const SERVER_ACTOR: u8 = 9;
const APPROVER_ACTORS: [u8; 3] = [20, 21, 22];

/// The implementation: a document, ruled on as on the server.
#[derive(Clone)]
struct Real {
    index: DocumentIndex,
    /// What each phone holds: the document as of its last sync, and its own writes since.
    phones: BTreeMap<u8, DocumentIndex>,
    number: u64,
    /// The revisions by their number in the model.
    revisions: Vec<String>,
}

impl Real {
    fn new() -> Self {
        let desk = Desk::with(&[draft_expense(), add_line("10")]);
        Self {
            revisions: vec![revision(&desk.index)],
            phones: BTreeMap::from([(REP_ACTOR, desk.index.clone())]),
            index: desk.index,
            number: 1,
        }
    }

    /// The phone syncs, unless it is offline and can do without: it has the document, and knows the revision.
    fn sync(&mut self, actor: u8, offline: bool, revision: Option<&str>) {
        let can_do_without = |phone: &DocumentIndex| {
            revision.is_none_or(|revision| {
                let view = ApprovalView::read(phone).unwrap();
                view.submissions.iter().any(|it| it.revision == revision)
            })
        };
        if !(offline && self.phones.get(&actor).is_some_and(can_do_without)) {
            self.phones.insert(actor, self.index.clone());
        }
    }

    /// Writes an operation on what the phone holds; the rules have to let a person's in.
    fn write(&mut self, actor: u8, command: &Command, by: Option<PersonId>) {
        let before = Before::of(Kind::Approval, &self.index);
        let written_ms = i64::try_from(WRITTEN_MS).unwrap();
        let phone = self.phones.get_mut(&actor).unwrap();
        let written = write(phone, &actor_id(actor), command, written_ms).unwrap();
        phone.admit(&written.change).unwrap();
        phone.seal(written.hash);
        let writes = self.index.admit(&written.change).unwrap();
        if let Some(by) = by {
            let who = crate::model::Principal {
                person: by,
                subtree: [by, person(REP)].into(),
                ..principal(SUPERVISOR)
            };
            let attempt = Attempt {
                principal: &who,
                kind: Kind::Approval,
                schema: SCHEMA_VERSION,
                at_ms: WRITTEN_MS,
            };
            judge(&attempt, &before, &self.index, &writes)
                .unwrap_or_else(|rejection| panic!("{command:?}: {rejection:?}"));
        }
        self.index.seal(written.hash);
    }

    fn settle(&mut self, office: &Desktop, desk: &Desk) {
        for _ in 0..8 {
            let scene = Scene {
                index: &self.index,
                number: self.number,
                ..scene(desk, document(6), office)
            };
            let Some(ruling) = next(Kind::Approval, &scene).unwrap() else {
                return;
            };
            self.sync(SERVER_ACTOR, false, None);
            self.write(SERVER_ACTOR, &ruling.command, None);
            self.number += 1;
        }
        panic!("the rulings do not come to an end");
    }

    /// Lets it arrive and answers the element of the request.
    fn take(&mut self, model: &Model, arrival: Arrival, offline: bool) -> Option<String> {
        let before = self.requests();
        match arrival {
            Arrival::Edit => {
                self.sync(REP_ACTOR, offline, None);
                self.write(REP_ACTOR, &add_line("1"), Some(person(REP)));
                self.revisions.push(revision(&self.phones[&REP_ACTOR]));
            }
            Arrival::Submit => {
                self.sync(REP_ACTOR, offline, None);
                let phone = &self.phones[&REP_ACTOR];
                let command = Submit {
                    document: document(6),
                    at: at(130),
                    revision: self.revisions[usize::from(model.draft)].clone(),
                    total: total(phone).map(|total| total.to_string()),
                    chain: None,
                };
                self.write(REP_ACTOR, &Command::Submit(command), Some(person(REP)));
            }
            Arrival::Withdraw => {
                self.sync(REP_ACTOR, offline, None);
                let last = model.handed_in.last().copied().unwrap_or_default();
                let command = Withdraw {
                    document: document(6),
                    revision: self.revisions[usize::from(last)].clone(),
                    at: at(131),
                    note: None,
                };
                self.write(REP_ACTOR, &Command::Withdraw(command), Some(person(REP)));
            }
            Arrival::Decide(who, revision, decision, back) => {
                let (by, actor) = (person(APPROVERS[who]), APPROVER_ACTORS[who]);
                let revision = self.revisions[usize::from(revision)].clone();
                self.sync(actor, offline, Some(&revision));
                let command = Decide {
                    document: document(6),
                    revision,
                    by,
                    acted_for: None,
                    at: at(140),
                    decision,
                    step: back.then_some(1),
                    note: Some("why".to_owned()),
                };
                self.write(actor, &Command::Decide(command), Some(by));
            }
        }
        let mut fresh = self.requests().into_iter().filter(|id| !before.contains(id));
        let request = fresh.next();
        assert_eq!(fresh.next(), None);
        request
    }

    /// The elements of everything that is asked for and answered.
    fn requests(&self) -> BTreeSet<String> {
        let view = self.view();
        let submitted = view.submissions.into_iter().map(|it| it.id);
        let withdrawn = view.withdrawals.into_iter().map(|it| it.id);
        let decided = view.decisions.into_iter().map(|it| it.id);
        submitted.chain(withdrawn).chain(decided).collect()
    }

    fn view(&self) -> ApprovalView {
        ApprovalView::read(&self.index).unwrap()
    }

    /// Does the document stand where the model stands?
    fn compare(&self, model: &Model, expected: Expected, request: Option<&String>) {
        let view = self.view();
        let course = &view.course;
        let said = request.map(|request| match course.ruled.get(request) {
            Some(Ruled::Taken) => Expected::Taken,
            Some(Ruled::Counted { .. }) => Expected::Counted,
            Some(Ruled::Refused { answer, .. }) => Expected::Refused(*answer),
            None => panic!("no answer"),
        });
        assert_eq!(said.unwrap_or(Expected::Taken), expected);
        let Some(round) = &model.round else {
            assert_eq!(course.opened, 0);
            return;
        };
        assert_eq!(course.revision, self.revisions[usize::from(round.revision)]);
        let end = course.end.map(|end| match end {
            End::Decided(decision) => Ending::Decided(decision),
            End::Withdrawn => Ending::Withdrawn,
            End::Void => Ending::Void,
        });
        assert_eq!(end, round.end);
        if round.end.is_none() {
            assert_eq!(course.step as usize, round.step + 1);
            let agreed: Vec<bool> = course.seats.iter().map(|seat| seat.agreed.is_some()).collect();
            assert_eq!(agreed, round.agreed);
        }
        let ruled = view.outcome.as_ref().map(|outcome| outcome.outcome);
        if let Some(Ending::Decided(decision)) = round.end {
            assert_eq!(ruled, Some(decision));
        }
    }
}

/// Walks every state that can be reached; answers how many states and arrivals there were.
fn explore(modes: [Mode; 3]) -> (usize, usize) {
    let mut office = Desktop::with([principal(REP)]);
    let rep = member(person(REP), principal(REP).unit, Role::Rep);
    let approvers = APPROVERS.map(|who| member(person(who), principal(REP).unit, Role::Rep));
    let units = [(principal(REP).unit, None)];
    office.roster = crate::model::Roster::new([rep].into_iter().chain(approvers), units, Vec::new());
    let step = |mode| Step {
        label: Words::new("Step", "步骤"),
        mode,
        approvers: APPROVERS.map(|who| Approver::Person(person(who))).to_vec(),
        when: None,
    };
    office.chains.push(Chain {
        name: "expense".to_owned(),
        version: 9,
        steps: modes.map(step).to_vec(),
        copies: Vec::new(),
    });
    let desk = Desk::new(Kind::Approval);
    let start = Model {
        draft: 0,
        handed_in: Vec::new(),
        round: None,
    };
    let mut seen = BTreeMap::from([(start.clone(), ())]);
    let mut open = VecDeque::from([(start, Real::new())]);
    let mut arrivals = 0;
    while let Some((model, real)) = open.pop_front() {
        // Offline first: what is walked on from is the document with the most histories beside one another.
        let both = |arrival| [(arrival, true), (arrival, false)];
        for (arrival, offline) in model.arrivals().into_iter().flat_map(both) {
            let (mut after, mut document) = (model.clone(), real.clone());
            let request = document.take(&model, arrival, offline);
            document.settle(&office, &desk);
            let expected = after.take(modes, arrival);
            document.compare(&after, expected, request.as_ref());
            arrivals += 1;
            if seen.insert(after.clone(), ()).is_none() {
                open.push_back((after, document));
            }
        }
    }
    (seen.len(), arrivals)
}

/// `MODEL=all` walks all 27 chains.
#[test]
fn every_order_of_arrival_ends_where_the_model_ends() {
    let all = std::env::var_os("MODEL").is_some();
    // Every mode at every place; the others take minutes.
    let [any, both, order] = Mode::ALL;
    let turns = [[any, both, order], [both, order, any], [order, any, both]];
    let (mut states, mut arrivals, mut chains) = (0, 0, 0);
    for first in Mode::ALL {
        for second in Mode::ALL {
            for third in Mode::ALL {
                if all || turns.contains(&[first, second, third]) {
                    let (more, walked) = explore([first, second, third]);
                    states += more;
                    arrivals += walked;
                    chains += 1;
                }
            }
        }
    }
    println!("{chains} chains: {states} states, {arrivals} arrivals");
    assert!(states > 100 * chains, "{states} states");
}
