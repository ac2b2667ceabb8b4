//! What is stored reads again: no phone can make the server keep bytes that it refuses itself. And when a disk spoils some, nobody
//! but their document waits.

use std::num::NonZeroU64;

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType};
use automerge::{ActorId, ChangeHash, ExpandedChange, ScalarValue};
use fieldbook_core::document::rebuild;
use fieldbook_core::document::view::ApprovalStatus;
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{DocumentId, InstallationKey, Kind, Role, derive_actor};
use fieldbook_core::replica::NewExpenseLine;
use fieldbook_core::wire::{Section, SectionVerdict, Verdict};
use fieldbook_server::exchange::read_index;
use fieldbook_server::store::sqlite::{FILE, Options};
use fieldbook_server::store::{SqliteStore, Store};
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, minute, pack_row, request};
use rusqlite::Connection;
use tempfile::TempDir;

const OPTIONS: Options = Options {
    durable: false,
    inline: true,
};
/// Characters of a long note.
const LONG: u64 = 9_900;

/// One document on the server, and somebody's hand-made changes for it.
struct Forger<'a> {
    team: &'a Team,
    name: &'static str,
    document: DocumentId,
    kind: Kind,
    index: DocumentIndex,
    actor: ActorId,
}

impl<'a> Forger<'a> {
    fn new(team: &'a Team, name: &'static str, document: DocumentId, kind: Kind) -> Outcome<Self> {
        let index = team
            .store()
            .read(|reader| read_index(reader, team.tenant(), document))?;
        let installation: InstallationKey = team.phone(name).installation()?;
        let actor = derive_actor(&installation, document, 1);
        Ok(Self {
            team,
            name,
            document,
            kind,
            index,
            actor,
        })
    }

    /// The actor's change after `before` others of this section, on these dependencies.
    fn change(&self, before: u64, deps: Vec<ChangeHash>, start: u64, operations: Vec<Op>) -> ExpandedChange {
        ExpandedChange {
            operations,
            seq: self.index.sequence(&self.actor) + 1 + before,
            actor_id: self.actor.clone(),
            hash: None,
            start_op: NonZeroU64::MIN.saturating_add(start - 1),
            time: minute(5).at.timestamp_millis(),
            message: None,
            deps,
            extra_bytes: Vec::new(),
            author: None,
        }
    }

    fn start(&self) -> u64 {
        let heads = self.index.heads();
        1 + heads
            .iter()
            .filter_map(|hash| self.index.max_op(hash))
            .max()
            .unwrap_or(0)
    }

    /// What makes a section long and is not taken: an operation that builds on what nobody knows.
    fn junk(&self, before: u64) -> ExpandedChange {
        ExpandedChange {
            message: Some("x".repeat(3_000)),
            ..self.change(before, vec![ChangeHash([7; 32])], 1, Vec::new())
        }
    }

    /// Sends a change with junk behind it, and answers what the server says.
    fn send(&self, operations: Vec<Op>) -> Outcome<SectionVerdict> {
        let change = self.change(0, self.index.heads(), self.start(), operations);
        self.deliver(&[change, self.junk(1)])
    }

    fn deliver(&self, changes: &[ExpandedChange]) -> Outcome<SectionVerdict> {
        self.deliver_section(self.pack(changes)?)
    }

    fn pack(&self, changes: &[ExpandedChange]) -> Outcome<Section> {
        pack_row(&self.index, self.document, self.kind, 1, changes)
    }

    fn deliver_section(&self, section: Section) -> Outcome<SectionVerdict> {
        let answer = self.team.ask(self.name, request(vec![section]), &minute(6))?;
        Ok(answer.verdicts.into_iter().next().ok_or("no verdict")?)
    }

    /// Everything of the document reads, and each segment fits the limits of whoever reads it.
    fn reads(&self) -> Outcome<()> {
        let team = self.team;
        team.store()
            .read(|reader| read_index(reader, team.tenant(), self.document))?;
        Ok(())
    }
}

