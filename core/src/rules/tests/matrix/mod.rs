//! The matrix: role × ownership × unit × organisation × state × operation, for every row of the schema table.
//!
//! `allowed.txt` names every cell that is allowed, in words for people; any other cell must be refused.

mod deeds;
mod people;
mod states;

use std::collections::BTreeMap;

use deeds::{Deed, perform};
use people::everybody;
use states::states;

use crate::document::Command;
use crate::document::command::*;
use crate::document::fixture::*;
use crate::document::view::{ApprovalView, revision, total};
use crate::gate::Write;
use crate::model::{Kind, PersonId, Principal, schema};
use crate::rules::{Attempt, Before, check_turn, judge};
use crate::wire::SCHEMA_VERSION;

const HEAD: &str = "\
# Everything that is allowed: state | what | who. Whoever is not named is refused.
# `put` and `delete` are raw writes at one path of the table, without the rest of a command; `do` is a whole command.
# `phone` is what a phone asks besides before it writes: the server cannot tell what it knew, and lets the ruling answer.
# UPDATE_DOCS=1 cargo test -p fieldbook-core matrix writes it anew: read every line that changes.
";

/// Whole commands that are tried in every state of their kind, each as the person who gives it would.
fn commands(kind: Kind, desk: &Desk, who: PersonId) -> Vec<(&'static str, Command)> {
    let reading = || Some(document(4));
    match kind {
        Kind::Customer => vec![
            ("add it", Command::AddCustomer(add_customer())),
            (
                "rename it",
                edit_customer(vec![CustomerField::Name("new".to_owned())]),
            ),
            ("put a contact", put_contact(telephone())),
            ("tag it", set_tag("new", true)),
            ("claim it", ask(who, Want::Claim)),
            ("release it", ask(who, release())),
            ("ask for another owner", ask(who, owner())),
            ("ask for another grade", ask(who, grade())),
        ],
        Kind::Visit => vec![
            ("plan it", plan_visit()),
            ("ask to move it", move_plan_by(who, 99)),
            ("ask to call it off", cancel_visit_by(who, None)),
            ("break it off", cancel_visit_by(who, reading())),
            ("start it", start_visit()),
            ("record a step", record_step("shelf", serde_json::json!(1))),
            ("note", edit_note(0, 0, "note")),
            ("finish it", finish_visit()),
        ],
        Kind::CheckIn => vec![("check in", Command::CheckIn(check_in()))],
        Kind::Activity => vec![
            ("write an entry", log_entry(2, "met")),
            ("remark", comment(who, None)),
            ("remark as the owner", comment(person(REP), None)),
        ],
        Kind::Approval => {
            let draft = revision(&desk.index);
            let sum = total(&desk.index).map(|sum| sum.to_string()).unwrap_or_default();
            // What people decide on or take back is what was handed in last, whatever the draft is by now.
            let handed_in = ApprovalView::read(&desk.index).ok();
            let handed_in = handed_in.and_then(|view| Some(view.submissions.last()?.revision.clone()));
            let seen = handed_in.unwrap_or_else(|| draft.clone());
            vec![
                ("draft it", draft_expense()),
                ("add a line", add_line("1")),
                ("hand it in", submit(draft, &sum)),
                ("withdraw it", withdraw(seen.clone())),
                ("decide", decide(who, seen.clone(), Decision::Approve)),
                (
                    "decide as the leader",
                    decide(person(SUPERVISOR), seen.clone(), Decision::Approve),
                ),
                (
                    "hand it over",
                    hand_over(who, seen.clone(), Handing::Delegate, person(COLLEAGUE)),
                ),
                ("rule", rule_outcome(seen, Decision::Approve)),
            ]
        }
    }
}

fn telephone() -> ContactFields {
    ContactFields {
        phone: Some("2".to_owned()),
        ..ContactFields::default()
    }
}

fn ask(by: PersonId, want: Want) -> Command {
    Command::AskCustomer(AskCustomer {
        document: document(1),
        by,
        at: at(20),
        want,
        note: None,
    })
}

fn owner() -> Want {
    let (to, saw) = (person(COLLEAGUE), person(REP));
    Want::Owner { to, saw }
}

fn release() -> Want {
    Want::Release { saw: person(REP) }
}

fn grade() -> Want {
    let (to, saw) = ("A".to_owned(), None);
    Want::Grade { to, saw }
}

