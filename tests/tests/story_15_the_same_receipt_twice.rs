//! One receipt in two claims: the phone that knows both warns before it is handed in, and the server flags the second to
//! the approver, by number and by photo. What is over a limit is warned of offline and ruled on online.

use fieldbook_core::document::command::Decision;
use fieldbook_core::document::view::{ApprovalStatus, Flag};
use fieldbook_core::model::DocumentId;
use fieldbook_core::replica::NewExpenseLine;
use fieldbook_core::replica::query::inbox;
use fieldbook_server::organisation::{FormFile, import_forms};
use fieldbook_server::store::Store;
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

/// The approval that the first flagged line of this one has its receipt from.
fn duplicate_of(team: &Team, name: &str, expense: DocumentId) -> Outcome<Option<DocumentId>> {
    let flags = team.phone(name).approval(expense)?.course.flags.into_iter();
    let mut others = flags.filter_map(|flag| match flag {
        Flag::Duplicate { other, .. } => Some(other),
        Flag::OverLimit { .. } => None,
    });
    Ok(others.next())
}

fn hand_in(team: &mut Team, name: &str, expense: DocumentId, at: i64) -> Outcome<()> {
    team.phone(name).submit(&minute(at), expense)?;
    team.sync(name, &minute(at + 1))?;
    Ok(())
}

#[test]
fn whoever_was_first_stays_first_when_it_comes_back_and_is_handed_in_again() -> Outcome<()> {
    let mut team = Team::new()?;
    let first = draft(&mut team, "Dana", "No. 4711", None)?;
    hand_in(&mut team, "Dana", first, 3)?;
    let second = draft(&mut team, "Marcus", "No. 4711", None)?;
    hand_in(&mut team, "Marcus", second, 5)?;
    assert_eq!(duplicate_of(&team, "Marcus", second)?, Some(first));

    // Grace wants a word more on the first one, and gets it.
    team.sync("Grace", &minute(7))?;
    let revision = team.phone("Grace").approval(first)?.revision;
    let (back, note) = (Decision::Return, Some("whose hotel?".to_owned()));
    team.phone("Grace")
        .decide(&minute(8), first, &revision, back, note)?;
    for (name, at) in [("Grace", 9), ("Dana", 10)] {
        team.sync(name, &minute(at))?;
    }
    let title = "Hotel in Xiamen".to_owned();
    team.phone("Dana").rename_approval(&minute(11), first, title)?;
    hand_in(&mut team, "Dana", first, 12)?;
    assert_eq!(duplicate_of(&team, "Dana", first)?, None, "it came first");

    // The second one is still the second.
    team.phone("Marcus").withdraw(&minute(14), second, None)?;
    team.sync("Marcus", &minute(15))?;
    hand_in(&mut team, "Marcus", second, 16)?;
    assert_eq!(duplicate_of(&team, "Marcus", second)?, Some(first));
    Ok(())
}

#[test]
fn a_receipt_goes_with_its_line_to_another_claim() -> Outcome<()> {
    let mut team = Team::new()?;
    let first = draft(&mut team, "Dana", "No. 4711", None)?;
    hand_in(&mut team, "Dana", first, 3)?;
    team.phone("Dana").withdraw(&minute(5), first, None)?;
    team.sync("Dana", &minute(6))?;

    // Withdrawn, the request still names it: her phone says so, and so does the server.
    let again = draft(&mut team, "Dana", "No. 4711", None)?;
    assert_eq!(team.phone("Dana").approval_warnings(again)?.duplicates.len(), 1);
    hand_in(&mut team, "Dana", again, 7)?;
    assert_eq!(duplicate_of(&team, "Dana", again)?, Some(first));
    team.phone("Dana").withdraw(&minute(9), again, None)?;

    // Once the line is gone, nobody has it any more: a third claim is the first.
    for expense in [first, again] {
        let line = team.phone("Dana").approval(expense)?.lines[0].id.clone();
        team.phone("Dana")
            .remove_expense_line(&minute(10), expense, &line)?;
    }
    team.sync("Dana", &minute(11))?;
    let third = draft(&mut team, "Dana", "No. 4711", None)?;
    assert!(team.phone("Dana").approval_warnings(third)?.duplicates.is_empty());
    hand_in(&mut team, "Dana", third, 12)?;
    assert_eq!(duplicate_of(&team, "Dana", third)?, None);
    Ok(())
}