/// Characters typed at the head of a text from this counter on.
fn typed(text: &ObjectId, start: u64, actor: &ActorId, count: u64) -> Vec<Op> {
    let key = |at: u64| match at {
        0 => ElementId::Head,
        at => ElementId::Id(OpId::new(start + at - 1, actor)),
    };
    (0..count)
        .map(|at| Op {
            action: OpType::Put(ScalarValue::Str("a".into())),
            obj: text.clone(),
            key: Key::Seq(key(at)),
            pred: Vec::new().into(),
            insert: true,
        })
        .collect()
}

/// Elements deleted, whether they are gone already or not.
fn deleted(list: &ObjectId, first: u64, actor: &ActorId, count: u64) -> Vec<Op> {
    (first..first + count)
        .map(|counter| {
            let id = OpId::new(counter, actor);
            Op {
                action: OpType::Delete,
                obj: list.clone(),
                key: Key::Seq(ElementId::Id(id.clone())),
                pred: vec![id].into(),
                insert: false,
            }
        })
        .collect()
}

fn rule(verdict: &SectionVerdict) -> Option<&str> {
    match verdict.rest.first() {
        Some(Verdict::Rejected(rejection)) => Some(&rejection.rule),
        _ => None,
    }
}

fn object(index: &DocumentIndex, key: &str) -> Outcome<ObjectId> {
    let (object, _) = index.object_at(&ObjectId::Root, key).ok_or("no such object")?;
    Ok(object)
}

/// A visit of Dana's with a long note: the note, and the counter of its first character.
fn long_note(team: &mut Team) -> Outcome<(DocumentId, ObjectId, u64)> {
    let shop = team.customer("Dana", "Sunrise Market")?;
    let visit = team.plan("Dana", shop, 30)?;
    team.sync("Dana", &minute(3))?;
    let forger = Forger::new(team, "Dana", visit, Kind::Visit)?;
    let (notes, start) = (object(&forger.index, "notes")?, forger.start());
    let verdict = forger.send(typed(&notes, start, &forger.actor, LONG))?;
    assert_eq!(verdict.stored, 1, "{:?}", rule(&verdict));
    Ok((visit, notes, start))
}

#[test]
fn a_part_that_would_not_read_alone_is_refused() -> Outcome<()> {
    let mut team = Team::new()?;
    let (visit, notes, first) = long_note(&mut team)?;
    let forger = Forger::new(&team, "Dana", visit, Kind::Visit)?;
    let mut twice = deleted(&notes, first, &forger.actor, LONG);
    twice.extend(deleted(&notes, first, &forger.actor, LONG));
    let verdict = forger.send(twice)?;
    assert_eq!((verdict.stored, rule(&verdict)), (0, Some("gate.operations")));
    forger.reads()
}

#[test]
fn what_would_not_read_together_is_stored_apart() -> Outcome<()> {
    let mut team = Team::new()?;
    let (visit, notes, first) = long_note(&mut team)?;
    let forger = Forger::new(&team, "Dana", visit, Kind::Visit)?;
    let gone = || deleted(&notes, first, &forger.actor, LONG);
    let one = forger.change(0, forger.index.heads(), forger.start(), gone());
    let hash = rebuild(one.clone()).1;
    let other = forger.change(1, vec![hash], forger.start() + LONG, gone());
    let section = forger.pack(&[one, other, forger.junk(2)])?;
    let verdict = forger.deliver_section(section.clone())?;
    assert_eq!(verdict.stored, 1, "{:?}", verdict.rest.first());
    assert!(
        matches!(verdict.rest[0], Verdict::Transient { .. }),
        "{:?}",
        verdict.rest[0]
    );
    forger.reads()?;
    let verdict = forger.deliver_section(section)?;
    assert_eq!((verdict.stored, verdict.duplicate), (2, 1));
    forger.reads()
}

