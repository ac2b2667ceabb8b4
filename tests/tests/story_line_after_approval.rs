//! A rep adds a line to an expense, offline, while the supervisor approves it: what was approved stands, and the rep's
//! later work on it is parked together, in its order, and can be discarded by the rep alone.

use chrono::NaiveDate;
use fieldbook_core::document::command::Decision;
use fieldbook_core::document::view::{ApprovalStatus, ApprovalView};
use fieldbook_core::model::DocumentId;
use fieldbook_core::replica::NewExpenseLine;
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, minute};

fn line(amount: &str) -> Outcome<NewExpenseLine> {
    let date = NaiveDate::from_ymd_opt(2026, 11, 24).ok_or("no such day")?;
    Ok(NewExpenseLine {
        date,
        category: "meals".to_owned(),
        amount: amount.to_owned(),
        ..NewExpenseLine::default()
    })
}

fn read(team: &Team, name: &str, expense: DocumentId) -> Outcome<ApprovalView> {
    let index = team.phone(name).document(expense)?.ok_or("the expense is gone")?;
    Ok(ApprovalView::read(&index)?)
}

#[test]
fn work_on_an_approved_expense_is_parked_with_what_follows_it() -> Outcome<()> {
    let mut team = Team::new()?;
    let mut rng = team.rng().clone();
    let dana = team.phone("Dana");
    let expense = dana.draft_expense(&minute(1), &mut rng, "Lunch", "CNY".parse()?, None, None)?;
    dana.add_expense_line(&minute(2), expense, line("128.50")?)?;
    let revision = dana.submit(&minute(3), expense)?;
    team.sync("Dana", &minute(4))?;
    team.sync("Grace", &minute(5))?;

    // Offline, Grace approves what she sees; Dana thinks of the taxi and hands it in again.
    team.phone("Grace")
        .decide(&minute(6), expense, &revision, Decision::Approve, None)?;
    assert_eq!(
        read(&team, "Grace", expense)?.status,
        ApprovalStatus::Provisional,
        "it counts when the server says so"
    );
    team.phone("Dana")
        .add_expense_line(&minute(7), expense, line("40")?)?;
    team.phone("Dana").submit(&minute(8), expense)?;

    team.sync("Grace", &minute(9))?;
    assert_eq!(read(&team, "Grace", expense)?.status, ApprovalStatus::Approved);
    let report = team.sync("Dana", &minute(10))?;
    assert_eq!((report.accepted, report.parked), (0, 2));
    let view = read(&team, "Dana", expense)?;
    assert_eq!(
        (view.status, view.total.to_string().as_str()),
        (ApprovalStatus::Approved, "CNY 128.50")
    );

    let parked = team.phone("Dana").parked()?;
    let rules: Vec<_> = parked
        .iter()
        .filter_map(|item| item.rejection.as_ref())
        .map(|it| it.rule.as_str())
        .collect();
    assert_eq!(rules[0], "approval.closed");
    assert_eq!(
        parked[1].depends_on,
        Some(parked[0].id),
        "the hand-in follows the line"
    );
    for item in parked {
        assert!(team.phone("Dana").discard_parked(item.id)?);
    }
    assert!(team.phone("Dana").totals()?.all_accepted());
    let again = team.sync("Dana", &minute(11))?;
    assert_eq!((again.accepted, again.parked), (0, 0), "discarded is discarded");
    Ok(())
}