/// Every cell that was asked, and those that were allowed: state and operation → the names.
#[derive(Default)]
struct Matrix {
    cells: usize,
    allowed: BTreeMap<(usize, String), Vec<&'static str>>,
    order: Vec<&'static str>,
}

impl Matrix {
    fn ask(&mut self, state: usize, what: &str, who: (&'static str, &Principal), tried: &Tried<'_>) {
        self.cells += 1;
        let attempt = Attempt {
            principal: who.1,
            kind: tried.desk.kind,
            schema: SCHEMA_VERSION,
            at_ms: tried.at_ms,
        };
        if judge(&attempt, tried.before, &tried.desk.index, tried.writes).is_ok() {
            let cell = self.allowed.entry((state, what.to_owned())).or_default();
            cell.push(who.0);
        }
    }

    /// May they decide by their own phone, which knows of the document what the server does?
    fn ask_phone(&mut self, state: usize, who: (&'static str, &Principal), desk: &Desk) {
        let Ok(view) = ApprovalView::read(&desk.index) else {
            return;
        };
        self.cells += 1;
        if view.applicant != who.1.person && check_turn(&view, who.1.person, None, "decisions/[]").is_ok() {
            let cell = self
                .allowed
                .entry((state, "phone: decide".to_owned()))
                .or_default();
            cell.push(who.0);
        }
    }

    fn page(&self) -> String {
        let line = |((state, what), who): (&(usize, String), &Vec<&str>)| {
            format!("{} | {what} | {}\n", self.order[*state], who.join(" "))
        };
        HEAD.to_owned() + &self.allowed.iter().map(line).collect::<String>()
    }
}

struct Tried<'a> {
    desk: &'a Desk,
    before: &'a Before,
    writes: &'a [Write],
    at_ms: u64,
}

fn fill() -> Matrix {
    let people = everybody();
    let mut matrix = Matrix::default();
    for (number, (state, desk, at_ms)) in states().into_iter().enumerate() {
        matrix.order.push(state);
        let before = Before::of(desk.kind, &desk.index);
        for row in schema::rows(desk.kind) {
            for (deed, name) in [(Deed::Put, "put"), (Deed::Delete, "delete")] {
                let mut desk = desk.clone();
                let mut there = false;
                if !perform(&mut desk.doc.clone(), row, deed) {
                    continue;
                }
                let writes = desk.tamper(2, |doc| there = perform(doc, row, deed));
                let (before, writes) = (&before, writes.as_slice());
                let tried = Tried {
                    desk: &desk,
                    before,
                    writes,
                    at_ms,
                };
                for (who, principal) in &people {
                    matrix.ask(number, &format!("{name} {}", row.path), (who, principal), &tried);
                }
            }
        }
        for (who, principal) in &people {
            for (what, command) in commands(desk.kind, &desk, principal.person) {
                let mut desk = desk.clone();
                // A command that the document cannot take at all is refused before any rule.
                let Ok(writes) = desk.run(2, &command) else {
                    matrix.cells += 1;
                    continue;
                };
                let (before, writes) = (&before, writes.as_slice());
                let tried = Tried {
                    desk: &desk,
                    before,
                    writes,
                    at_ms,
                };
                matrix.ask(number, &format!("do: {what}"), (who, principal), &tried);
            }
            matrix.ask_phone(number, (who, principal), &desk);
        }
    }
    matrix
}

#[test]
fn whatever_is_not_written_out_as_allowed_is_refused() {
    let matrix = fill();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules/tests/matrix/allowed.txt");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, matrix.page()).unwrap();
    }
    let page = std::fs::read_to_string(path).unwrap();
    let (written, found) = (page.lines(), matrix.page());
    let falsely: Vec<&str> = found.lines().filter(|line| !page.contains(line)).collect();
    let missing: Vec<&str> = written.filter(|line| !found.contains(line)).collect();
    assert!(
        falsely.is_empty() && missing.is_empty(),
        "allowed and not written out: {falsely:#?}\nwritten out and refused: {missing:#?}"
    );
    let strange = |who: &&str| who.starts_with("strange");
    for (cell, who) in &matrix.allowed {
        assert!(!who.iter().any(strange), "of another organisation: {cell:?}");
    }
    let allowed: usize = matrix.allowed.values().map(Vec::len).sum();
    eprintln!("{} cells, {allowed} allowed, 0 falsely", matrix.cells);
    assert!(matrix.cells > 5_000, "{} cells", matrix.cells);
}
