use crate::document::Command;
use crate::document::command::{Decide, Decision, HandOver, Handing, Outcome, Submit, Withdraw};
use crate::document::fixture::*;
use crate::document::view::{ApprovalStatus, ApprovalView, Ruled, revision, total};
use crate::model::form::{Approver, Chain, Condition, LineRule, Mode, Step};
use crate::model::{Delegation, Member, PersonId, Role, Roster, UnitId, Words};
use crate::rulings::testing::{Desktop, member, scene};
use crate::rulings::{Unruled, next};

/// One approval on the server's desk, and everybody who has a say in it.
#[derive(Clone, Debug)]
pub(super) struct Room {
    pub(super) desk: Desk,
    pub(super) office: Desktop,
    members: Vec<Member>,
    delegations: Vec<Delegation>,
    units: Vec<(UnitId, Option<UnitId>)>,
    /// The number of the next ruling.
    number: u64,
    /// What every ruling added so far.
    pub(super) rulings: u64,
}

/// The unit of everybody.
pub(super) fn unit() -> UnitId {
    principal(REP).unit
}

impl Room {
    /// A draft of one line by the rep, whom the supervisor leads.
    pub(super) fn new() -> Self {
        let mut room = Self {
            desk: Desk::with(&[draft_expense(), add_line("10")]),
            office: Desktop::with([REP, COLLEAGUE, SUPERVISOR].map(principal)),
            members: Vec::new(),
            delegations: Vec::new(),
            units: vec![(unit(), None)],
            number: 1,
            rulings: 0,
        };
        room.hire(member(person(REP), unit(), Role::Rep));
        room.hire(member(person(COLLEAGUE), unit(), Role::Rep));
        room.hire(member(person(SUPERVISOR), unit(), Role::Supervisor));
        room
    }

    /// Somebody is there, or is another by now.
    pub(super) fn hire(&mut self, member: Member) {
        self.members.retain(|known| known.id != member.id);
        self.members.push(member);
        self.organise();
    }

    pub(super) fn delegate(&mut self, delegation: Delegation) {
        self.delegations.push(delegation);
        self.organise();
    }

    /// Nobody decides in another's stead any more.
    pub(super) fn end_delegations(&mut self) {
        self.delegations.clear();
        self.organise();
    }

    /// Somebody leaves.
    pub(super) fn leave(&mut self, who: u128) {
        let known = self.members.iter().find(|member| member.id == person(who));
        let member = known.cloned().unwrap();
        self.hire(Member {
            active: false,
            ..member
        });
    }

    fn organise(&mut self) {
        let units = self.units.clone();
        self.office.roster = Roster::new(self.members.clone(), units, self.delegations.clone());
    }

    /// Each unit and the one above it.
    pub(super) fn units(&mut self, units: &[(UnitId, Option<UnitId>)]) {
        self.units = units.to_vec();
        self.organise();
    }

    /// The chain of expenses has these steps from now on.
    pub(super) fn chain(&mut self, steps: Vec<(Mode, Vec<Approver>)>) {
        let step = |(mode, approvers)| step(mode, approvers, None);
        self.chain_of(steps.into_iter().map(step).collect(), Vec::new());
    }

    /// The same with conditions and copies.
    pub(super) fn chain_of(&mut self, steps: Vec<Step>, copies: Vec<Approver>) {
        let last = self.office.chains.iter().filter(|chain| chain.name == "expense");
        let version = last.map(|chain| chain.version).max().unwrap_or(0) + 1;
        self.office.chains.push(Chain {
            name: "expense".to_owned(),
            version,
            steps,
            copies,
        });
    }

    /// The form of expenses has lines like this from now on.
    pub(super) fn lines(&mut self, change: impl FnOnce(&mut LineRule)) {
        let mut forms = self.office.forms.iter_mut();
        let form = forms.find(|form| form.name == "expense").unwrap();
        change(form.lines.as_mut().unwrap());
    }

    /// A person's operation arrives, and the server rules until it has nothing more to say.
    pub(super) fn arrive(&mut self, actor: u8, command: &Command) {
        self.desk.run(actor, command).unwrap();
        self.settle();
    }