fn import(team: &Team, text: &str) -> Outcome<()> {
    let (file, tenant): (FormFile, _) = (text.parse()?, team.tenant());
    team.store()
        .transact(move |writer| import_forms(writer, tenant, &file, false))?;
    Ok(())
}

/// The form of expenses, with a limit on hotels and what happens above it, on a chain whose only step applies above an amount.
fn hotels(over_limit: &str, asked_above: &str) -> String {
    format!(
        r#"{{"forms": [{{"name": "expense", "label": {{"en": "Expense", "zh": "费用"}}, "fields": [], "chain": "expense",
            "lines": {{"required": true, "receipt": false, "duplicates": "flag", "over_limit": "{over_limit}", "categories": [
                {{"name": "hotel", "label": {{"en": "Hotel", "zh": "住宿"}}, "limit": "250", "currency": "CNY"}}]}}}}],
        "chains": [{{"name": "expense", "steps": [{{"label": {{"en": "Superior", "zh": "直接上级"}}, "approvers": ["superior"],
            "when": {{"above": "{asked_above}", "currency": "CNY"}}}}]}}]}}"#
    )
}

#[test]
fn a_receipt_that_nobody_had_to_agree_to_is_known_all_the_same() -> Outcome<()> {
    let mut team = Team::new()?;
    import(&team, &hotels("show", "1000"))?;
    for name in ["Dana", "Marcus"] {
        team.sync(name, &minute(1))?;
    }
    let mut claims = Vec::new();
    for name in ["Dana", "Marcus"] {
        let expense = draft(&mut team, name, "No. 4711", None)?;
        team.phone(name).submit(&minute(3), expense)?;
        team.sync(name, &minute(4))?;
        let view = team.phone(name).approval(expense)?;
        assert_eq!(
            view.status,
            ApprovalStatus::Approved,
            "nobody is asked below 1000"
        );
        let duplicates = view.course.flags.into_iter();
        let duplicates = duplicates.filter_map(|flag| match flag {
            Flag::Duplicate { other, .. } => Some(other),
            Flag::OverLimit { .. } => None,
        });
        claims.push((expense, duplicates.collect::<Vec<_>>()));
    }
    assert_eq!(claims[0].1, []);
    assert_eq!(claims[1].1, [claims[0].0], "the second one is flagged");
    Ok(())
}

#[test]
fn what_is_over_a_limit_is_warned_of_offline_and_ruled_on_online() -> Outcome<()> {
    for (over_limit, status) in [
        ("show", ApprovalStatus::Submitted),
        ("return", ApprovalStatus::Returned),
    ] {
        let mut team = Team::new()?;
        import(&team, &hotels(over_limit, "1"))?;
        team.sync("Dana", &minute(1))?;

        // In the cellar of the hotel, without network: 300 where 250 are allowed.
        let expense = draft(&mut team, "Dana", "No. 1", None)?;
        let limits = team.phone("Dana").approval_warnings(expense)?.limits;
        assert!(limits.is_over());
        assert_eq!(limits.excess, None, "the house allows more");
        let over: Vec<(String, String)> = limits
            .categories
            .into_iter()
            .map(|(category, excess)| (category, excess.to_string()))
            .collect();
        assert_eq!(over, [("hotel".to_owned(), "50".to_owned())]);
        team.phone("Dana").submit(&minute(3), expense)?;

        // With a network the server says the same, and what the form wants done about it.
        team.sync("Dana", &minute(4))?;
        let view = team.phone("Dana").approval(expense)?;
        let (category, excess) = ("hotel".to_owned(), "50".to_owned());
        assert_eq!(
            view.course.flags,
            [Flag::OverLimit { category, excess }],
            "{over_limit}"
        );
        assert_eq!(view.status, status, "{over_limit}");
        if over_limit == "return" {
            let reason = view.outcome.and_then(|outcome| outcome.reason);
            assert_eq!(reason.as_deref(), Some("too_much lines"));
            // What went back at once was not handed in: its receipt is nobody's yet.
            let other = draft(&mut team, "Marcus", "No. 1", None)?;
            team.phone("Marcus").submit(&minute(5), other)?;
            team.sync("Marcus", &minute(6))?;
            let flags = team.phone("Marcus").approval(other)?.course.flags;
            assert!(
                !flags.iter().any(|flag| matches!(flag, Flag::Duplicate { .. })),
                "{flags:?}"
            );
        }
    }
    Ok(())
}
