use super::row;
use crate::document::Command;
use crate::document::command::*;
use crate::document::fixture::*;
use crate::document::view::{ApprovalView, revision};
use crate::model::Kind;
use crate::model::form::Mode;
use crate::rules::check_turn;

fn applicant(heard: &str) -> [&str; 4] {
    [
        heard,
        "writer.not_allowed",
        "writer.not_allowed",
        "writer.not_allowed",
    ]
}

fn approver(heard: &str) -> [&str; 4] {
    ["self_approval", "writer.not_allowed", heard, "writer.not_allowed"]
}

/// A draft with one line, handed in, and ruled on.
fn ruled(outcome: Option<Decision>) -> (Desk, String) {
    let mut desk = Desk::with(&[draft_expense(), add_line("128.50")]);
    let revision = revision(&desk.index);
    desk.run(1, &submit(revision.clone(), "128.50")).unwrap();
    desk.run(9, &rule_open(last_submission(&desk), revision.clone()))
        .unwrap();
    if let Some(outcome) = outcome {
        desk.run(9, &rule_outcome(revision.clone(), outcome)).unwrap();
    }
    (desk, revision)
}

/// The same, sent back by the form: nobody decided it.
fn sent_back() -> Desk {
    let (mut desk, revision) = ruled(None);
    let Command::RuleApproval(ruling) = rule_outcome(revision, Decision::Return) else {
        panic!("another command")
    };
    let outcome = ruling.outcome.map(|outcome| Outcome {
        by: None,
        reason: Some("no_form".to_owned()),
        ..outcome
    });
    desk.run(9, &Command::RuleApproval(RuleApproval { outcome, ..ruling }))
        .unwrap();
    desk
}

#[test]
fn who_drafts() {
    let none = Desk::new(Kind::Approval);
    let draft = Desk::with(&[draft_expense(), add_line("1")]);
    let line = ApprovalView::read(&draft.index).unwrap().lines[0].id.clone();
    let remove = |_: &_| {
        Command::RemoveLine(RemoveLine {
            document: document(6),
            line: line.clone(),
        })
    };
    row(
        "draft",
        &none,
        |_| draft_expense(),
        ["ok", "creation.owner", "creation.owner", "creation.owner"],
    );
    row("add a line", &draft, |_| add_line("0.0001"), applicant("ok"));
    row("remove a line", &draft, remove, applicant("ok"));
    for (amount, heard) in [
        ("0", "value.range"),
        ("-5", "value.range"),
        ("1.00001", "value.type"),
        ("12,50", "value.type"),
        ("ten", "value.type"),
        ("", "value.type"),
    ] {
        row(amount, &draft, |_| add_line(amount), applicant(heard));
    }
}

#[test]
fn a_decided_request_is_closed_and_a_returned_one_open() {
    for (outcome, heard) in [
        (None, "ok"),
        (Some(Decision::Return), "ok"),
        (Some(Decision::Approve), "approval.closed"),
        (Some(Decision::Reject), "approval.closed"),
    ] {
        let (desk, _) = ruled(outcome);
        row("add a line", &desk, |_| add_line("5"), applicant(heard));
    }
}

#[test]
fn what_is_handed_in_must_match_the_draft() {
    let empty = Desk::with(&[draft_expense()]);
    let nothing = revision(&empty.index);
    let draft = Desk::with(&[draft_expense(), add_line("128.50"), add_line("1.5")]);
    let current = revision(&draft.index);
    row(
        "no lines",
        &empty,
        |_| submit(nothing.clone(), "0.0001"),
        applicant("submission.empty"),
    );
    row(
        "another revision",
        &draft,
        |_| submit(nothing.clone(), "130"),
        applicant("submission.revision"),
    );
    row(
        "another total",
        &draft,
        |_| submit(current.clone(), "129.99"),
        applicant("submission.total"),
    );
    row(
        "as it is",
        &draft,
        |_| submit(current.clone(), "130.00"),
        applicant("ok"),
    );
    row(
        "a revision that is none",
        &draft,
        |_| submit("abc".to_owned(), "130"),
        applicant("value.type"),
    );
    let (submitted, revision) = ruled(None);
    row(
        "again",
        &submitted,
        |_| submit(revision.clone(), "128.50"),
        applicant("ok"),
    );
    let (returned, revision) = ruled(Some(Decision::Return));
    row(
        "as returned",
        &returned,
        |_| submit(revision.clone(), "128.50"),
        applicant("submission.unchanged"),
    );
    row(
        "as the form sent it back",
        &sent_back(),
        |_| submit(revision.clone(), "128.50"),
        applicant("ok"),
    );
    let (approved, revision) = ruled(Some(Decision::Approve));
    row(
        "once approved",
        &approved,
        |_| submit(revision.clone(), "128.50"),
        applicant("approval.closed"),
    );
}

