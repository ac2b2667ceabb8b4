//! The server burnt and is restored from yesterday's backup. What followed from the rulings of the day comes back with them: who
//! claimed a receipt first, and how many customers a rep took from the pool that day.

use fieldbook_core::document::command::{Decision, Reply};
use fieldbook_core::document::view::{CustomerView, Flag};
use fieldbook_core::model::DocumentId;
use fieldbook_core::replica::NewExpenseLine;
use fieldbook_server::store::sqlite::backup;
use fieldbook_server::store::{SqliteStore, Store};
use fieldbook_tests::fixture::{OPTIONS, sync};
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, minute, restored};
use tempfile::TempDir;

/// Minutes that rulings wait after the restore at minute 20.
const HOLD: u64 = 60;

/// Everybody comes back, in this order, until nobody has to say anything more.
fn back(team: &Team, store: &SqliteStore, names: [&str; 3]) -> Outcome<()> {
    for at in [81, 82, 83] {
        for name in names {
            sync(team.phone(name), store, &minute(at))?;
        }
    }
    Ok(())
}

fn claim(team: &mut Team, name: &str, at: i64) -> Outcome<DocumentId> {
    let mut rng = team.rng().clone();
    let phone = team.phone(name);
    let expense = phone.draft_expense(&minute(at), &mut rng, "Hotel", "CNY".parse()?, None, None)?;
    let line = NewExpenseLine {
        date: minute(1).at.date_naive(),
        category: "hotel".to_owned(),
        amount: "300".to_owned(),
        receipt: Some("No. 4711".to_owned()),
        ..NewExpenseLine::default()
    };
    phone.add_expense_line(&minute(at), expense, line)?;
    phone.submit(&minute(at), expense)?;
    *team.rng() = rng;
    team.sync(name, &minute(at + 1))?;
    Ok(expense)
}

#[test]
fn whoever_claimed_a_receipt_first_is_still_the_first() -> Outcome<()> {
    let scratch = TempDir::new()?;
    let data = scratch.path().join("data");
    let mut team = Team::on(SqliteStore::create(&data, OPTIONS)?)?;
    let yesterday = scratch.path().join("server.backup");
    backup::copy(&data, &yesterday)?;
    let first = claim(&mut team, "Dana", 3)?;
    let second = claim(&mut team, "Marcus", 6)?;
    team.sync("Grace", &minute(8))?;

    // Marcus's phone is the first that hands back.
    let store = restored(&yesterday, &scratch.path().join("restored"), 20, HOLD)?;
    back(&team, &store, ["Marcus", "Dana", "Grace"])?;
    let revision = team.phone("Grace").approval(first)?.revision;
    let (again, note) = (Decision::Return, Some("whose hotel?".to_owned()));
    team.phone("Grace")
        .decide(&minute(90), first, &revision, again, note)?;
    sync(team.phone("Grace"), &store, &minute(91))?;
    sync(team.phone("Dana"), &store, &minute(92))?;
    let title = "Hotel in Xiamen".to_owned();
    team.phone("Dana").rename_approval(&minute(93), first, title)?;
    team.phone("Dana").submit(&minute(94), first)?;
    sync(team.phone("Dana"), &store, &minute(95))?;
    let flags = |name: &str, expense| -> Outcome<_> { Ok(team.phone(name).approval(expense)?.course.flags) };
    assert_eq!(flags("Dana", first)?, []);
    let second = flags("Marcus", second)?;
    assert!(
        matches!(second.as_slice(), [Flag::Duplicate { other, .. }] if *other == first),
        "{second:?}"
    );
    Ok(())
}

#[test]
fn what_was_claimed_from_the_pool_counts_for_the_day() -> Outcome<()> {
    let scratch = TempDir::new()?;
    let data = scratch.path().join("data");
    let mut team = Team::on(SqliteStore::create(&data, OPTIONS)?)?;
    team.set_policy(|policy| policy.claims_a_day = 1)?;
    let mut shops = Vec::new();
    for shop in ["Harbour Store", "Sunrise Market"] {
        let shop = team.customer("Dana", shop)?;
        team.phone("Dana").release_customer(&minute(2), shop, None)?;
        shops.push(shop);
    }
    for name in ["Dana", "Marcus", "Grace"] {
        team.sync(name, &minute(3))?;
    }
    let yesterday = scratch.path().join("server.backup");
    backup::copy(&data, &yesterday)?;
    team.phone("Marcus").claim_customer(&minute(5), shops[0], None)?;
    team.sync("Marcus", &minute(6))?;

    let store = restored(&yesterday, &scratch.path().join("restored"), 20, HOLD)?;
    back(&team, &store, ["Marcus", "Dana", "Grace"])?;
    let claimed = store.read(|reader| reader.claims_since(team.tenant(), team.person("Marcus"), 0))?;
    assert_eq!(claimed, 1);
    team.phone("Marcus").claim_customer(&minute(90), shops[1], None)?;
    sync(team.phone("Marcus"), &store, &minute(91))?;
    let index = team
        .phone("Marcus")
        .document(shops[1])?
        .ok_or("the shop is gone")?;
    let reply = CustomerView::read(&index)?
        .requests
        .pop()
        .and_then(|request| request.reply);
    assert_eq!(reply.map(|reply| reply.reply), Some(Reply::Quota));
    Ok(())
}