    /// The server rules until it has nothing more to say.
    pub(super) fn settle(&mut self) {
        self.try_settle().unwrap();
    }

    /// The same, or what kept the server from ruling on.
    pub(super) fn try_settle(&mut self) -> Result<(), Unruled> {
        for _ in 0..64 {
            let mut scene = scene(&self.desk, document(6), &self.office);
            scene.number = self.number;
            let Some(ruling) = next(self.desk.kind, &scene)? else {
                return Ok(());
            };
            self.desk.run(9, &ruling.command).unwrap();
            self.number += 1;
            self.rulings += 1;
        }
        panic!("the rulings do not come to an end");
    }

    pub(super) fn view(&self) -> ApprovalView {
        ApprovalView::read(&self.desk.index).unwrap()
    }

    pub(super) fn status(&self) -> ApprovalStatus {
        self.view().status
    }

    pub(super) fn revision(&self) -> String {
        revision(&self.desk.index)
    }

    pub(super) fn submit(&mut self) -> String {
        let revision = self.revision();
        let total = total(&self.desk.index).map(|total| total.to_string());
        let command = Command::Submit(Submit {
            document: document(6),
            at: at(130),
            revision: revision.clone(),
            total,
            chain: None,
        });
        self.arrive(1, &command);
        revision
    }

    pub(super) fn withdraw(&mut self, revision: &str) {
        let command = Command::Withdraw(Withdraw {
            document: document(6),
            revision: revision.to_owned(),
            at: at(131),
            note: None,
        });
        self.arrive(1, &command);
    }

    pub(super) fn decide(&mut self, by: PersonId, revision: &str, decision: Decision) -> Option<Ruled> {
        self.decide_for(by, None, revision, decision, None)
    }

    /// Somebody decides; what did the server say to it?
    pub(super) fn decide_for(
        &mut self,
        by: PersonId,
        acted_for: Option<PersonId>,
        revision: &str,
        decision: Decision,
        step: Option<u32>,
    ) -> Option<Ruled> {
        let command = Command::Decide(Decide {
            document: document(6),
            revision: revision.to_owned(),
            by,
            acted_for,
            at: at(140),
            decision,
            step,
            note: Some("why".to_owned()),
        });
        self.arrive(actor_of(by), &command);
        let view = self.view();
        let last = view.decisions.iter().rev().find(|decision| decision.by == by)?;
        view.course.ruled.get(&last.id).cloned()
    }

    pub(super) fn hand_over(&mut self, by: PersonId, handing: Handing, to: PersonId) -> Option<Ruled> {
        let command = Command::HandOver(HandOver {
            document: document(6),
            revision: self.view().course.revision,
            by,
            at: at(136),
            handing,
            to,
            note: None,
        });
        self.arrive(actor_of(by), &command);
        let view = self.view();
        let last = view.handovers.iter().rev().find(|handover| handover.by == by)?;
        view.course.ruled.get(&last.id).cloned()
    }

    /// Why the round ended when nobody decided it.
    pub(super) fn reason(&self) -> Option<String> {
        self.outcome().and_then(|outcome| outcome.reason)
    }

    /// Who is asked in the step that goes on, in order.
    pub(super) fn seated(&self) -> Vec<PersonId> {
        self.view().course.seats.iter().map(|seat| seat.person).collect()
    }

    pub(super) fn outcome(&self) -> Option<Outcome> {
        self.view().outcome.map(|outcome| Outcome {
            revision: outcome.revision,
            outcome: outcome.outcome,
            by: outcome.by,
            reason: outcome.reason,
        })
    }
}

/// A step that applies under this condition.
pub(super) fn step(mode: Mode, approvers: Vec<Approver>, when: Option<Condition>) -> Step {
    Step {
        label: Words::new("Step", "步骤"),
        mode,
        approvers,
        when,
    }
}

/// One phone a person.
fn actor_of(person: PersonId) -> u8 {
    20 + u8::try_from(person.0.as_u128() & 0x3f).unwrap()
}
