//! People, commands and a document on the desk, for the tests of documents, rules and rulings.

use std::collections::BTreeSet;

use automerge::{ActorId, AutoCommit, Change};
use chrono::{DateTime, FixedOffset};
use uuid::Uuid;

use super::command::*;
use super::{Command, CommandError, Written, materialise, rebuild, write};
use crate::gate::{DocumentIndex, Write};
use crate::geo::{FenceUsed, Position, Reading, Source, Verdict};
use crate::model::form::Mode;
use crate::model::{BootId, DocumentId, Kind, PersonId, Principal, Role, TenantId, UnitId};
use crate::time::{TimeEvidence, parse_timestamp};

pub(crate) const REP: u128 = 1;
pub(crate) const COLLEAGUE: u128 = 2;
pub(crate) const SUPERVISOR: u128 = 3;
pub(crate) const SERVER: u128 = 9;

/// When everything on a desk was written.
pub(crate) const WRITTEN_MS: u64 = 1_795_500_300_000;

pub(crate) fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(0xa000 + number))
}

pub(crate) fn document(number: u128) -> DocumentId {
    DocumentId(Uuid::from_u128(0xd000 + number))
}

/// A minute of the day of the tests.
pub(crate) fn at(minute: u32) -> DateTime<FixedOffset> {
    let text = format!(
        "2026-11-24T{:02}:{:02}:00.000+08:00",
        8 + minute / 60,
        minute % 60
    );
    parse_timestamp(&text).unwrap()
}

/// The rep, their colleague, the supervisor of both, or the server.
pub(crate) fn principal(number: u128) -> Principal {
    let subtree: &[u128] = if number == SUPERVISOR {
        &[REP, COLLEAGUE, SUPERVISOR]
    } else {
        &[number]
    };
    Principal {
        tenant: TenantId(Uuid::from_u128(1)),
        person: person(number),
        unit: UnitId(Uuid::from_u128(2)),
        role: if number == SUPERVISOR {
            Role::Supervisor
        } else {
            Role::Rep
        },
        subtree: subtree.iter().copied().map(person).collect::<BTreeSet<_>>(),
        is_server: number == SERVER,
    }
}

/// One document with its index, and every change that went into it.
#[derive(Clone, Debug)]
pub(crate) struct Desk {
    pub(crate) kind: Kind,
    pub(crate) doc: AutoCommit,
    pub(crate) index: DocumentIndex,
    pub(crate) changes: Vec<Change>,
}

impl Desk {
    pub(crate) fn new(kind: Kind) -> Self {
        let doc = materialise(Vec::new()).unwrap();
        Self {
            kind,
            doc,
            index: DocumentIndex::new(),
            changes: Vec::new(),
        }
    }

    /// A desk on which these commands were done, all by actor 1.
    pub(crate) fn with(commands: &[Command]) -> Self {
        let mut desk = Self::new(commands[0].kind());
        for command in commands {
            desk.run(1, command).unwrap();
        }
        desk
    }

    /// Writes the command by an actor; the gate admits it.
    pub(crate) fn run(&mut self, actor: u8, command: &Command) -> Result<Vec<Write>, CommandError> {
        let written = write(
            &self.index,
            &actor_id(actor),
            command,
            i64::try_from(WRITTEN_MS).unwrap(),
        )?;
        let change = rebuild(written.change.clone()).0;
        let writes = self.take(written);
        // Automerge is the oracle: it takes the change and shows the same.
        self.doc.apply_changes([change]).unwrap();
        assert_eq!(self.doc.get_heads(), self.index.heads());
        Ok(writes)
    }

    /// Writes whatever `change` does, as a newer or a hostile peer might.
    pub(crate) fn tamper(&mut self, actor: u8, change: impl FnOnce(&mut AutoCommit)) -> Vec<Write> {
        self.doc.set_actor(actor_id(actor));
        change(&mut self.doc);
        self.doc.commit().unwrap();
        let change = self.doc.get_last_local_change().unwrap();
        let written = Written {
            change: change.decode(),
            hash: change.hash(),
            raw: change.raw_bytes().to_vec(),
        };
        self.take(written)
    }

