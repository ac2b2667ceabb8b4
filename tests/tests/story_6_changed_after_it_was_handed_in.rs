//! Dana changes the amount after she handed an expense in, while Grace, offline, approves the old amount: the decision is
//! stale, and the request is back with Grace with the difference.

use fieldbook_core::document::command::{Answer, Decision};
use fieldbook_core::document::view::{ApprovalStatus, Ruled};
use fieldbook_core::model::DocumentId;
use fieldbook_core::replica::query::inbox;
use fieldbook_core::replica::{LineChange, NewExpenseLine};
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

#[test]
fn a_line_that_is_edited_stays_the_same_line_for_the_approver() -> Outcome<()> {
    let mut team = Team::new()?;
    let mut rng = team.rng().clone();
    let dana = team.phone("Dana");
    let expense = dana.draft_expense(&minute(1), &mut rng, "Lunch", "CNY".parse()?, None, None)?;
    line(&team, expense, 2, "100")?;
    let before = team.phone("Dana").submit(&minute(3), expense)?;
    team.sync("Dana", &minute(4))?;
    team.sync("Grace", &minute(5))?;

    let dana = team.phone("Dana");
    let mistyped = dana.approval(expense)?.lines[0].id.clone();
    let change = |amount: &str, receipt: &str| LineChange {
        amount: Some(amount.to_owned()),
        receipt: Some(receipt.to_owned()),
        ..LineChange::default()
    };
    dana.edit_expense_line(&minute(6), expense, &mistyped, change("170", "No. 7"))?;
    dana.edit_expense_line(&minute(7), expense, &mistyped, change("180", ""))?;
    dana.rename_approval(&minute(7), expense, "Lunch with Ms Li".to_owned())?;
    assert!(dana.rename_approval(&minute(7), expense, String::new()).is_err());
    dana.submit(&minute(8), expense)?;
    team.sync("Dana", &minute(9))?;
    team.sync("Grace", &minute(10))?;

    let grace = team.phone("Grace");
    let changed = grace.difference_since(expense, &before)?.ok_or("no difference")?;
    assert_eq!(
        changed.title,
        Some(("Lunch".to_owned(), "Lunch with Ms Li".to_owned()))
    );
    let [(was, is)] = changed.lines.changed.as_slice() else {
        return Err(format!("{:?}", changed.lines).into());
    };
    assert_eq!((&was.id, was.amount.to_string()), (&is.id, "CNY 100".to_owned()));
    assert_eq!(
        (is.amount.to_string(), &is.receipt),
        ("CNY 180".to_owned(), &None)
    );
    let page = grace.approval_page(expense)?.ok_or("no page")?;
    assert_eq!(page.seats, [team.person("Grace")], "it is her turn");
    let paper = grace.paper(expense)?;
    assert_eq!(paper.chain.map(|chain| chain.id()), Some("expense@1".to_owned()));
    assert!(grace.approval_warnings(expense)?.unlinked);
    Ok(())
}