#[test]
fn the_rest_of_a_section_is_measured_without_what_was_stored_before() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    let visit = team.plan("Dana", shop, 30)?;
    team.sync("Dana", &minute(3))?;
    let forger = Forger::new(&team, "Dana", visit, Kind::Visit)?;
    let (notes, start) = (object(&forger.index, "notes")?, forger.start());
    let text = typed(&notes, start, &forger.actor, LONG);
    let write = forger.change(0, forger.index.heads(), start, text);
    assert_eq!(forger.deliver(std::slice::from_ref(&write))?.stored, 1);
    // All of it reads, and what is new of it would not.
    let mut gone = deleted(&notes, start, &forger.actor, LONG);
    gone.extend(deleted(&notes, start, &forger.actor, LONG));
    let clear = forger.change(1, vec![rebuild(write.clone()).1], start + LONG, gone);
    let verdict = forger.deliver(&[write, clear])?;
    assert_eq!(
        (verdict.stored, verdict.duplicate, rule(&verdict)),
        (1, 1, Some("gate.operations"))
    );
    forger.reads()
}

/// A thousand lines: where they are, and the counter of the first.
fn thousand_lines(forger: &Forger<'_>) -> Outcome<(ObjectId, u64)> {
    let (lines, start) = (object(&forger.index, "lines")?, forger.start());
    let made = (0..1_000).map(|_| Op {
        action: OpType::Make(automerge::ObjType::Map),
        obj: lines.clone(),
        key: Key::Seq(ElementId::Head),
        pred: Vec::new().into(),
        insert: true,
    });
    let put = |at: u64, key: &str, value: &str| Op {
        action: OpType::Put(ScalarValue::Str(value.into())),
        obj: ObjectId::Id(OpId::new(start + at, &forger.actor)),
        key: Key::Map(key.into()),
        pred: Vec::new().into(),
        insert: false,
    };
    let filled = (0..1_000).flat_map(|at| {
        [
            put(at, "date", "2026-11-24"),
            put(at, "category", "meals"),
            put(at, "amount", "1.00"),
        ]
    });
    let verdict = forger.send(made.chain(filled).collect())?;
    assert_eq!(verdict.stored, 1, "{:?}", verdict.rest.first());
    Ok((lines, start))
}

#[test]
fn an_approval_that_was_stuffed_holds_up_nobody() -> Outcome<()> {
    let mut team = Team::new()?;
    let mut rng = team.rng().clone();
    let expense =
        team.phone("Dana")
            .draft_expense(&minute(1), &mut rng, "Lunch", "CNY".parse()?, None, None)?;
    team.sync("Dana", &minute(3))?;
    let forger = Forger::new(&team, "Dana", expense, Kind::Approval)?;
    let (lines, start) = thousand_lines(&forger)?;
    let forger = Forger::new(&team, "Dana", expense, Kind::Approval)?;
    let gone = (0..20).flat_map(|_| deleted(&lines, start, &forger.actor, 1_000));
    let verdict = forger.send(gone.collect())?;
    assert_eq!((verdict.stored, rule(&verdict)), (0, Some("gate.operations")));
    forger.reads()
}

#[test]
fn approvals_that_are_long_to_read_are_not_all_read_in_one_write() -> Outcome<()> {
    let mut team = Team::new()?;
    for title in ["Lunch", "Train", "Hotel"] {
        let expense = draft(&mut team, title, "128.50")?;
        team.sync("Dana", &minute(3))?;
        let forger = Forger::new(&team, "Dana", expense, Kind::Approval)?;
        let (lines, start) = thousand_lines(&forger)?;
        for _ in 0..4 {
            let forger = Forger::new(&team, "Dana", expense, Kind::Approval)?;
            let gone = (0..16).flat_map(|_| deleted(&lines, start, &forger.actor, 1_000));
            assert_eq!(forger.send(gone.collect())?.stored, 1);
        }
        team.phone("Dana").submit(&minute(6), expense)?;
        team.sync("Dana", &minute(7))?;
    }
    let tenant = team.tenant();
    let open = team
        .store()
        .read(|reader| reader.open_approvals(tenant, None, 9))?;
    assert_eq!(open.len(), 3);
    // The organisation changes: each exchange takes one of them.
    team.move_to("Marcus", "South", &minute(8))?;
    for read in [Some(open[0]), Some(open[1]), None] {
        team.ask("Grace", request(Vec::new()), &minute(8))?;
        let reached = team.store().read(|reader| reader.upkeep(tenant))?.reached;
        assert_eq!(reached, read);
    }
    Ok(())
}

/// A team whose store is a file that can be spoilt.
struct Office {
    team: Team,
    folder: TempDir,
}

