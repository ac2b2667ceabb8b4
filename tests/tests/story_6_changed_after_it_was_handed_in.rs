//! Dana changes the amount after she handed an expense in, while Grace, offline, approves the old amount: the decision is
//! stale, and the request is back with Grace with the difference.

use fieldbook_core::document::command::{Answer, Decision};
use fieldbook_core::document::view::{ApprovalStatus, Ruled};
use fieldbook_core::model::DocumentId;
use fieldbook_core::replica::NewExpenseLine;
use fieldbook_core::replica::query::inbox;
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, minute};

fn line(team: &Team, expense: DocumentId, at: i64, amount: &str) -> Outcome<()> {
    let line = NewExpenseLine {
        date: minute(1).at.date_naive(),
        category: "meals".to_owned(),
        amount: amount.to_owned(),
        ..NewExpenseLine::default()
    };
    Ok(team.phone("Dana").add_expense_line(&minute(at), expense, line)?)
}

#[test]
fn a_stale_decision_comes_back_with_the_difference() -> Outcome<()> {
    let mut team = Team::new()?;
    let mut rng = team.rng().clone();
    let dana = team.phone("Dana");
    let expense = dana.draft_expense(&minute(1), &mut rng, "Lunch", "CNY".parse()?, None, None)?;
    line(&team, expense, 2, "100")?;
    let before = team.phone("Dana").submit(&minute(3), expense)?;
    team.sync("Dana", &minute(4))?;
    team.sync("Grace", &minute(5))?;

    // Dana mistyped: it was 180. Grace approves what she sees.
    let mistyped = team.phone("Dana").approval(expense)?.lines[0].id.clone();
    team.phone("Dana")
        .remove_expense_line(&minute(6), expense, &mistyped)?;
    line(&team, expense, 7, "180")?;
    let after = team.phone("Dana").submit(&minute(8), expense)?;
    team.phone("Grace")
        .decide(&minute(9), expense, &before, Decision::Approve, None)?;
    team.sync("Dana", &minute(10))?;
    team.sync("Grace", &minute(11))?;

    let grace = team.phone("Grace");
    let view = grace.approval(expense)?;
    assert_eq!(view.status, ApprovalStatus::Submitted, "nobody approved 180");
    let stale = Ruled::Refused {
        answer: Answer::Stale,
        by: None,
    };
    assert_eq!(view.course.ruled.get(&view.decisions[0].id), Some(&stale));
    let (person, policy) = (team.person("Grace"), grace.policy());
    let waiting = grace.store().read(|conn| inbox(conn, person, &policy))?;
    let [item] = waiting.as_slice() else {
        return Err(format!("{} items wait, not 1", waiting.len()).into());
    };
    assert_eq!(item.saw.as_ref(), Some(&before), "she decided on another one");

    // Offline, her phone says what changed.
    let changed = grace.difference_since(expense, &before)?.ok_or("no difference")?;
    let (was, is) = changed.total.ok_or("the total changed")?;
    assert_eq!(
        (was.to_string(), is.to_string()),
        ("CNY 100".to_owned(), "CNY 180".to_owned())
    );
    assert_eq!((changed.lines.removed.len(), changed.lines.added.len()), (1, 1));

    grace.decide(&minute(12), expense, &after, Decision::Approve, None)?;
    team.sync("Grace", &minute(13))?;
    team.sync("Dana", &minute(14))?;
    assert_eq!(
        team.phone("Dana").approval(expense)?.status,
        ApprovalStatus::Approved
    );
    Ok(())
}