#[test]
fn one_submission_and_one_decision_at_a_time() {
    use automerge::transaction::Transactable;
    use automerge::{ObjType, ROOT, ReadDoc};
    let twice = |list: &'static str, fields: Vec<(&'static str, String)>| {
        move |doc: &mut automerge::AutoCommit| {
            let (_, list) = doc.get(ROOT, list).unwrap().unwrap();
            for _ in 0..2 {
                let element = doc.insert_object(&list, 0, ObjType::Map).unwrap();
                for (key, value) in &fields {
                    doc.put(&element, *key, value.as_str()).unwrap();
                }
            }
        }
    };
    let (submitted, current) = ruled(None);
    let at = "2026-11-24T09:00:00.000+08:00".to_owned();
    let submission = vec![
        ("revision", current.clone()),
        ("at", at.clone()),
        ("total", "128.50".to_owned()),
    ];
    let submit_twice = twice("submissions", submission);
    assert_eq!(
        super::tampered(&submitted, REP, 1, submit_twice),
        "approval.once submissions/[]"
    );
    let by = person(SUPERVISOR).to_string();
    let decision = vec![
        ("revision", current),
        ("by", by),
        ("at", at),
        ("decision", "reject".to_owned()),
    ];
    let decide_twice = twice("decisions", decision);
    assert_eq!(
        super::tampered(&submitted, SUPERVISOR, 1, decide_twice),
        "approval.once decisions/[]"
    );
}

#[test]
fn a_submission_of_a_draft_that_others_changed_is_refused() {
    let draft = Desk::with(&[draft_expense(), add_line("10")]);
    let (mut phone, mut tablet) = (draft.clone(), draft.clone());
    phone.run(3, &add_line("5")).unwrap();
    tablet.run(4, &submit(revision(&draft.index), "10")).unwrap();
    let before = crate::rules::Before::of(phone.kind, &phone.index);
    let change = tablet.changes[2].decode();
    let writes = phone.index.admit(&change).unwrap();
    let heard = super::ask(&phone.index, &before, &phone, &principal(REP), &writes);
    assert_eq!(heard, "submission.revision");
}

#[test]
fn who_decides() {
    let decision = |revision: &str| {
        let revision = revision.to_owned();
        move |who: &crate::model::Principal| decide(who.person, revision.clone(), Decision::Approve)
    };
    let draft = Desk::with(&[draft_expense(), add_line("1")]);
    let (submitted, current) = ruled(None);
    row(
        "a draft, which nobody was asked about",
        &draft,
        decision(&current),
        approver("approval.not_asked"),
    );
    row(
        "what was handed in",
        &submitted,
        decision(&current),
        approver("ok"),
    );
    row(
        "never handed in",
        &submitted,
        decision(&"0".repeat(32)),
        approver("decision.unknown_revision"),
    );
    row(
        "for another",
        &submitted,
        |_| decide(person(7), current.clone(), Decision::Reject),
        approver("writer.by"),
    );
    let mut edited = submitted.clone();
    edited.run(1, &add_line("3")).unwrap();
    row("a stale one is kept", &edited, decision(&current), approver("ok"));
    let (approved, current) = ruled(Some(Decision::Approve));
    row("dissent is kept", &approved, decision(&current), approver("ok"));
}

#[test]
fn who_takes_back_and_who_hands_over() {
    let (submitted, current) = ruled(None);
    let (approved, decided) = ruled(Some(Decision::Approve));
    let draft = Desk::with(&[draft_expense(), add_line("1")]);
    row(
        "take back",
        &submitted,
        |_| withdraw(current.clone()),
        applicant("ok"),
    );
    row(
        "take back a draft",
        &draft,
        |_| withdraw(current.clone()),
        applicant("withdrawal.not_submitted"),
    );
    row(
        "take back what is decided",
        &approved,
        |_| withdraw(decided.clone()),
        applicant("approval.closed"),
    );
    let hand = |to: u128| {
        let current = current.clone();
        move |who: &crate::model::Principal| hand_over(who.person, current.clone(), Handing::Add, person(to))
    };
    row(
        "bring a colleague in",
        &submitted,
        hand(COLLEAGUE),
        approver("ok"),
    );
    row(
        "ask the applicant",
        &submitted,
        hand(REP),
        approver("handover.to"),
    );
    row(
        "ask oneself",
        &submitted,
        hand(SUPERVISOR),
        approver("handover.to"),
    );
}