impl Office {
    fn new() -> Outcome<Self> {
        let folder = TempDir::new()?;
        let team = Team::on(SqliteStore::create(folder.path(), OPTIONS)?)?;
        Ok(Self { team, folder })
    }

    /// A bad block in what is stored of a document; the server starts again.
    fn spoil(&mut self, document: DocumentId, column: &str, value: &str) -> Outcome<()> {
        let sql = format!("UPDATE segment SET {column} = {value} WHERE document = ?1");
        let spoilt = Connection::open(self.folder.path().join(FILE))?.execute(&sql, [document.as_bytes()])?;
        assert!(spoilt > 0);
        self.restart()
    }

    fn restart(&mut self) -> Outcome<()> {
        self.team.go_on_from(SqliteStore::open_in_memory()?);
        self.team
            .go_on_from(SqliteStore::open(self.folder.path(), OPTIONS)?);
        Ok(())
    }

    fn aside(&self) -> Outcome<Vec<DocumentId>> {
        let tenant = self.team.tenant();
        let rows = self.team.store().read(|reader| reader.set_aside(tenant))?;
        Ok(rows.into_iter().map(|row| row.document).collect())
    }
}

fn draft(team: &mut Team, title: &str, amount: &str) -> Outcome<DocumentId> {
    let mut rng = team.rng().clone();
    let _ = rand_chacha::rand_core::Rng::next_u64(team.rng());
    let dana = team.phone("Dana");
    let expense = dana.draft_expense(&minute(1), &mut rng, title, "CNY".parse()?, None, None)?;
    let line = NewExpenseLine {
        date: minute(1).at.date_naive(),
        category: "meals".to_owned(),
        amount: amount.to_owned(),
        ..NewExpenseLine::default()
    };
    dana.add_expense_line(&minute(2), expense, line)?;
    Ok(expense)
}

fn hand_in(team: &mut Team, title: &str, amount: &str) -> Outcome<DocumentId> {
    let expense = draft(team, title, amount)?;
    team.phone("Dana").submit(&minute(3), expense)?;
    team.sync("Dana", &minute(4))?;
    Ok(expense)
}

#[test]
fn a_spoilt_open_approval_holds_up_nobody() -> Outcome<()> {
    for (column, value) in [("operations", "x'00ff00ff'"), ("base", "7")] {
        let mut office = Office::new()?;
        let spoilt = hand_in(&mut office.team, "Lunch", "128.50")?;
        let sound = hand_in(&mut office.team, "Train", "45.00")?;
        office.spoil(spoilt, column, value)?;
        let team = &mut office.team;
        // The organisation changes: all open approvals are ruled on again, this one too.
        team.hire("Wang Lei", Role::Supervisor, "North")?;
        team.sync("Wang Lei", &minute(7))?;
        assert_eq!(
            team.phone("Wang Lei").approval(sound)?.status,
            ApprovalStatus::Submitted,
            "{column}"
        );
        team.customer("Marcus", "Corner Shop")?;
        assert_eq!(team.sync("Marcus", &minute(8))?.accepted, 1, "{column}");
        assert_eq!(office.aside()?, [spoilt], "{column}: the operator is told");
    }
    Ok(())
}

#[test]
fn a_spoilt_document_is_the_matter_of_its_section_alone() -> Outcome<()> {
    let mut office = Office::new()?;
    let team = &mut office.team;
    let shop = team.customer("Dana", "Sunrise Market")?;
    let visit = team.plan("Dana", shop, 30)?;
    team.sync("Dana", &minute(3))?;
    office.spoil(visit, "operations", "x'00ff00ff'")?;
    let team = &mut office.team;
    let mut rng = team.rng().clone();
    let reason = "no time".to_owned();
    team.phone("Dana")
        .cancel_visit(&minute(4), &mut rng, visit, reason, None)?;
    team.customer("Dana", "Corner Shop")?;
    let report = team.sync("Dana", &minute(5))?;
    assert_eq!(
        (report.accepted, report.parked),
        (1, 0),
        "the shop is stored, the visit waits"
    );
    assert_eq!(office.aside()?, [visit]);
    Ok(())
}
