//! What waits for a decision.

use crate::document::Command;
use crate::document::command::{
    AddLine, Belongs, Decide, Decision, DraftApproval, EditDraft, Entry, Moment, RuleApproval, Submit,
};
use crate::document::view::{ApprovalStatus, ApprovalView};
use crate::geo::Verdict;
use crate::model::DocumentId;
use crate::model::form::Mode;
use crate::replica::query::{self, TimelineKind};
use crate::replica::store::lists;
use crate::replica::store::testing::{Bench, at, check_in, document, person, plan};
use crate::wire::Policy;

fn expense(
    bench: &mut Bench,
    number: u128,
    applicant: u128,
    amount: &str,
    visit: Option<u128>,
) -> DocumentId {
    let id = document(number);
    bench.run(&Command::DraftApproval(DraftApproval {
        document: id,
        form: "expense".to_owned(),
        form_version: 1,
        applicant: person(applicant),
        title: "meals".to_owned(),
        currency: "CNY".parse().unwrap(),
        customer: None,
        visit: visit.map(document),
    }));
    bench.run(&Command::AddLine(AddLine {
        document: id,
        date: at("12:00").date_naive(),
        category: "meals".to_owned(),
        amount: amount.to_owned(),
        note: Some("with Ms Li".to_owned()),
        receipt: None,
        photo: None,
    }));
    id
}

fn submit(bench: &mut Bench, id: DocumentId, time: &str) -> String {
    let row = bench.read(|conn| lists::approval(conn, id)).unwrap();
    bench.run(&Command::Submit(Submit {
        document: id,
        at: at(time),
        revision: row.revision.clone(),
        total: Some(row.total.amount.to_string()),
        chain: None,
    }));
    let view = bench.index(id, |index| ApprovalView::read(index).unwrap());
    bench.run(&Command::RuleApproval(RuleApproval {
        document: id,
        at: at(time),
        ruling: 1,
        entries: vec![
            Entry::Open {
                request: view.submissions[0].id.clone(),
                revision: row.revision.clone(),
                chain: "expense@1".to_owned(),
                plan: vec![1],
                excess: None,
            },
            Entry::Step {
                step: 1,
                mode: Mode::Any,
            },
            Entry::Seat { person: person(2) },
        ],
        outcome: None,
    }));
    row.revision
}

#[test]
fn the_inbox_puts_oddities_first() {
    let mut bench = Bench::new();
    bench.run(&plan(1, 2, "10:00"));
    bench.run(&check_in(3, 1, 2, Moment::In, "10:00", Verdict::Inside));
    let ordinary = expense(&mut bench, 10, 1, "96", Some(1));
    let over = expense(&mut bench, 11, 1, "1280.00", Some(1));
    let unlinked = expense(&mut bench, 12, 1, "5", None);
    let draft = expense(&mut bench, 13, 1, "7", Some(1));
    let own = expense(&mut bench, 14, 3, "8", Some(1));
    for (id, time) in [(ordinary, "13:00"), (over, "15:00"), (unlinked, "14:00")] {
        submit(&mut bench, id, time);
    }
    let inbox = bench.read(|conn| query::inbox(conn, person(2), &Policy::default()));
    let ids: Vec<_> = inbox.iter().map(|item| item.approval.document).collect();
    assert_eq!(
        ids,
        [unlinked, over, ordinary],
        "not {draft} and {own}, which are drafts"
    );
    assert!(
        bench
            .read(|conn| query::inbox(conn, person(3), &Policy::default()))
            .is_empty(),
        "nobody else is asked"
    );
    assert_eq!(inbox[1].over_limit_by.unwrap().to_string(), "CNY 280.00");
    assert!(inbox[0].unlinked && !inbox[2].is_odd());
    assert_eq!(inbox[1].approval.total.to_string(), "CNY 1280.00");
    assert_eq!(inbox[1].approval.submitted, Some(at("15:00")));
    let mine = bench.read(|conn| query::my_approvals(conn, person(1), 2));
    assert_eq!(
        mine.iter().map(|row| row.document).collect::<Vec<_>>(),
        [draft, unlinked]
    );
}

#[test]
fn a_decided_one_waits_for_the_server_at_the_end() {
    let mut bench = Bench::new();
    let first = expense(&mut bench, 10, 1, "96", None);
    let second = expense(&mut bench, 11, 1, "97", None);
    let revision = submit(&mut bench, first, "13:00");
    submit(&mut bench, second, "14:00");
    bench.run(&Command::Decide(Decide {
        document: first,
        revision,
        by: person(2),
        at: at("15:00"),
        acted_for: None,
        decision: Decision::Reject,
        step: None,
        note: Some("no receipt".to_owned()),
    }));
    let inbox = bench.read(|conn| query::inbox(conn, person(2), &Policy::default()));
    let shown: Vec<_> = inbox
        .iter()
        .map(|item| (item.approval.document, item.approval.status))
        .collect();
    assert_eq!(
        shown,
        [
            (second, ApprovalStatus::Submitted),
            (first, ApprovalStatus::Provisional)
        ]
    );
    let page = bench
        .read(|conn| query::approval_detail(conn, first, person(2)))
        .unwrap();
    assert_eq!(
        (page.lines.len(), page.lines[0].amount.to_string()),
        (1, "CNY 96".to_owned())
    );
    let kinds: Vec<_> = page.timeline.iter().map(|item| item.kind).collect();
    assert_eq!(kinds, [TimelineKind::Submitted, TimelineKind::Decided]);
    assert_eq!(page.timeline[1].text.as_deref(), Some("no receipt"));
    let seats = |who| {
        let page = bench.read(|conn| query::approval_detail(conn, second, person(who)));
        page.unwrap().seats
    };
    assert_eq!((seats(2), seats(1)), (vec![person(2)], vec![]));
}

#[test]
fn what_was_spent_on_a_customer_is_summed_by_what_became_of_it() {
    let mut bench = Bench::new();
    let mut spend = |number, amount: &str, handed_in: bool| {
        let id = expense(&mut bench, number, 1, amount, None);
        bench.run(&Command::EditDraft(EditDraft {
            document: id,
            title: None,
            belongs: Some(Belongs {
                customer: Some(document(7)),
                visit: None,
            }),
        }));
        handed_in.then(|| submit(&mut bench, id, "13:00"));
        id
    };
    let draft = spend(10, "500", false);
    let lunch = spend(11, "96", true);
    let dinner = spend(12, "4.50", true);
    let spent = bench.read(|conn| query::spent_on(conn, document(7), 10));
    let ids: Vec<_> = spent.expenses.iter().map(|row| row.document).collect();
    assert_eq!(ids, [dinner, lunch, draft], "the latest first");
    let text = |sums: &[crate::model::Money]| sums.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        (text(&spent.waiting), text(&spent.approved)),
        (vec!["CNY 100.50".to_owned()], vec![])
    );
    let other = bench.read(|conn| query::spent_on(conn, document(8), 10));
    assert_eq!(other, query::Spent::default());
}
