//! One receipt in two claims: the phone that knows both warns before it is handed in, and the server flags the second to
//! the approver, by number and by photo.

use fieldbook_core::document::view::Flag;
use fieldbook_core::model::DocumentId;
use fieldbook_core::replica::NewExpenseLine;
use fieldbook_core::replica::query::inbox;
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, minute};

fn draft(team: &mut Team, name: &str, receipt: &str, photo: Option<&str>) -> Outcome<DocumentId> {
    let mut rng = team.rng().clone();
    let phone = team.phone(name);
    let expense = phone.draft_expense(&minute(1), &mut rng, "Hotel", "CNY".parse()?, None, None)?;
    let line = NewExpenseLine {
        date: minute(1).at.date_naive(),
        category: "hotel".to_owned(),
        amount: "300".to_owned(),
        receipt: Some(receipt.to_owned()),
        photo: photo.map(str::to_owned),
        ..NewExpenseLine::default()
    };
    phone.add_expense_line(&minute(2), expense, line)?;
    *team.rng() = rng;
    Ok(expense)
}

#[test]
fn the_second_claim_is_flagged() -> Outcome<()> {
    let mut team = Team::new()?;
    let photo = "ab".repeat(32);
    let first = draft(&mut team, "Dana", "No. 4711", Some(&photo))?;
    team.phone("Dana").submit(&minute(3), first)?;
    team.sync("Dana", &minute(4))?;

    // Her own phone knows the first one and says so; a colleague's does not.
    let again = draft(&mut team, "Dana", "no 4711", None)?;
    let warnings = team.phone("Dana").approval_warnings(again)?;
    assert_eq!(warnings.duplicates.values().collect::<Vec<_>>(), [&first]);
    let other = draft(&mut team, "Marcus", "B-2", Some(&photo))?;
    assert!(
        team.phone("Marcus")
            .approval_warnings(other)?
            .duplicates
            .is_empty()
    );
    for (name, expense) in [("Dana", again), ("Marcus", other)] {
        team.phone(name).submit(&minute(5), expense)?;
        team.sync(name, &minute(6))?;
        let flags = team.phone(name).approval(expense)?.course.flags;
        let flagged = matches!(flags.as_slice(), [Flag::Duplicate { other, .. }] if *other == first);
        assert!(flagged, "{name}: {flags:?}");
    }
    team.sync("Grace", &minute(7))?;
    let (grace, person) = (team.phone("Grace"), team.person("Grace"));
    let policy = grace.policy();
    let waiting = grace.store().read(|conn| inbox(conn, person, &policy))?;
    let flagged = waiting.iter().filter(|item| item.approval.duplicates > 0).count();
    assert_eq!((waiting.len(), flagged), (3, 2), "the approver sees it first");
    Ok(())
}