    fn take(&mut self, written: Written) -> Vec<Write> {
        let writes = self.index.admit(&written.change).unwrap();
        self.index.seal(written.hash);
        let (change, hash) = rebuild(written.change);
        assert_eq!(hash, written.hash);
        assert_eq!(change.raw_bytes(), written.raw);
        self.changes.push(change);
        writes
    }

    /// Takes in what the other desk has and this one lacks.
    pub(crate) fn merge(&mut self, other: &Desk) {
        for change in &other.changes {
            if !self.index.knows(&change.hash()) {
                self.index.admit(&change.decode()).unwrap();
                self.index.seal(change.hash());
                self.doc.apply_changes([change.clone()]).unwrap();
                self.changes.push(change.clone());
            }
        }
    }
}

pub(crate) fn actor_id(number: u8) -> ActorId {
    ActorId::from([number; 16])
}

pub(crate) fn add_customer() -> AddCustomer {
    AddCustomer {
        document: document(1),
        owner: person(REP),
        name: "华东轴承".to_owned(),
        address: "12 Nanjing Road".to_owned(),
        position: Some(Position::new(31.2304, 121.4737).unwrap()),
        grade: None,
        external_id: Some("C-100".to_owned()),
        store_type: None,
    }
}

pub(crate) fn edit_customer(fields: Vec<CustomerField>) -> Command {
    Command::EditCustomer(EditCustomer {
        document: document(1),
        fields,
    })
}

pub(crate) fn put_contact(fields: ContactFields) -> Command {
    Command::PutContact(PutContact {
        document: document(1),
        contact: Uuid::from_u128(77),
        fields,
    })
}

pub(crate) fn set_tag(tag: &str, set: bool) -> Command {
    Command::SetTag(SetTag {
        document: document(1),
        tag: tag.to_owned(),
        set,
    })
}

pub(crate) fn plan_visit() -> Command {
    Command::PlanVisit(PlanVisit {
        document: document(2),
        customer: document(1),
        rep: person(REP),
        start: at(60),
        purpose: "盘点".to_owned(),
        template: "store-visit@1".to_owned(),
    })
}

pub(crate) fn move_plan(minute: u32) -> Command {
    move_plan_by(person(REP), minute)
}

pub(crate) fn move_plan_by(who: PersonId, minute: u32) -> Command {
    Command::MovePlan(MovePlan {
        document: document(2),
        by: who,
        at: at(30),
        start: at(minute),
        purpose: None,
    })
}

pub(crate) fn start_visit() -> Command {
    Command::StartVisit(StartVisit {
        document: document(2),
        at: at(61),
        check_in: document(3),
    })
}

pub(crate) fn record_step(step: &str, value: serde_json::Value) -> Command {
    Command::RecordStep(RecordStep {
        document: document(2),
        step: step.to_owned(),
        at: at(65),
        value,
        note: None,
    })
}

pub(crate) fn edit_note(position: usize, delete: usize, insert: &str) -> Command {
    Command::EditNote(EditNote {
        document: document(2),
        position,
        delete,
        insert: insert.to_owned(),
    })
}

pub(crate) fn finish_visit() -> Command {
    Command::FinishVisit(FinishVisit {
        document: document(2),
        at: at(90),
        check_in: document(4),
        outcome: Some("ordered 10 cases".to_owned()),
    })
}

pub(crate) fn cancel_visit(check_in: Option<DocumentId>) -> Command {
    cancel_visit_by(person(REP), check_in)
}

pub(crate) fn cancel_visit_by(who: PersonId, check_in: Option<DocumentId>) -> Command {
    let reason = "shop closed".to_owned();
    Command::CancelVisit(CancelVisit {
        document: document(2),
        by: who,
        at: at(62),
        reason,
        check_in,
    })
}

