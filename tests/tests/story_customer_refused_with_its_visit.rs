//! Grace adds a shop for Dana and goes in herself, offline; meanwhile Dana has moved to another team, so the shop cannot be
//! hers. The shop is not accepted, and neither is what hangs on it: the visit, its check-ins, the day's log and the
//! lunch. They wait together with Grace's own words. What has nothing to do with the shop goes through. Grace puts the
//! shop under her own name, once, and everything follows by itself.

use fieldbook_core::document::Command;
use fieldbook_core::document::command::AddCustomer;
use fieldbook_core::document::view::{VisitStatus, VisitView};
use fieldbook_core::model::{DocumentId, PersonId};
use fieldbook_core::replica::query::Parked;
use fieldbook_core::replica::{NewLogEntry, NewPlan};
use fieldbook_server::store::Store;
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, minute};
use uuid::Uuid;

/// The shop by the harbour.
const SHOP: DocumentId = DocumentId(Uuid::from_u128(0x0193_5a00_0000_7000_8000_0000_0000_0001));

fn shop(owner: PersonId) -> Command {
    Command::AddCustomer(AddCustomer {
        document: SHOP,
        owner,
        name: "Harbour Store 海港商店".to_owned(),
        address: "1 Quay Road".to_owned(),
        position: None,
        grade: None,
        external_id: None,
        store_type: None,
    })
}

struct Day {
    team: Team,
    visit: DocumentId,
    other_shop: DocumentId,
}

/// Grace's day without a network; Dana has moved to the South that morning.
fn the_day() -> Outcome<Day> {
    let mut team = Team::new()?;
    let dana = team.person("Dana");
    team.move_to("Dana", "South", &minute(5))?;
    let mut rng = team.rng().clone();
    let grace = team.phone("Grace");
    grace.execute(&minute(10), &[shop(dana)])?;
    let plan = NewPlan {
        customer: SHOP,
        rep: None,
        start: minute(20).at,
        purpose: "first visit".to_owned(),
    };
    let visit = grace.plan_visit(&minute(11), &mut rng, plan)?;
    let why = || Some("no fix in the arcade".to_owned());
    grace.start_visit(&minute(20), &mut rng, visit, None, why())?;
    grace.record_step(&minute(22), visit, "stock", 7.into(), None)?;
    grace.finish_visit(&minute(40), &mut rng, visit, None, why(), None)?;
    for (at, text, customer) in [
        (41, "Traffic was light", None),
        (42, "The owner wants samples", Some(SHOP)),
        (43, "Back by train", None),
    ] {
        let entry = NewLogEntry {
            text: text.to_owned(),
            customer,
            visit: None,
        };
        grace.log(&minute(at), &mut rng, entry)?;
    }
    grace.draft_expense(
        &minute(44),
        &mut rng,
        "Lunch with the owner",
        "CNY".parse()?,
        Some(SHOP),
        Some(visit),
    )?;
    let other_shop = team.customer("Grace", "Sunrise Market")?;
    Ok(Day {
        team,
        visit,
        other_shop,
    })
}

fn waiting(team: &Team) -> Outcome<Vec<Parked>> {
    Ok(team.phone("Grace").parked()?)
}

fn on_the_server(team: &Team, document: DocumentId) -> Outcome<bool> {
    let tenant = team.tenant();
    let row = team.store().read(|reader| reader.document(tenant, document))?;
    Ok(row.is_some())
}

#[test]
fn what_hangs_on_a_refused_customer_waits_with_it() -> Outcome<()> {
    let Day {
        mut team,
        visit,
        other_shop,
    } = the_day()?;
    let report = team.sync("Grace", &minute(60))?;
    // The log's other entries and the other shop are accepted.
    assert_eq!((report.accepted, report.parked), (3, 9));
    assert!(
        on_the_server(&team, other_shop)? && !on_the_server(&team, SHOP)? && !on_the_server(&team, visit)?
    );

    let parked = waiting(&team)?;
    let first = parked.first().ok_or("nothing is parked")?;
    let reason = first.rejection.as_ref().ok_or("no reason")?;
    assert_eq!((first.document, reason.rule.as_str()), (SHOP, "creation.owner"));
    assert!(first.recorded.contains("海港商店"), "her own words");
    let with_it = team.phone("Grace").depending_on_parked(first.id)?;
    assert_eq!(
        with_it.len(),
        8,
        "the visit's four, two check-ins, the entry and the lunch"
    );
    for item in &with_it {
        let rejection = item.rejection.as_ref().ok_or("no reason")?;
        assert!(
            rejection.rule.starts_with("depends."),
            "{} {}",
            item.recorded,
            rejection.rule
        );
        assert!(!rejection.suggestion.en.is_empty() && !rejection.suggestion.zh.is_empty());
    }
    assert!(
        team.phone("Grace")
            .export_parked()?
            .to_string()
            .contains("The owner wants samples")
    );
    // Nothing is sent in vain meanwhile.
    let again = team.sync("Grace", &minute(61))?;
    assert_eq!((again.accepted, again.parked), (0, 0));
    Ok(())
}

#[test]
fn correcting_the_customer_sends_everything() -> Outcome<()> {
    let Day { mut team, visit, .. } = the_day()?;
    team.sync("Grace", &minute(60))?;
    let first = waiting(&team)?.remove(0);
    let own = shop(team.person("Grace"));
    let written = team.phone("Grace").resend_parked(&minute(70), first.id, &own)?;
    assert_eq!(written, 9, "one is corrected, eight follow");
    assert!(waiting(&team)?.is_empty());
    let report = team.sync("Grace", &minute(71))?;
    assert_eq!((report.accepted, report.parked), (9, 0));
    assert!(on_the_server(&team, SHOP)? && on_the_server(&team, visit)?);
    let seen = team.phone("Grace").document(visit)?.ok_or("the visit is gone")?;
    let seen = VisitView::read(&seen)?;
    assert_eq!(
        (seen.customer, seen.status, seen.results.len()),
        (SHOP, VisitStatus::Finished, 1)
    );
    assert!(team.phone("Grace").totals()?.all_accepted());
    Ok(())
}

#[test]
fn discarding_says_what_goes_with_it() -> Outcome<()> {
    let Day { mut team, .. } = the_day()?;
    team.sync("Grace", &minute(60))?;
    let first = waiting(&team)?.remove(0);
    let grace = team.phone("Grace");
    assert_eq!(grace.depending_on_parked(first.id)?.len(), 8);
    assert_eq!(grace.discard_parked_with_dependents(first.id)?, 9);
    assert_eq!(
        grace.discard_parked_with_dependents(first.id)?,
        0,
        "a second tap finds nothing"
    );
    assert!(waiting(&team)?.is_empty() && team.phone("Grace").totals()?.all_accepted());
    Ok(())
}

#[test]
fn what_is_done_later_for_the_refused_customer_waits_too() -> Outcome<()> {
    let Day { mut team, .. } = the_day()?;
    team.sync("Grace", &minute(60))?;
    let before = waiting(&team)?.len();
    team.plan("Grace", SHOP, 100)?;
    let report = team.sync("Grace", &minute(90))?;
    assert_eq!((report.accepted, report.parked), (0, 1));
    let parked = waiting(&team)?;
    assert_eq!(
        (parked.len(), parked[before].depends_on),
        (before + 1, Some(parked[0].id))
    );
    Ok(())
}