#[test]
fn whoever_says_no_says_why() {
    let (submitted, current) = ruled(None);
    for (decision, heard) in [
        (Decision::Approve, "ok"),
        (Decision::Reject, "decision.note_missing"),
        (Decision::Return, "decision.note_missing"),
    ] {
        let silent = |who: &crate::model::Principal| match decide(who.person, current.clone(), decision) {
            Command::Decide(decide) => Command::Decide(Decide { note: None, ..decide }),
            other => other,
        };
        row(decision.name(), &submitted, silent, approver(heard));
    }
}

#[test]
fn only_the_server_rules() {
    let (submitted, current) = ruled(None);
    let cells = [
        "ruling.server_only",
        "writer.not_allowed",
        "ruling.server_only",
        "ok",
    ];
    row(
        "rule",
        &submitted,
        |_| rule_outcome(current.clone(), Decision::Approve),
        cells,
    );
}

const COPIED: u128 = 11;
const STAND_IN: u128 = 12;
const NEXT: u128 = 13;

/// What was handed in went from the supervisor, for whom somebody else may decide, to a second step; one more gets a copy.
fn course() -> (Desk, Desk, String) {
    let (mut first, revision) = ruled(None);
    let asked = |entries: Vec<Entry>| {
        Command::RuleApproval(RuleApproval {
            document: document(6),
            at: at(132),
            ruling: 7,
            entries,
            outcome: None,
        })
    };
    let (seat, person_of) = (person(SUPERVISOR), person);
    first
        .run(
            9,
            &asked(vec![
                Entry::Copied {
                    person: person_of(COPIED),
                },
                Entry::Delegated {
                    request: None,
                    seat,
                    person: person_of(STAND_IN),
                },
            ]),
        )
        .unwrap();
    let mut second = first.clone();
    second
        .run(
            9,
            &asked(vec![
                Entry::Step {
                    step: 2,
                    mode: Mode::Any,
                },
                Entry::Seat {
                    person: person_of(NEXT),
                },
            ]),
        )
        .unwrap();
    (first, second, revision)
}

#[test]
fn the_phone_asks_whose_turn_it_is_and_the_server_who_was_ever_asked() {
    let (first, second, revision) = course();
    let (asked, not) = (("ok", "ok"), ("approval.not_asked", "approval.not_asked"));
    // What was written in time and arrives behind the step is for the ruling to answer.
    let behind = ("approval.not_asked", "ok");
    for (who, at_first, then) in [
        (SUPERVISOR, asked, behind),
        (STAND_IN, asked, behind),
        (NEXT, ("approval.not_asked", "writer.not_allowed"), asked),
        (COPIED, not, not),
    ] {
        for (desk, expected) in [(&first, at_first), (&second, then)] {
            let view = ApprovalView::read(&desk.index).unwrap();
            let phone = check_turn(&view, person(who), None, "decisions/[]");
            let phone = phone.map_or_else(|refused| refused.rule, |()| "ok".to_owned());
            let beyond = crate::model::Principal {
                person: person(who),
                subtree: [person(who)].into(),
                ..principal(COLLEAGUE)
            };
            let command = decide(person(who), revision.clone(), Decision::Approve);
            let server = super::verdict(desk, &beyond, &command);
            assert_eq!((phone.as_str(), server.as_str()), expected, "{who}");
        }
    }
    let view = ApprovalView::read(&first.index).unwrap();
    let stead = |of| check_turn(&view, person(STAND_IN), Some(person(of)), "decisions/[]");
    assert!(stead(SUPERVISOR).is_ok());
    let refused = stead(STAND_IN).unwrap_err();
    assert_eq!(
        (refused.rule.as_str(), refused.path.as_str()),
        ("approval.not_asked", "decisions/[]")
    );
    assert_eq!(refused.actual, person(STAND_IN).to_string());
    assert!(
        check_turn(&view, person(REP), None, "decisions/[]").is_ok(),
        "their own is another rule's"
    );
}