pub(crate) fn check_in() -> CheckIn {
    let centre = Position::new(31.2304, 121.4737).unwrap();
    CheckIn {
        document: document(3),
        visit: document(2),
        customer: document(1),
        rep: person(REP),
        moment: Moment::In,
        reading: Some(Reading {
            position: Position::new(31.2305, 121.4738).unwrap(),
            accuracy_m: 12.5,
            source: Source::Gps,
            fix_age_ms: 800,
            mock: false,
            speed_mps: Some(0.5),
        }),
        time: TimeEvidence {
            at: at(61),
            mono_ms: 123_456,
            boot: BootId(Uuid::from_u128(5)),
            server_ms: Some(1_795_500_300_000),
        },
        fence: Some(FenceUsed {
            version: 1,
            radius_m: 500.0,
            centre,
        }),
        distance_m: Some(14.6),
        verdict: Verdict::Inside,
        reason: None,
    }
}

pub(crate) fn log_entry(minute: u32, text: &str) -> Command {
    Command::LogEntry(LogEntry {
        document: document(5),
        rep: person(REP),
        day: at(0).date_naive(),
        at: at(minute),
        text: text.to_owned(),
        customer: Some(document(1)),
        visit: None,
    })
}

pub(crate) fn comment(by: PersonId, entry: Option<String>) -> Command {
    let text = "well done".to_owned();
    Command::AddComment(AddComment {
        document: document(5),
        entry,
        by,
        at: at(120),
        text,
    })
}

pub(crate) fn draft_expense() -> Command {
    Command::DraftApproval(DraftApproval {
        document: document(6),
        form: "expense".to_owned(),
        form_version: 1,
        applicant: person(REP),
        title: "Dinner with 华东轴承".to_owned(),
        currency: "CNY".parse().unwrap(),
        customer: Some(document(1)),
        visit: None,
    })
}

pub(crate) fn add_line(amount: &str) -> Command {
    Command::AddLine(AddLine {
        document: document(6),
        date: at(0).date_naive(),
        category: "meals".to_owned(),
        amount: amount.to_owned(),
        note: None,
        receipt: None,
        photo: None,
    })
}

pub(crate) fn submit(revision: String, total: &str) -> Command {
    Command::Submit(Submit {
        document: document(6),
        at: at(130),
        revision,
        total: Some(total.to_owned()),
        chain: Some("expense@1".to_owned()),
    })
}

pub(crate) fn decide(by: PersonId, revision: String, decision: Decision) -> Command {
    Command::Decide(Decide {
        document: document(6),
        revision,
        by,
        acted_for: None,
        at: at(140),
        decision,
        step: None,
        note: (decision != Decision::Approve).then(|| "why".to_owned()),
    })
}

pub(crate) fn withdraw(revision: String) -> Command {
    Command::Withdraw(Withdraw {
        document: document(6),
        revision,
        at: at(135),
        note: None,
    })
}

pub(crate) fn hand_over(by: PersonId, revision: String, handing: Handing, to: PersonId) -> Command {
    Command::HandOver(HandOver {
        document: document(6),
        revision,
        by,
        at: at(136),
        handing,
        to,
        note: None,
    })
}

/// The server asks the supervisor about the last submission.
pub(crate) fn rule_open(request: String, revision: String) -> Command {
    let entries = vec![
        Entry::Open {
            request,
            revision,
            chain: "expense@1".to_owned(),
            plan: vec![1],
            excess: None,
        },
        Entry::Step {
            step: 1,
            mode: Mode::Any,
        },
        Entry::Seat {
            person: person(SUPERVISOR),
        },
    ];
    Command::RuleApproval(RuleApproval {
        document: document(6),
        at: at(131),
        ruling: 6,
        entries,
        outcome: None,
    })
}

pub(crate) fn rule_outcome(revision: String, outcome: Decision) -> Command {
    Command::RuleApproval(RuleApproval {
        document: document(6),
        at: at(150),
        ruling: 7,
        entries: Vec::new(),
        outcome: Some(Outcome {
            revision,
            outcome,
            by: Some(person(SUPERVISOR)),
            reason: None,
        }),
    })
}

/// The element of the last submission.
pub(crate) fn last_submission(desk: &Desk) -> String {
    let view = super::view::ApprovalView::read(&desk.index).unwrap();
    view.submissions.last().unwrap().id.clone()
}
